"""Somebody has protected identity: nobody is told who it is, and only the named know that the case exists."""

from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from auth import accounts
from auth.actor import Actor
from auth.decisions import NotPermitted
from auth.permissions import Role
from sspf.cases import policy, queries
from sspf.cases.models import Case, State
from sspf.cases.parties import add_party, remove_member
from sspf.cases.protecting import protect
from sspf.cases.service import open_case
from sspf.db import clock
from sspf.errors import NotFound, ValidationFailed
from sspf.law.kinds import TELLS_WHO, Kind
from sspf.meetings import queries as meetings
from sspf.meetings.planning import plan_meeting
from sspf.people.models import LEVELS, Protection, is_raised
from sspf.people.service import Described
from sspf.plans import queries as plans
from sspf.vault.disclosed import live_disclosures
from tests.casefile.make import undone
from tests.plans.make import promise
from tests.world import CONTACTS, GUARDIANS, TESTS, YOUTH_9, World, a_case, agree, described, reading_of

MARKED = LEVELS[1:]
ROWS = (
    ("coordinator", "school", Kind.CONTACT),
    ("coordinator", "school", Kind.FAMILY_VIEW),
    ("school", "police", Kind.ATTENDANCE),
)


def fresh(session: Session, world: World, case: Case) -> Case:
    session.flush()
    return queries.get_case(session, world.coordinator, case.id)


def a_colleague(session: Session, world: World) -> Actor:
    """Another coordinator where the case is coordinated."""
    user = accounts.add_user(
        session, TESTS, municipality_id=world.municipality.id, email="kollega@provkoping.example", name="Kollega Al"
    )
    coordination = world.id_of("coordinator")
    given = accounts.give_assignment(session, TESTS, user.id, organisation_id=coordination, role=Role.COORDINATOR)
    accounts.confirm_user(session, TESTS, user.id)
    session.flush()
    return Actor(
        user_id=user.id,
        name=user.name,
        assignment_id=given.id,
        organisation_id=coordination,
        role=Role.COORDINATOR,
        municipality_id=world.municipality.id,
        session_id=UUID(int=1),
    )


def told_of_who(session: Session, case: Case) -> list[object]:
    units = {("case", case.id), *(("person", person.person_id) for person in case.people)}
    return [one for one in live_disclosures(session, units=units) if one.kind in TELLS_WHO]


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    who=st.integers(0, 2),
    level=st.sampled_from(MARKED),
    first=st.booleans(),
    then=st.lists(st.sampled_from([0, 1, 2]), max_size=3),
)
def test_whoever_is_marked_and_whenever_nothing_of_who_it_is_opens_for_others(
    session: Session, world: World, who: int, level: Protection, first: bool, then: list[int]
) -> None:
    with undone(session):
        case = a_case(session, world, guardians=GUARDIANS)
        if not first:
            agree(session, world, case, rows=ROWS)
            case = fresh(session, world, case)
            assert told_of_who(session, case)
        person = case.people[who].person_id

        protect(session, world.coordinator, case, person_id=person, level=level)

        case = fresh(session, world, case)
        assert told_of_who(session, case) == []
        if first:
            agree(session, world, case, rows=ROWS)
        for again in then:  # whatever is signed anew
            agree(session, world, case, rows=ROWS, person_id=case.people[again].person_id)
        promise(session, world, case)
        assert told_of_who(session, case) == []
        for name in CONTACTS:
            kinds = {one.kind for one in reading_of(session, world.people[name], case).opened.values()}
            assert Kind.ACTIONS in kinds
            assert not kinds & TELLS_WHO


def test_a_protected_case_is_open_from_the_start_to_its_coordinator_alone(session: Session, world: World) -> None:
    colleague = a_colleague(session, world)
    usual = a_case(session, world)
    case = open_case(
        session,
        world.coordinator,
        coordination=world.organisations["coordinator"],
        youth=described(YOUTH_9),
        guardians=[Described("Vuxen", "Vuxen Prov", protection=Protection.NEW_IDENTITY)],
    )
    session.flush()

    assert case.is_protected
    assert queries.get_case(session, world.coordinator, case.id).id == case.id
    assert queries.get_case(session, colleague, usual.id).id == usual.id
    with pytest.raises(NotFound):
        queries.get_case(session, colleague, case.id)


def test_no_list_meeting_or_action_names_it_to_a_colleague_who_is_not_named(session: Session, world: World) -> None:
    colleague = a_colleague(session, world)
    case = a_case(session, world)
    agree(session, world, case)
    case = fresh(session, world, case)
    case.state = State.MEETING
    promise(session, world, case, of="coordinator")
    starts_at = clock.now(session) + timedelta(hours=1)
    meeting = plan_meeting(session, world.coordinator, starts_at=starts_at, place="Rummet", cases=[case])
    session.flush()

    def sees() -> tuple[bool, bool, bool]:
        return (
            case.id in {one.id for one in queries.list_cases(session, colleague).cases},
            bool(meetings.agenda_of(session, colleague, meeting)),
            bool(plans.my_actions(session, colleague, everyone=True).to_do),
        )

    assert sees() == (True, True, True)
    protect(session, world.coordinator, case, person_id=case.youth_id, level=Protection.MARKED)
    session.flush()
    assert sees() == (False, False, False)

    coordination = world.id_of("coordinator")
    case = fresh(session, world, case)
    add_party(session, world.coordinator, case, organisation_id=coordination, user_ids=[colleague.user_id])
    session.flush()
    assert sees() == (True, True, True)
    remove_member(session, world.coordinator, fresh(session, world, case), user_id=colleague.user_id)
    session.flush()
    assert sees() == (False, False, False)


def test_the_rule_says_the_same_of_a_loaded_case(session: Session, world: World) -> None:
    colleague = a_colleague(session, world)
    case = a_case(session, world)
    now = clock.now(session)
    assert policy.may_enter(colleague, case, now)

    protect(session, world.coordinator, case, person_id=case.youth_id, level=Protection.MARKED)

    assert not policy.may_enter(colleague, fresh(session, world, case), now)
    assert policy.may_enter(world.coordinator, fresh(session, world, case), now)


def test_a_colleague_who_marks_it_goes_on_working_with_it(session: Session, world: World) -> None:
    colleague = a_colleague(session, world)
    case = queries.get_case(session, colleague, a_case(session, world).id)

    protect(session, colleague, case, person_id=case.youth_id, level=Protection.MARKED)
    session.flush()

    assert queries.get_case(session, colleague, case.id).is_protected


@given(before=st.sampled_from(LEVELS), to=st.sampled_from(LEVELS))
def test_a_marking_is_only_ever_raised(before: Protection, to: Protection) -> None:
    assert is_raised(before, to) == ((before, to) in {(a, b) for i, a in enumerate(LEVELS) for b in LEVELS[i + 1 :]})


def test_no_page_and_no_statement_takes_it_off(session: Session, world: World) -> None:
    case = a_case(session, world)
    for before, level in pairwise(LEVELS):
        protect(session, world.coordinator, case, person_id=case.youth_id, level=level)
        with pytest.raises(ValidationFailed):
            protect(session, world.coordinator, case, person_id=case.youth_id, level=before)
    session.flush()

    for statement in ("UPDATE person SET protection = 'none'", 'UPDATE "case" SET is_protected = false'):
        with pytest.raises(DBAPIError, match="stays protected"), session.begin_nested():
            session.execute(text(statement))


@pytest.mark.parametrize("name", ["school", "auditor", "administrator"])
def test_only_coordination_marks(session: Session, world: World, name: str) -> None:
    case = a_case(session, world)

    with pytest.raises(NotPermitted):
        protect(session, world.people[name], case, person_id=case.youth_id, level=Protection.MARKED)


def test_nobody_outside_the_case_is_marked_through_it(session: Session, world: World) -> None:
    case, other = a_case(session, world), a_case(session, world)

    with pytest.raises(NotFound):
        protect(session, world.coordinator, case, person_id=other.youth_id, level=Protection.MARKED)
