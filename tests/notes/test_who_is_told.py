"""A note reaches those it was meant for, on the family's yes, and nobody else."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.log import collected_events
from sspf.cases import queries as cases
from sspf.consents.agreement import Row
from sspf.consents.service import withdraw
from sspf.law.kinds import Kind
from sspf.notes import queries
from sspf.notes.models import Basis, Note
from sspf.notes.telling import GroundGone
from sspf.vault.events import VaultEvent
from sspf.vault.models import Disclosure
from sspf.vault.writing import About, AboutKind
from tests.notes.make import (
    SCHOOL_TELLS_POLICE,
    TEXT,
    a_draft,
    an_agreed_case,
    texts_seen_by,
    write,
)
from tests.world import World, a_case, agree, reading_of

OTHERS = ("coordinator", "social", "leisure")


def test_a_note_without_recipients_stays_with_the_organisation_that_wrote_it(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)

    write(session, world.school, case, a_draft(world, case))

    assert texts_seen_by(session, world.school, case) == [TEXT]
    for name in ("police", *OTHERS):
        assert texts_seen_by(session, world.people[name], case) == []


def test_a_chosen_recipient_with_a_yes_reads_it_and_nobody_else_does(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE, ("school", "leisure", Kind.ATTENDANCE))

    write(session, world.school, case, a_draft(world, case, to=["police"]))

    assert texts_seen_by(session, world.police, case) == [TEXT]
    for name in OTHERS:
        assert texts_seen_by(session, world.people[name], case) == []


@pytest.mark.parametrize("name", OTHERS)
def test_that_a_note_exists_is_not_told_either(session: Session, world: World, name: str) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    note = write(session, world.school, case, a_draft(world, case, to=["police"]))

    reading = reading_of(session, world.people[name], case)

    assert not reading.shows(note)
    assert Kind.ATTENDANCE not in {opened.kind for opened in reading.opened.values()}


@pytest.mark.parametrize(
    ("rows", "draft"),
    [
        ((), {"to": ["police"]}),
        ((("school", "police", Kind.SCHOOL),), {"to": ["police"]}),  # another kind
        ((("police", "school", Kind.OBSERVATION),), {"to": ["police"], "kind": Kind.OBSERVATION}),  # the other way
        ((SCHOOL_TELLS_POLICE,), {"to": ["police", "leisure"]}),  # one of two
        ((SCHOOL_TELLS_POLICE,), {"to": ["outsider"]}),  # not at the table
    ],
    ids=["nothing agreed", "another kind", "the other way", "one of two", "not at the table"],
)
def test_without_a_yes_nothing_is_saved(session: Session, world: World, rows, draft) -> None:
    case = an_agreed_case(session, world, *rows)

    with pytest.raises(GroundGone):
        write(session, world.school, case, a_draft(world, case, **draft))

    session.flush()
    assert session.scalars(select(Note)).all() == []


def test_a_yes_that_is_gone_since_the_preview_stops_the_note_and_says_for_whom(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE, ("school", "leisure", Kind.ATTENDANCE))
    draft = a_draft(world, case, to=["police", "leisure"])
    previewed = queries.outcomes(session, world.school, case, draft)
    agree(session, world, case, rows=[SCHOOL_TELLS_POLICE])  # asked again, leisure is no longer told

    with pytest.raises(GroundGone) as gone:
        write(session, world.school, case, draft)

    assert all(outcome.sees for outcome in previewed)
    assert {outcome.organisation_id for outcome in gone.value.outcomes if not outcome.sees} == {world.id_of("leisure")}


def test_a_withdrawal_closes_what_was_told(session: Session, world: World) -> None:
    case = a_case(session, world)
    consents = agree(session, world, case, rows=[SCHOOL_TELLS_POLICE])
    write(session, world.school, case, a_draft(world, case, to=["police"]))

    case = cases.get_case(session, world.coordinator, case.id)
    school, police, kind = world.id_of("school"), world.id_of("police"), Kind.ATTENDANCE

    withdraw(session, world.coordinator, case, consents[-1], rows=[Row(school, police, kind)])
    session.flush()

    assert texts_seen_by(session, world.police, case) == []
    assert texts_seen_by(session, world.school, case) == [TEXT]


@pytest.mark.parametrize("name", ["school", "coordinator"])
def test_a_note_about_somebody_else_is_never_told(session: Session, world: World, name: str) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE, ("coordinator", "police", Kind.FAMILY_VIEW))
    kind = Kind.ATTENDANCE if name == "school" else Kind.FAMILY_VIEW
    draft = a_draft(world, case, to=["police"], source=name, kind=kind, about=About(AboutKind.OTHER))

    (outcome,) = queries.outcomes(session, world.people[name], case, draft)

    assert not outcome.sees
    with pytest.raises(GroundGone):
        write(session, world.people[name], case, draft)


def test_about_a_guardian_it_is_that_guardians_yes_that_counts(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=("198005012383", "198005012391"))
    guardian, other = (person.person_id for person in case.people[1:])
    agree(session, world, case, person_id=guardian, rows=[SCHOOL_TELLS_POLICE])
    agree(session, world, case, person_id=other)
    for_one = a_draft(world, case, to=["police"], about=About(AboutKind.GUARDIAN, guardian))
    for_other = a_draft(world, case, to=["police"], about=About(AboutKind.GUARDIAN, other))

    assert queries.outcomes(session, world.school, case, for_one)[0].sees
    assert not queries.outcomes(session, world.school, case, for_other)[0].sees
    assert not queries.outcomes(session, world.school, case, a_draft(world, case, to=["police"]))[0].sees


def test_a_contact_does_not_pass_on_what_another_organisation_told(session: Session, world: World) -> None:
    row = ("police", "leisure", Kind.OBSERVATION)
    case = an_agreed_case(session, world, row)
    draft = a_draft(world, case, to=["leisure"], source="police", kind=Kind.OBSERVATION, basis=Basis.OTHER_TELLS)

    (from_school,) = queries.outcomes(session, world.school, case, draft)
    (from_coordination,) = queries.outcomes(session, world.coordinator, case, draft)

    assert not from_school.sees
    assert from_coordination.sees


def test_why_is_the_same_whether_somebody_said_no_or_was_never_asked(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    elsewhere = an_agreed_case(session, world, ("police", "leisure", Kind.OBSERVATION))
    drafts = [
        a_draft(world, one, to=["leisure"], source="police", kind=Kind.OBSERVATION, basis=Basis.OTHER_TELLS)
        for one in (case, elsewhere)
    ]

    reasons = [
        str(queries.outcomes(session, world.school, one, draft)[0].reason)
        for one, draft in zip((case, elsewhere), drafts, strict=True)
    ]

    # the school learns nothing of what was agreed between the police and the youth centre
    assert reasons[0] == reasons[1]


def test_a_disclosure_ends_with_the_consent_and_names_every_consent_it_needs(session: Session, world: World) -> None:
    case = a_case(session, world)
    consents = agree(session, world, case, rows=[SCHOOL_TELLS_POLICE])
    note = write(session, world.school, case, a_draft(world, case, to=["police"]))

    made = session.scalars(
        select(Disclosure).where(
            Disclosure.envelope_id == note.envelope_id, Disclosure.organisation_id == world.id_of("police")
        )
    ).one()

    guardian = next(one for one in consents if one.role == "guardian")
    assert made.valid_until == guardian.valid_until
    assert made.decided_by == str(world.school.user_id)
    (event,) = [
        event
        for event in collected_events(session)
        if event.tag == VaultEvent.DISCLOSED
        and event.facts["to"] == str(world.id_of("police"))
        and event.facts["disclosures"][0]["envelope"] == str(note.envelope_id)
    ]
    assert event.facts["resting_on"] == [str(guardian.id)]


def test_everyone_at_the_table_can_be_chosen_or_is_said_to_hear_nothing(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)

    found = {one.organisation_id: one.may_hear for one in queries.list_recipients(session, world.school, case)}

    assert set(found) == {world.id_of(name) for name in ("coordinator", "social", "police", "leisure")}
    assert [source for source, _kind in found[world.id_of("police")]] == [world.id_of("school")]
    assert not found[world.id_of("leisure")]


def test_a_contact_is_shown_only_its_own_rows_in_the_choice(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, ("police", "leisure", Kind.OBSERVATION))

    found = {one.organisation_id: one.may_hear for one in queries.list_recipients(session, world.school, case)}

    assert not found[world.id_of("leisure")]
