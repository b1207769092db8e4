"""Taking a yes back: whole or in part, by whoever was told, and closed before anybody can look again."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from audit.log import collected_events
from auth.decisions import NotPermitted
from sspf.cases import queries as cases
from sspf.cases.models import Case, CaseRole, State
from sspf.consents import queries, sharing
from sspf.consents.agreement import Row, taking_part
from sspf.consents.answers import Answer
from sspf.consents.events import ConsentEvent
from sspf.consents.leaving import with_the_seat
from sspf.consents.service import receive_withdrawal, withdraw
from sspf.db import clock
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.law.kinds import Kind
from tests.consents.family import COORDINATION, LEISURE, POLICE, SCHOOL
from tests.consents.make import Fact, a_fact, answers, can_read, keys_for, refresh, sign, told
from tests.world import CONTACTS, GUARDIANS, YOUTH_16, World, a_case

SCHOOL_TO_POLICE = ("school", "police", Kind.SCHOOL)
SCHOOL_TO_SOCIAL = ("school", "social", Kind.SCHOOL)


def row(world: World, source: str, recipient: str, kind: Kind) -> Row:
    return Row(world.id_of(source), world.id_of(recipient), kind)


def seats(world: World, name: str) -> frozenset[Row]:
    return taking_part(world.id_of("coordinator"), world.id_of(name))


@pytest.fixture
def shared(session: Session, world: World) -> tuple[Case, Fact]:
    """Both guardians have agreed, and the school has told the police and social services something."""
    case = a_case(session, world, guardians=GUARDIANS)
    for guardian in case.guardian_ids:
        sign(session, world, case, guardian, answers(world, SCHOOL_TO_POLICE, SCHOOL_TO_SOCIAL))
    fact = a_fact(session, world, case)
    assert told(session, world, case, fact, "police")
    assert told(session, world, case, fact, "social")
    return refresh(session, world, case), fact


def test_one_guardian_who_takes_it_back_closes_it_for_everyone_at_once(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, _ = shared
    mothers = queries.list_consents(session, case)[1]
    assert keys_for(session, world, case, "police") == 2  # the called name, and the fact

    withdraw(session, world.coordinator, case, mothers)

    for name in CONTACTS:
        with pytest.raises(NotFound):
            cases.get_case(session, world.people[name], case.id)
        assert keys_for(session, world, case, name) == 0
    assert not any(spell.is_live(clock.now(session)) for spell in refresh(session, world, case).participations)


def test_the_keys_themselves_are_destroyed_and_not_only_ended(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, fact = shared
    remaining = text(
        "SELECT count(*) FROM wrapped_key JOIN disclosure ON disclosure.id = disclosure_id "
        "WHERE envelope_id = :envelope AND ground = 'consent'"
    )
    assert session.scalar(remaining, {"envelope": fact.envelope_id}) == 2

    withdraw(session, world.coordinator, case, queries.list_consents(session, case)[0])

    assert session.scalar(remaining, {"envelope": fact.envelope_id}) == 0


def test_the_source_keeps_its_own_record(session: Session, world: World, shared: tuple[Case, Fact]) -> None:
    case, fact = shared

    withdraw(session, world.coordinator, case, queries.list_consents(session, case)[0])

    own = text(
        "SELECT count(*) FROM wrapped_key JOIN disclosure ON disclosure.id = disclosure_id WHERE envelope_id = :id"
    )
    assert session.scalar(own, {"id": fact.envelope_id}) == 1


def test_one_row_is_taken_back_and_the_rest_stands(session: Session, world: World, shared: tuple[Case, Fact]) -> None:
    case, fact = shared
    mothers = queries.list_consents(session, case)[1]

    withdraw(session, world.coordinator, case, mothers, rows=[row(world, *SCHOOL_TO_POLICE)])

    assert not can_read(session, world, case, "police", fact)
    assert can_read(session, world, case, "social", fact)
    assert cases.get_case(session, world.police, case.id).id == case.id
    assert mothers.is_live(clock.now(session))


def test_what_was_taken_back_cannot_be_told_again(session: Session, world: World, shared: tuple[Case, Fact]) -> None:
    case, fact = shared
    mothers = queries.list_consents(session, case)[1]

    withdraw(session, world.coordinator, case, mothers, rows=[row(world, *SCHOOL_TO_POLICE)])

    assert not told(session, world, case, fact, "police")
    assert not told(session, world, case, a_fact(session, world, case), "police")


def test_taking_back_a_seat_takes_all_that_is_told_to_and_by_it(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, fact = shared
    mothers = queries.list_consents(session, case)[1]

    withdraw(session, world.coordinator, case, mothers, rows=seats(world, "police"))

    with pytest.raises(NotFound):
        cases.get_case(session, world.police, case.id)
    assert keys_for(session, world, case, "police") == 0
    assert not [
        waiver
        for waiver in queries.unended_waivers(session, case.id)
        if world.id_of("police") in {waiver.source_id, waiver.recipient_id}
    ]
    assert can_read(session, world, case, "social", fact)


def test_who_has_no_seat_any_more_is_told_nothing_about_the_other_guardian_either(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, _ = shared
    mothers, fathers = queries.list_consents(session, case)[::-1]
    about_father = a_fact(session, world, case, about_id=fathers.person_id)
    assert told(session, world, case, about_father, "police")

    withdraw(session, world.coordinator, case, mothers, rows=seats(world, "police"))

    assert keys_for(session, world, case, "police") == 0
    assert queries.grounds_in(session, case).get((row(world, *SCHOOL_TO_POLICE), fathers.person_id)) is None


def test_a_fact_about_one_guardian_survives_the_others_no_to_the_row(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, fact = shared
    mothers, fathers = queries.list_consents(session, case)[::-1]
    about_father = a_fact(session, world, case, about_id=fathers.person_id)
    assert told(session, world, case, about_father, "police")

    withdraw(session, world.coordinator, case, mothers, rows=[row(world, *SCHOOL_TO_POLICE)])

    assert not can_read(session, world, case, "police", fact)
    assert can_read(session, world, case, "police", about_father)


def test_the_sixteen_year_olds_withdrawal_is_enough(session: Session, world: World) -> None:
    case = a_case(session, world, youth=YOUTH_16)
    mothers = sign(session, world, case, case.guardian_ids[0], answers(world))
    own = sign(session, world, case, case.youth_id, answers(world))
    case = refresh(session, world, case)

    withdraw(session, world.coordinator, case, own)

    assert mothers.is_live(clock.now(session))
    with pytest.raises(NotFound):
        cases.get_case(session, world.school, case.id)


def test_the_case_can_only_be_closed_once_nobodys_yes_stands(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, _ = shared
    mothers, fathers = queries.list_consents(session, case)[::-1]

    withdraw(session, world.coordinator, case, mothers)
    assert case.state is State.INFORMATION

    withdraw(session, world.coordinator, case, fathers)
    assert case.state is State.WITHDRAWN


def test_a_guardian_may_come_back_with_a_narrower_yes_while_the_others_stands(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, fact = shared
    withdraw(session, world.coordinator, case, queries.list_consents(session, case)[1])

    sign(session, world, case, case.guardian_ids[0], answers(world, SCHOOL_TO_SOCIAL, present=("school", "social")))

    assert cases.get_case(session, world.school, case.id).id == case.id
    with pytest.raises(NotFound):
        cases.get_case(session, world.police, case.id)
    # what was taken back does not come back by itself
    assert not can_read(session, world, case, "social", fact)


def test_it_is_taken_back_once(session: Session, world: World, shared: tuple[Case, Fact]) -> None:
    case, _ = shared
    mothers = queries.list_consents(session, case)[1]
    withdraw(session, world.coordinator, case, mothers)
    ended_at = mothers.ended_at

    with pytest.raises(Conflict):
        withdraw(session, world.coordinator, case, mothers)

    assert mothers.ended_at == ended_at


def test_rows_that_do_not_stand_cannot_be_taken_back(session: Session, world: World, shared: tuple[Case, Fact]) -> None:
    case, _ = shared
    mothers = queries.list_consents(session, case)[1]

    with pytest.raises(ValidationFailed):
        withdraw(session, world.coordinator, case, mothers, rows=[row(world, "police", "school", Kind.OBSERVATION)])

    assert mothers.is_live(clock.now(session))


def test_only_the_coordinator_withdraws_for_a_named_person(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, _ = shared

    with pytest.raises(NotPermitted, match="Bara koordinatorn"):
        withdraw(session, world.school, case, queries.list_consents(session, case)[0])


def test_a_contact_who_was_told_closes_every_consent_of_that_role(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, _ = shared

    receive_withdrawal(session, world.school, case, role=CaseRole.GUARDIAN)

    consents = queries.list_consents(session, case)
    assert {consent.end_reason for consent in consents} == {"received"}
    for name in CONTACTS:
        assert keys_for(session, world, case, name) == 0
        with pytest.raises(NotFound):
            cases.get_case(session, world.people[name], case.id)


def test_a_contact_who_was_told_wrong_leaves_a_case_that_can_be_mended(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, _ = shared

    receive_withdrawal(session, world.school, case, role=CaseRole.GUARDIAN)
    for guardian in case.guardian_ids:
        sign(session, world, case, guardian, answers(world))

    assert case.state is State.INFORMATION
    assert cases.get_case(session, world.school, case.id).id == case.id


def test_the_youths_withdrawal_received_by_a_contact_leaves_the_guardians_consents(
    session: Session, world: World
) -> None:
    case = a_case(session, world, youth=YOUTH_16)
    mothers = sign(session, world, case, case.guardian_ids[0], answers(world))
    own = sign(session, world, case, case.youth_id, answers(world))
    case = refresh(session, world, case)

    receive_withdrawal(session, world.leisure, case, role=CaseRole.YOUTH)

    assert mothers.is_live(clock.now(session))
    assert own.end_reason == "received"
    with pytest.raises(NotFound):
        cases.get_case(session, world.leisure, case.id)


def test_a_child_who_says_no_is_heard_at_once_whoever_has_signed(session: Session, world: World) -> None:
    case = a_case(session, world)
    mothers = sign(session, world, case, case.guardian_ids[0], answers(world))
    case = refresh(session, world, case)

    receive_withdrawal(session, world.school, case, role=CaseRole.YOUTH)

    assert mothers.end_reason == "received"
    with pytest.raises(NotFound):
        cases.get_case(session, world.school, case.id)


def test_who_received_it_from_whom_is_on_record(session: Session, world: World, shared: tuple[Case, Fact]) -> None:
    case, _ = shared

    receive_withdrawal(session, world.school, case, role=CaseRole.YOUTH)

    received = [event for event in collected_events(session) if event.tag == ConsentEvent.WITHDRAWAL_RECEIVED]
    assert [(event.who.user_id, event.facts["role"]) for event in received] == [(world.school.user_id, "youth")]


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_whoever_does_no_casework_receives_no_withdrawal(
    session: Session, world: World, shared: tuple[Case, Fact], name: str
) -> None:
    case, _ = shared

    with pytest.raises(NotPermitted):
        receive_withdrawal(session, world.people[name], case, role=CaseRole.GUARDIAN)


def test_the_list_to_recall_tells_what_had_been_shared_and_with_whom(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, _ = shared
    assert told(session, world, case, a_fact(session, world, case), "police")
    mothers = queries.list_consents(session, case)[1]

    before = sharing.tallied(sharing.shared_now(session, [mothers.id]))
    assert sharing.no_longer_shared(session, mothers.id) == []
    withdraw(session, world.coordinator, case, mothers)
    after = sharing.tallied(sharing.no_longer_shared(session, mothers.id))

    assert {one.row: one.number for one in after} == {one.row: one.number for one in before}
    assert next(one.number for one in after if one.row == row(world, *SCHOOL_TO_POLICE)) == 2
    assert all(one.ended_at is None for one in before)
    assert all(one.ended_at is not None for one in after)
    assert sharing.shared_now(session, [mothers.id]) == []


def test_a_contact_is_told_of_the_rows_it_stands_in_and_no_others(
    session: Session, world: World, shared: tuple[Case, Fact]
) -> None:
    case, _ = shared

    for name in CONTACTS:
        for waiver in queries.live_waivers(session, world.people[name], case):
            assert world.id_of(name) in {waiver.source_id, waiver.recipient_id}
    assert len(queries.live_waivers(session, world.coordinator, case)) > len(
        queries.live_waivers(session, world.leisure, case)
    )
    assert queries.live_waivers(session, world.outsider, case) == []
    with pytest.raises(NotFound):
        queries.get_consent(session, world.school, case, queries.list_consents(session, case)[0].id)


def test_a_no_is_nothing_to_withdraw_from_but_can_be_taken_back(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    mother, father = case.guardian_ids
    sign(session, world, case, mother, answers(world))
    refusal = sign(session, world, case, father, answers(world, wants=Answer.NO), lasting=timedelta(days=30))
    case = refresh(session, world, case)

    withdraw(session, world.coordinator, case, refusal)

    assert not refusal.is_live(clock.now(session))
    assert case.state is State.INFORMATION


def test_a_seat_takes_its_rows_with_it_and_leaves_the_others() -> None:
    told = Row(SCHOOL, POLICE, Kind.SCHOOL)
    by_it = Row(POLICE, SCHOOL, Kind.OBSERVATION)
    other = Row(SCHOOL, LEISURE, Kind.SCHOOL)
    standing = {told, by_it, other, *taking_part(COORDINATION, POLICE), *taking_part(COORDINATION, SCHOOL)}

    ending = with_the_seat(standing, [Row(COORDINATION, POLICE, Kind.ACTIONS)], COORDINATION)

    assert ending == {told, by_it, *taking_part(COORDINATION, POLICE)}
    assert with_the_seat(standing, [told], COORDINATION) == {told}
    assert with_the_seat([told], [other], COORDINATION) == frozenset()
