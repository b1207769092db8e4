"""What can be written down at all, whom it can be about, and what goes on the record."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.log import collected_events
from auth.decisions import NotPermitted
from sspf.errors import ValidationFailed
from sspf.law.kinds import Kind
from sspf.notes import drafts, queries, service
from sspf.notes.events import NoteEvent
from sspf.notes.models import Basis, Note
from sspf.vault.models import Envelope, ErasureUnit
from sspf.vault.writing import AboutKind
from tests.notes.make import SCHOOL_TELLS_POLICE, TEXT, a_draft, an_agreed_case, texts_seen_by, today, write
from tests.world import World, a_case, reading_of


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"statement": " \n "}, "statement"),
        ({"statement": "x" * 501}, "statement"),
        ({"source": "police"}, "basis"),  # told by others is no observation of one's own
        ({"kind": Kind.ACTIONS}, "kind"),
        ({"kind": Kind.IDENTITY_FULL}, "kind"),
    ],
)
def test_what_is_not_a_note_is_refused_beside_its_field(session: Session, world: World, wrong, field: str) -> None:
    case = an_agreed_case(session, world)

    with pytest.raises(ValidationFailed) as refused:
        write(session, world.school, case, a_draft(world, case, **wrong))

    assert set(refused.value.errors) == {field}
    assert session.scalars(select(Note)).all() == []


def test_a_note_is_about_what_has_happened(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    tomorrow = today(session) + timedelta(days=1)

    with pytest.raises(ValidationFailed) as refused:
        write(session, world.school, case, a_draft(world, case, observed_on=tomorrow))

    assert set(refused.value.errors) == {"observed_on"}


def test_owner_source_kind_and_unit_are_what_grounds_are_judged_on(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    draft = a_draft(world, case, source="police", kind=Kind.OBSERVATION, basis=Basis.OTHER_TELLS)
    note = write(session, world.school, case, draft)

    envelope = session.get(Envelope, note.envelope_id)
    unit = session.get(ErasureUnit, envelope.unit_id)

    assert (envelope.owner_id, envelope.source_id) == (world.id_of("school"), world.id_of("police"))
    assert envelope.kind == Kind.OBSERVATION
    assert unit.authority_id == world.organisations["school"].authority_id


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_a_role_outside_casework_is_told_that_it_writes_nothing(session: Session, world: World, name: str) -> None:
    case = a_case(session, world)

    with pytest.raises(NotPermitted, match="Din roll skriver inga anteckningar"):
        service.add_note(session, world.people[name], case, a_draft(world, case))


def test_the_trail_names_the_note_and_nothing_that_it_says(session: Session, world: World) -> None:
    case = an_agreed_case(session, world, SCHOOL_TELLS_POLICE)
    note = write(session, world.school, case, a_draft(world, case, to=["police"]))

    (event,) = [event for event in collected_events(session) if event.tag == NoteEvent.WRITTEN]

    assert event.who.user_id == world.school.user_id
    assert [dict(subject.ids) for subject in event.subjects] == [{"note": str(note.id)}]
    assert TEXT not in repr(collected_events(session))
    assert TEXT not in repr(a_draft(world, case))


def test_the_called_names_somebody_was_shown_are_the_choice(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    names = queries.called_names(session, reading_of(session, world.coordinator, case), case)

    choices = drafts.about_choices(case, names)

    assert [(one.about.kind, one.name) for one in choices] == [
        (AboutKind.YOUTH, "Pricken"),
        (AboutKind.GUARDIAN, "Vuxen1"),
        (AboutKind.OTHER, None),
    ]


@pytest.mark.parametrize("guardians", [0, 1, 2])
def test_how_many_guardians_there_are_does_not_show_in_the_choice(
    session: Session, world: World, guardians: int
) -> None:
    case = a_case(session, world, guardians=("198005012383", "198005012391")[:guardians])

    choices = drafts.about_choices(case, {})

    assert [one.value for one in choices] == ["youth", "guardian", "other"]
    kind = choices[1].about.kind
    assert kind is (AboutKind.GUARDIAN if guardians == 1 else AboutKind.OTHER)


def test_a_long_text_and_every_letter_come_back_as_they_were_written(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    statement = ("åäö ÅÄÖ é ﷺ 🙂 " * 40)[:500]

    write(session, world.school, case, a_draft(world, case, statement=statement))

    assert texts_seen_by(session, world.school, case) == [statement]


def test_notes_come_newest_first_and_go_on_where_the_page_ended(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    for text in ("ett", "två", "tre"):
        write(session, world.school, case, a_draft(world, case, statement=text))
    reading = reading_of(session, world.school, case)

    first = queries.list_notes(session, reading, case, limit=2)
    rest = queries.list_notes(session, reading, case, limit=2, before=first.next_before)

    assert [note.statement for note in first.notes] == ["tre", "två"]
    assert [note.statement for note in rest.notes] == ["ett"]
    assert rest.next_before is None
