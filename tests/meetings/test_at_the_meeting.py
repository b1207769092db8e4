"""From planned to held: one case at a time, and what a held meeting opens."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.cases import queries as cases
from sspf.cases.models import State
from sspf.cases.states import Readiness, can_step
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.meetings import planning, policy, queries, service
from sspf.meetings.models import ItemState, MeetingState
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda, attendance, begin, end, entry, held, take_back
from tests.world import World, a_case


def test_a_meeting_begins_with_the_first_case_and_led_by_whoever_begins_it(session: Session, world: World) -> None:
    first, second = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)

    meeting = a_meeting(session, world, first, second, begun=True)

    assert (meeting.state, meeting.leader_id) == (MeetingState.ONGOING, world.coordinator.user_id)
    assert [one.item.state for one in agenda(session, world, meeting)] == [ItemState.CURRENT, ItemState.WAITING]


def test_to_begin_twice_is_to_begin_once_and_to_end_twice_loses_nothing(session: Session, world: World) -> None:
    first, second = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, first, second, begun=True)
    began_at = meeting.began_at

    begin(session, world, meeting)
    end(session, world, meeting, taken_up=[first.id])

    assert meeting.began_at == began_at
    with pytest.raises(Conflict, match="redan avslutat"):
        end(session, world, meeting, taken_up=[first.id, second.id])
    assert not queries.has_been_held(session, second.id)


def test_taking_up_the_next_case_finishes_the_one_before_however_often_it_is_pressed(
    session: Session, world: World
) -> None:
    first, second = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, first, second, begun=True)

    for _ in range(2):
        service.take_up(
            session,
            world.coordinator,
            meeting,
            entry(session, world, meeting, second),
        )
        session.flush()

    assert [one.item.state for one in agenda(session, world, meeting)] == [ItemState.DONE, ItemState.CURRENT]


def test_a_case_without_a_yes_is_neither_planned_nor_taken_up(session: Session, world: World) -> None:
    waiting = a_case(session, world)
    withdrawn = a_case_to_meet_about(session, world)
    other = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, withdrawn, other)
    take_back(session, world, withdrawn)

    with pytest.raises(ValidationFailed) as refused:
        a_meeting(session, world, waiting)
    begin(session, world, meeting)
    session.flush()

    assert waiting.alias in str(refused.value.errors["cases"])
    assert entry(session, world, meeting, other).item.state is ItemState.CURRENT
    with pytest.raises(NotPermitted, match="Inget samtycke gäller"):
        service.take_up(
            session,
            world.coordinator,
            meeting,
            entry(session, world, meeting, withdrawn),
        )


def test_only_a_case_on_its_way_is_taken_up(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)

    able = {}
    for state in State:
        case.state = state
        able[state] = bool(policy.can_take_up(case, clock.now(session)))

    assert {state for state, is_able in able.items() if is_able} == {State.MEETING, State.FOLLOW_UP}


def test_a_held_meeting_opens_follow_up_for_the_cases_that_were_talked_about(session: Session, world: World) -> None:
    talked_about, left_over = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, talked_about, left_over, begun=True)
    before = queries.has_been_held(session, talked_about.id)

    end(session, world, meeting, taken_up=[talked_about.id])

    assert not before
    assert queries.has_been_held(session, talked_about.id)
    assert not queries.has_been_held(session, left_over.id)
    readiness = Readiness(
        everyone_wants_to_take_part=True, meeting_held=queries.has_been_held(session, talked_about.id)
    )
    assert can_step(State.MEETING, State.FOLLOW_UP, readiness)


def test_a_meeting_that_goes_on_or_is_cancelled_opens_nothing(session: Session, world: World) -> None:
    talked_about, after = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    ongoing = a_meeting(session, world, talked_about, after, begun=True)
    service.take_up(session, world.coordinator, ongoing, entry(session, world, ongoing, after))
    cancelled = a_meeting(session, world, talked_about)
    planning.cancel_meeting(session, world.coordinator, cancelled)
    session.flush()

    assert entry(session, world, ongoing, talked_about).item.state is ItemState.DONE
    assert not queries.has_been_held(session, talked_about.id)
    assert not queries.meetings_of(session, world.coordinator, talked_about.id).has_been_held


def test_a_meeting_that_is_over_cannot_be_changed_begun_or_written_in(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = held(session, world, case)

    assert not policy.can_change(world.coordinator, meeting)
    assert not policy.can_begin(world.coordinator, meeting)
    assert not policy.can_work(world.coordinator, meeting)
    assert policy.can_correct(world.coordinator, meeting, case)
    case.state = State.CLOSED
    assert not policy.can_correct(world.coordinator, meeting, case)


def test_two_who_change_a_meeting_at_once_are_told_so(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case)
    shown = meeting.version

    def move(place: str) -> None:
        planning.change_meeting(
            session,
            world.coordinator,
            meeting,
            version=shown,
            starts_at=meeting.starts_at,
            place=place,
            cases=[case],
            agenda=agenda(session, world, meeting),
            attendance=[],
        )
        session.flush()

    move("Stadshuset")

    with pytest.raises(Conflict):
        move("Biblioteket")
    assert meeting.place == "Stadshuset"


def test_a_case_taken_off_the_agenda_is_gone_from_it(session: Session, world: World) -> None:
    first, second = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    third = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, first, second)

    planning.change_meeting(
        session,
        world.coordinator,
        meeting,
        version=meeting.version,
        starts_at=meeting.starts_at,
        place=meeting.place,
        cases=[second, third],
        agenda=agenda(session, world, meeting),
        attendance=list(attendance(session, world, meeting).values()),
    )

    assert [one.case.id for one in agenda(session, world, meeting)] == [second.id, third.id]


@pytest.mark.parametrize("days", [-90, 800])
def test_a_day_years_away_is_a_slip(session: Session, world: World, days: int) -> None:
    case = a_case_to_meet_about(session, world)

    with pytest.raises(ValidationFailed, match="day"):
        a_meeting(session, world, case, starts_at=clock.now(session) + timedelta(days=days))


def test_the_next_date_is_kept_when_two_write_it(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case, begun=True)
    place = entry(session, world, meeting, case)
    first, second = (clock.today(session) + timedelta(days=days) for days in (14, 21))

    service.set_next_date(session, world.coordinator, meeting, place, next_date=first, was=None)

    with pytest.raises(Conflict, match=first.isoformat()):
        service.set_next_date(session, world.coordinator, meeting, place, next_date=second, was=None)
    service.set_next_date(session, world.coordinator, meeting, place, next_date=second, was=first)
    session.flush()
    assert queries.meetings_of(session, world.school, case.id).next_date == second


def test_a_next_date_that_has_been_is_a_slip(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case, begun=True)
    yesterday = clock.today(session) - timedelta(days=1)

    with pytest.raises(ValidationFailed, match="next_date"):
        service.set_next_date(
            session,
            world.coordinator,
            meeting,
            entry(session, world, meeting, case),
            next_date=yesterday,
            was=None,
        )


def test_the_case_page_and_the_start_page_are_told_of_meetings(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    over = held(session, world, case)
    today = a_meeting(session, world, case, starts_at=clock.now(session))
    later = a_meeting(session, world, case, starts_at=clock.now(session) + timedelta(days=9))

    around = queries.meetings_of(session, world.school, case.id)

    assert around.nearest is not None
    assert around.nearest.id == today.id
    assert [meeting.id for meeting in around.held] == [over.id]
    assert around.has_been_held
    assert [row.meeting.id for row in queries.list_on(session, world.school, clock.today(session))] == [today.id]
    assert later.id in {row.meeting.id for row in queries.list_coming(session, world.coordinator)}
    nothing = queries.meetings_of(session, world.outsider, case.id)
    assert (nothing.nearest, nothing.held, nothing.has_been_held) == (None, (), False)


def test_a_case_remembers_when_it_was_last_taken_up(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    earlier = a_meeting(session, world, case, begun=True, starts_at=clock.now(session) - timedelta(days=14))
    end(session, world, earlier, taken_up=[case.id])

    meeting = a_meeting(session, world, case)

    assert entry(session, world, meeting, case).last_at == earlier.ended_at
    assert cases.get_case(session, world.coordinator, case.id).state is State.MEETING
