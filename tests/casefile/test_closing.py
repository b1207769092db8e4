"""Closing: all that was shared ends, and for a month at most what became of it is left. Nothing returns by itself."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.casefile.service import Farewell, close, reopen
from sspf.cases import queries as cases
from sspf.cases.models import Case, CaseRole, Part, Reason, State
from sspf.cases.queries import taken_aliases
from sspf.cases.service import change_state
from sspf.cases.states import Readiness
from sspf.consents import queries as consents
from sspf.consents.desk import open_desk
from sspf.consents.service import receive_withdrawal, withdraw
from sspf.consents.standing import Stand, standings_of
from sspf.db import clock
from sspf.errors import NotFound, ValidationFailed
from sspf.law.kinds import Kind
from sspf.plans.models import Action
from sspf.plans.queries.goals import current_goals
from sspf.plans.queries.views import current_texts
from tests.casefile.make import (
    HANDOVER,
    OUTCOME,
    ROWS,
    a_full_case,
    fresh,
    keys_of_others,
    open_to_others,
    taking_part,
    the_clock_set_back,
    undone,
)
from tests.plans.make import promise
from tests.world import CONTACTS, World, agree, reading_of

EXAMPLES = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WHOLE = Farewell(Reason.GOALS_REACHED, OUTCOME)


def closed(session: Session, world: World, case: Case, farewell: Farewell = WHOLE) -> Case:
    close(session, world.coordinator, case, farewell)
    return fresh(session, world, case)


def own_texts(session: Session, case: Case) -> dict[str, set[object]]:
    actions = list(session.query(Action).where(Action.case_id == case.id, ~Action.is_family))
    texts = current_texts(session, [action.id for action in actions])
    return {
        organisation: {texts[one.id].envelope_id for one in actions if one.organisation_id == organisation}
        for organisation in {one.organisation_id for one in actions}
    }


@EXAMPLES
@given(
    days=st.sampled_from([1, 29, 30, 31, 180]),
    heard_by=st.lists(st.sampled_from(CONTACTS), unique=True),
    goes_on=st.none() | st.sampled_from(CONTACTS),
)
def test_exactly_goal_own_actions_and_outcome_are_open_for_a_month_at_most(
    session: Session, world: World, days: int, heard_by: Sequence[str], goes_on: str | None
) -> None:
    with undone(session):
        case = a_full_case(session, world, days=days, heard_by=heard_by)
        before = {one.id for one in open_to_others(session, case)}
        ends = max(given.until for given in consents.given_in(session, case, clock.now(session)))
        takes_over = world.id_of(goes_on) if goes_on else None

        case = closed(
            session,
            world,
            case,
            Farewell(Reason.GOES_ON_ELSEWHERE, OUTCOME, HANDOVER if goes_on else "", takes_over),
        )

        left = open_to_others(session, case)
        own = own_texts(session, case)
        goal = current_goals(session, [case.id])[case.id].envelope_id
        month = clock.now(session) + timedelta(days=30)
        for name in CONTACTS:
            theirs = {one.envelope_id for one in left if one.organisation_id == world.id_of(name)}
            written = [one for one in left if one.envelope_id in theirs - own[world.id_of(name)] - {goal}]
            assert own[world.id_of(name)] | {goal} <= theirs
            assert {one.kind for one in written if one.organisation_id == world.id_of(name)} == {
                *([Kind.FAMILY_VIEW] if name in heard_by else []),
                *([Kind.ACTIONS] if name == goes_on else []),
            }
            assert len(theirs) == 2 + (name in heard_by) + (name == goes_on)
        assert not before & {one.id for one in left}
        assert all(one.valid_until and one.valid_until <= min(month, ends) for one in left)
        assert keys_of_others(session) == {one.id for one in left}
        assert set(taking_part(session, world, case)) == {world.id_of(name) for name in CONTACTS}
        assert all(until <= min(month, ends) for until in taking_part(session, world, case).values())


def test_those_who_took_part_read_just_this(session: Session, world: World) -> None:
    case = closed(
        session, world, a_full_case(session, world), Farewell(Reason.MOVED, OUTCOME, HANDOVER, world.id_of("police"))
    )

    for name, parts in (("school", {Part.OUTCOME: OUTCOME}), ("police", {Part.HANDOVER: HANDOVER}), ("leisure", {})):
        shown = cases.closing_of(session, reading_of(session, world.people[name], case), case)
        assert shown is not None
        assert shown.texts == parts


def test_a_withdrawal_after_closing_closes_the_rest_at_once(session: Session, world: World) -> None:
    case = closed(session, world, a_full_case(session, world))
    consent = next(one for one in consents.list_consents(session, case) if one.is_live(clock.now(session)))

    withdraw(session, world.coordinator, case, consent)

    assert open_to_others(session, case) == []
    assert keys_of_others(session) == set()
    assert taking_part(session, world, case) == {}
    assert fresh(session, world, case).state is State.CLOSED


def test_closing_lets_nobody_read_what_they_could_not(session: Session, world: World) -> None:
    case = closed(session, world, a_full_case(session, world))
    reopen(session, world.coordinator, case)
    case = fresh(session, world, case)
    agree(session, world, case, rows=[ROWS[1]])

    case = closed(session, world, fresh(session, world, case), Farewell(Reason.OTHER))

    assert open_to_others(session, case) == []


@EXAMPLES
@given(days=st.sampled_from([60, 180]), ago=st.sampled_from([0, 10, 31]))
def test_opened_again_nothing_is_open_and_a_new_yes_brings_nothing_old_back(
    session: Session, world: World, days: int, ago: int
) -> None:
    with undone(session):
        with the_clock_set_back(days=ago):
            case = closed(session, world, a_full_case(session, world, days=days))
        assert bool(open_to_others(session, case)) == (ago < 30)

        reopen(session, world.coordinator, case)

        case = fresh(session, world, case)
        assert case.state is State.CONSENT
        assert open_to_others(session, case) == []
        assert keys_of_others(session) == set()
        assert taking_part(session, world, case) == {}
        assert consents.given_in(session, case, clock.now(session)) == []
        for name in CONTACTS:
            with pytest.raises(NotFound):
                cases.get_case(session, world.people[name], case.id)

        first, second = (person.person_id for person in case.people if person.position)
        agree(session, world, case, person_id=first, rows=ROWS)
        assert open_to_others(session, case) == []
        agree(session, world, case, person_id=second, rows=ROWS)

        shared = open_to_others(session, case)
        assert {one.kind for one in shared} == {Kind.IDENTITY}
        new = promise(session, world, case, text="Prov på nytt")
        assert {one.kind for one in open_to_others(session, case)} == {Kind.IDENTITY, Kind.ACTIONS}
        envelope = current_texts(session, [new.id])[new.id].envelope_id
        assert {one.envelope_id for one in open_to_others(session, case) if one.kind == Kind.ACTIONS} == {envelope}


def test_everyone_is_waited_for_anew(session: Session, world: World) -> None:
    case = closed(session, world, a_full_case(session, world))
    reopen(session, world.coordinator, case)
    session.flush()

    desk = open_desk(session, world.coordinator, case.id)

    stands = standings_of(desk.household, consents.list_consents(session, desk.case), desk.reading, desk.now)
    assert {one.stand for one in stands if one.is_needed} == {Stand.WAITING}


def test_nobody_hears_two_children_called_the_same_while_a_closed_case_is_shown(session: Session, world: World) -> None:
    case = a_full_case(session, world)
    close(session, world.coordinator, case, Farewell(Reason.MOVED))
    session.flush()
    assert case.alias in taken_aliases(session, case.municipality_id)

    receive_withdrawal(session, world.coordinator, fresh(session, world, case), role=CaseRole.GUARDIAN)
    session.flush()

    assert case.alias not in taken_aliases(session, case.municipality_id)


def test_a_case_that_gave_its_alias_away_gets_another(session: Session, world: World) -> None:
    case = closed(session, world, a_full_case(session, world))
    other = a_full_case(session, world)
    session.execute(Case.__table__.update().where(Case.id == other.id).values(alias=case.alias))

    reopen(session, world.coordinator, case)

    assert fresh(session, world, case).alias != fresh(session, world, other).alias


def test_only_somebody_at_the_table_takes_over(session: Session, world: World) -> None:
    case = a_full_case(session, world)

    with pytest.raises(ValidationFailed):
        close(session, world.coordinator, case, Farewell(Reason.MOVED, OUTCOME, HANDOVER, world.id_of("outsider")))
    with pytest.raises(ValidationFailed):
        close(session, world.coordinator, case, Farewell(Reason.MOVED, OUTCOME, "", world.id_of("school")))


@pytest.mark.parametrize("name", ["school", "auditor"])
def test_only_coordination_closes_and_opens_again(session: Session, world: World, name: str) -> None:
    case = a_full_case(session, world)
    with pytest.raises(NotPermitted):
        close(session, world.people[name], case, WHOLE)
    case = closed(session, world, case)
    with pytest.raises(NotPermitted):
        reopen(session, world.people[name], case)


@pytest.mark.parametrize("to", [State.DECLINED, State.WITHDRAWN, State.CLOSED])
@pytest.mark.parametrize("state", list(State))
def test_no_step_along_the_path_leaves_it(session: Session, world: World, state: State, to: State) -> None:
    case = a_full_case(session, world)
    case.state = state

    with pytest.raises(NotPermitted):
        change_state(session, world.coordinator, case, to=to, readiness=Readiness(True, True))
