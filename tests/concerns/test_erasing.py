"""Thirty days after the family's yes, or when a case or an end comes before: nobody opens who they were again."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from audit.queries import get_entry, list_entries
from audit.verification import verify
from sspf.app.sweeping import SWEEPER, sweep_once
from sspf.cases.service import open_case
from sspf.concerns import contacting, erasing, policy, service
from sspf.concerns.models import Concern, ConcernState
from sspf.concerns.standing import people_standing
from sspf.concerns.view import view_concern
from sspf.db import clock
from sspf.drafts import service as drafts
from sspf.drafts.models import Draft
from sspf.law.informing import inform_by
from sspf.people.models import PersonPart
from sspf.vault.errors import NoKey
from sspf.vault.writing import About, AboutKind, Unit, seal
from tests.concerns.make import a_concern, described, fresh, let_time_pass, named, reading_of, wanted
from tests.conftest import FreshDatabase
from tests.world import World, build_world


def ciphertexts(session: Session, concern) -> list[bytes]:
    ids = [person.person_id for person in concern.people]
    return [
        part.called_name.stored
        for part in session.scalars(select(PersonPart))
        if part.person_id in ids and part.called_name
    ]


def secrets(session: Session) -> int:
    count = "SELECT count(*) FROM unit_secret s JOIN erasure_unit u ON u.id = s.unit_id WHERE u.kind = 'person'"
    return session.execute(text(count)).scalar_one()


def opened(session: Session, world: World, concern: Concern) -> Concern:
    """The contact, read afresh, from which the coordinator has opened a case about whoever it describes."""
    youth, guardians = described()
    case = open_case(
        session,
        world.coordinator,
        coordination=world.organisations["coordinator"],
        youth=youth,
        guardians=guardians,
        concern_id=concern.id,
    )
    contacting.become_case(session, world.coordinator, concern, case_id=case.id)
    session.flush()
    return fresh(session, world.coordinator, concern)


def test_before_thirty_days_the_sweep_touches_nothing(session, world):
    concern = named(session, world, a_concern(session, world))
    let_time_pass(session, concern, days=29)

    assert erasing.sweep(session, SWEEPER) == 0
    assert secrets(session) == 2
    assert view_concern(session, world.coordinator, fresh(session, world.coordinator, concern)).people


def test_after_thirty_days_without_a_case_they_are_erased_and_it_is_ended(session, world):
    concern = named(session, world, a_concern(session, world))
    before = ciphertexts(session, concern)
    let_time_pass(session, concern)

    assert erasing.sweep(session, SWEEPER) == 1
    session.flush()
    concern = fresh(session, world.coordinator, concern)

    assert (concern.state, secrets(session)) == (ConcernState.ENDED, 0)
    assert concern.erased_at is not None
    assert ciphertexts(session, concern) == before, "what was sealed stays, as bytes"
    assert view_concern(session, world.coordinator, concern).people == ()
    assert not [
        one for one in reading_of(session, world.coordinator, concern).opened.values() if one.unit.kind == "person"
    ]
    assert not concern.must_inform
    assert erasing.sweep(session, SWEEPER) == 0


def test_nothing_more_is_sealed_about_somebody_who_was_erased(session, world):
    concern = named(session, world, a_concern(session, world))
    person_id = concern.people[0].person_id
    let_time_pass(session, concern)
    erasing.sweep(session, SWEEPER)

    with pytest.raises(NoKey):
        seal(
            session,
            world.coordinator,
            PersonPart(municipality_id=world.municipality.id, person_id=person_id, part="called"),
            unit=Unit("person", person_id),
            owner=world.id_of("coordinator"),
            source=world.id_of("coordinator"),
            kind="identity",
            about=About(AboutKind.YOUTH, person_id),
            fields={"called_name": "Igen"},
        )


def test_a_yes_that_nobody_acted_on_ends_too(session, world):
    concern = wanted(session, world, a_concern(session, world))
    let_time_pass(session, concern)

    assert erasing.sweep(session, SWEEPER) == 1
    assert fresh(session, world.coordinator, concern).state is ConcernState.ENDED


def test_opening_a_case_erases_them_in_the_concern_at_once_and_the_case_has_its_own(session, world):
    concern = named(session, world, a_concern(session, world))
    known = people_standing(session, world.coordinator, concern)
    youth, guardians = described()

    concern = opened(session, world, concern)

    assert [one.described for one in known.values()] == [youth, *guardians]
    assert concern.state is ConcernState.CASE
    assert view_concern(session, world.coordinator, concern).people == ()
    assert secrets(session) == 2, "the case's own"
    assert concern.must_inform, "the family has still to be told"
    let_time_pass(session, concern)
    assert erasing.sweep(session, SWEEPER) == 0


def test_ending_it_erases_them_at_once(session, world):
    concern = named(session, world, a_concern(session, world))

    service.end(session, world.coordinator, concern, owes_weighing=False)

    assert secrets(session) == 0


def test_the_erasure_is_in_the_trail_and_the_trail_still_holds(fresh_database: FreshDatabase) -> None:
    with fresh_database.sessions.begin() as session:
        world = build_world(session)
        concern = named(session, world, a_concern(session, world))
        let_time_pass(session, concern)
        persons = {person.person_id for person in concern.people}

    sweep_once(fresh_database.sessions)

    with fresh_database.sessions.begin() as session:
        log, sealer = world.municipality.id, fresh_database.log_sealer
        entries = [get_entry(session, log, line.seq, sealer) for line in list_entries(session, log, limit=10)]
        (erased,) = [one for one in entries if one is not None and one.leaf.event == "concern:identity_erased"]
        assert erased.facts == {"reason": "expired"}
        assert {one.person_id for one in erased.subjects if one.person_id} == persons
        assert any(one.ids.get("concern") == str(concern.id) for one in erased.subjects)
        assert erased.who.system == "sweep"
        assert verify(session, log, sealer=sealer).ok


@pytest.mark.parametrize("way", ["ended", "swept"])
def test_what_was_typed_and_not_sent_goes_with_it(session, world, way):
    concern = named(session, world, a_concern(session, world))
    kept = drafts.keep(
        session,
        world.coordinator,
        page="",
        sent_to=f"/kontakter/{concern.id}/arende",
        typed=[("full_name", "Ormbunke Skogsdotter")],
    )
    own = drafts.keep(
        session,
        world.school,
        page="",
        sent_to=f"/kontakter/{concern.id}/orosanmalan",
        typed=[("reason", "Provskälet är långt.")],
    )
    assert kept is not None
    assert own is not None
    sealed_in = kept.series_id

    if way == "ended":
        service.end(session, world.coordinator, concern, owes_weighing=False)
    else:
        let_time_pass(session, concern)
        erasing.sweep(session, SWEEPER)
    session.flush()

    assert session.scalars(select(Draft.user_id)).all() == [world.school.user_id]
    count = "SELECT count(*) FROM unit_secret s JOIN erasure_unit u ON u.id = s.unit_id WHERE u.subject_id = :id"
    assert session.execute(text(count), {"id": sealed_in}).scalar_one() == 0


def test_the_month_to_tell_them_begins_with_the_case_if_nobody_was_written_down_before(session, world):
    concern = wanted(session, world, a_concern(session, world))

    concern = opened(session, world, concern)

    assert concern.must_inform
    assert concern.inform_by == inform_by(clock.today(session))
    assert policy.can_inform(world.coordinator, concern)
