"""Whoever takes part without an account: asked about and told of like others, and named to coordination alone."""

import pytest
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.cases import queries
from sspf.cases.models import Case
from sspf.cases.seating import add_guest, lacking_reservation, remove_guest, seat
from sspf.db import clock
from sspf.errors import NotFound, ValidationFailed
from sspf.law.reservation import WORDING
from sspf.organisations.models import LegalForm, Organisation, OrganisationKind
from sspf.organisations.service import add_authority, add_organisation
from sspf.vault.disclosed import live_disclosures
from tests.plans.make import promise
from tests.world import CONTACTS, TESTS, World, a_case, agree, reading_of

NAME = "Provledaren Gullviva"


@pytest.fixture
def club(session: Session, world: World) -> Organisation:
    """An association where nobody has an account."""
    authority = add_authority(
        session, TESTS, municipality_id=world.municipality.id, name="Provklubben", legal_form=LegalForm.PRIVATE
    )
    session.flush()
    made = add_organisation(session, TESTS, authority=authority, name="Provklubben", kind=OrganisationKind.ASSOCIATION)
    session.flush()
    world.organisations["club"] = made
    return made


def fresh(session: Session, world: World, case: Case) -> Case:
    session.flush()
    return queries.get_case(session, world.coordinator, case.id)


def names_shown(session: Session, world: World, name: str, case: Case) -> list[str]:
    reading = reading_of(session, world.people[name], case)
    return [one.name for one in queries.guests_of(session, reading, [case]).get(case.id, [])]


def test_a_guest_is_named_to_coordination_alone(session: Session, world: World, club: Organisation) -> None:
    case = a_case(session, world)
    add_guest(session, world.coordinator, case, organisation_id=club.id, name=NAME, reserved=True)
    session.flush()
    agree(session, world, case, present=(*CONTACTS, "club"))
    case = fresh(session, world, case)

    assert names_shown(session, world, "coordinator", case) == [NAME]
    assert {tuple(names_shown(session, world, name, case)) for name in CONTACTS} == {()}
    assert NAME not in repr(queries.guests_of(session, reading_of(session, world.school, case), [case]))


def test_their_organisation_takes_part_like_any_other(session: Session, world: World, club: Organisation) -> None:
    case = a_case(session, world, parties=["school"])
    add_guest(session, world.coordinator, case, organisation_id=club.id, name=NAME, reserved=True)
    session.flush()

    agree(session, world, case, present=("school", "club"))

    case = fresh(session, world, case)
    now = clock.now(session)
    there = {spell.organisation_id for spell in case.participations if spell.is_live(now)}
    assert there == {world.id_of("school"), club.id}
    promise(session, world, case, of="club")
    told = {one.kind for one in live_disclosures(session, organisation_id=club.id)}
    assert told == {"identity", "actions"}


def test_a_private_body_is_given_its_forbehall_first(session: Session, world: World, club: Organisation) -> None:
    case = a_case(session, world)

    with pytest.raises(ValidationFailed) as refused:
        add_guest(session, world.coordinator, case, organisation_id=club.id, name=NAME)
    assert set(refused.value.errors) == {"reserved"}
    assert club.id not in {party.organisation_id for party in fresh(session, world, case).parties}

    add_guest(session, world.coordinator, case, organisation_id=club.id, name=NAME, reserved=True)
    case = fresh(session, world, case)
    (given,) = [party.reservation for party in case.parties if party.organisation_id == club.id]
    assert given is not None
    assert (given.wording, given.made_by) == (WORDING, world.coordinator.user_id)
    assert lacking_reservation(session, case, {club.id}) == frozenset()
    # once is enough, whoever is named there later
    add_guest(session, world.coordinator, case, organisation_id=club.id, name="Provledaren Humla")


def test_a_public_body_needs_none(session: Session, world: World, club: Organisation) -> None:
    case = a_case(session, world, parties=[])

    party = seat(session, world.coordinator, case, organisation_id=world.id_of("school"), user_ids=[], reserved=True)

    assert party.reservation is None


def test_a_guest_who_is_taken_off_stays_off(session: Session, world: World) -> None:
    case = a_case(session, world)
    guest = add_guest(session, world.coordinator, case, organisation_id=world.id_of("leisure"), name=NAME)
    case = fresh(session, world, case)

    remove_guest(session, world.coordinator, case, guest_id=guest.id)
    ended_at = guest.ended_at
    remove_guest(session, world.coordinator, case, guest_id=guest.id)
    session.flush()

    assert names_shown(session, world, "coordinator", case) == []
    assert guest.ended_at == ended_at is not None


def test_nobody_is_named_without_an_account_where_it_makes_no_sense(session: Session, world: World) -> None:
    case, other = a_case(session, world), a_case(session, world)
    guest = add_guest(session, world.coordinator, other, organisation_id=world.id_of("leisure"), name=NAME)
    session.flush()

    with pytest.raises(NotFound):
        add_guest(session, world.coordinator, case, organisation_id=case.coordination_id, name=NAME)
    with pytest.raises(NotFound):
        remove_guest(session, world.coordinator, case, guest_id=guest.id)
    with pytest.raises(NotPermitted):
        add_guest(session, world.school, case, organisation_id=world.id_of("leisure"), name=NAME)
