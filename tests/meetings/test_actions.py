"""Actions at a meeting: one press each, a way back, and nobody's press lost to an older page."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.meetings.acting import Press, add_action, later_than, next_time, press
from sspf.meetings.models import Meeting
from sspf.meetings.room import ActionRow
from sspf.plans.models import Action, Change, Status
from sspf.plans.responsible import FAMILY, Responsible
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda, an_action, end, in_room
from tests.world import World

TEXT = "Ringa hem varje fredag"


def an_open_action(session: Session, world: World) -> tuple[Meeting, Action]:
    """An action from before, and a meeting that goes on about its case."""
    case = a_case_to_meet_about(session, world)
    action = an_action(session, world, case, TEXT)
    meeting = a_meeting(session, world, case, begun=True)
    return meeting, action


def do(session: Session, world: World, meeting: Meeting, action: Action, what: Press, **values: object) -> None:
    values = {"version": action.version, "later": clock.today(session) + timedelta(days=21)} | values
    press(session, world.coordinator, meeting, agenda(session, world, meeting)[0].case, action, what=what, **values)  # type: ignore[arg-type]
    session.flush()


def row_of(session: Session, world: World, meeting: Meeting, name: str = "coordinator") -> ActionRow:
    (row,) = in_room(session, world.people[name], meeting, agenda(session, world, meeting)[0].case).actions
    return row


@pytest.mark.parametrize(
    ("what", "status", "became"),
    [
        (Press.DONE, Status.DONE, Change.DONE),
        (Press.POSTPONE, Status.POSTPONED, Change.POSTPONED),
        (Press.DROP, Status.DROPPED, Change.DROPPED),
    ],
)
def test_one_press_and_one_to_take_it_back(
    session: Session, world: World, what: Press, status: Status, became: Change
) -> None:
    meeting, action = an_open_action(session, world)
    was = action.due_on

    do(session, world, meeting, action, what)
    pressed = row_of(session, world, meeting)
    do(session, world, meeting, action, Press.UNDO)
    back = row_of(session, world, meeting)

    assert (pressed.action.status, pressed.became) == (status, became)
    assert (back.action.status, back.became, back.action.due_on) == (Status.OPEN, None, was)


def test_two_who_press_the_same_are_not_in_each_others_way(session: Session, world: World) -> None:
    meeting, action = an_open_action(session, world)
    shown = action.version

    do(session, world, meeting, action, Press.DONE)
    do(session, world, meeting, action, Press.DONE, version=shown)

    assert action.status is Status.DONE


def test_an_undo_from_an_older_page_does_not_take_back_somebody_elses_press(session: Session, world: World) -> None:
    meeting, action = an_open_action(session, world)
    do(session, world, meeting, action, Press.DONE)
    shown_to_one = action.version
    do(session, world, meeting, action, Press.UNDO)
    do(session, world, meeting, action, Press.POSTPONE)

    with pytest.raises(Conflict):
        do(session, world, meeting, action, Press.UNDO, version=shown_to_one)

    assert action.status is Status.POSTPONED


def test_an_action_is_moved_to_a_day_that_is_yet_to_come(session: Session, world: World) -> None:
    meeting, action = an_open_action(session, world)
    yesterday = clock.today(session) - timedelta(days=1)

    with pytest.raises(ValidationFailed, match="later"):
        do(session, world, meeting, action, Press.POSTPONE, later=yesterday)


def test_a_new_action_is_there_for_whoever_takes_part_and_marked_as_new(session: Session, world: World) -> None:
    meeting, _earlier = an_open_action(session, world)
    case = agenda(session, world, meeting)[0].case

    add_action(
        session,
        world.coordinator,
        meeting,
        case,
        what="Boka tid på gården",
        who=Responsible(world.id_of("leisure"), world.leisure.user_id),
        due=clock.today(session) + timedelta(days=14),
    )
    session.flush()

    for name in ("leisure", "police", "coordinator"):
        shown = in_room(session, world.people[name], meeting, case)
        assert [row.action.text for row in shown.new_actions] == ["Boka tid på gården"]
        assert [row.action.text for row in shown.since_last] == [TEXT]


def test_the_familys_own_is_never_late(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    family = an_action(session, world, case, "Äta frukost ihop", who=FAMILY)
    schools = an_action(session, world, case, TEXT)
    family.due_on = schools.due_on = clock.today(session) - timedelta(days=3)
    session.flush()
    meeting = a_meeting(session, world, case, begun=True)

    late = {row.action.text: row.is_late for row in in_room(session, world.coordinator, meeting, case).actions}

    assert late == {"Äta frukost ihop": False, TEXT: True}


@pytest.mark.parametrize("days", [-1, 800])
def test_nobody_promises_for_a_day_that_has_been_or_years_ahead(session: Session, world: World, days: int) -> None:
    meeting, _earlier = an_open_action(session, world)

    with pytest.raises(ValidationFailed, match="due"):
        add_action(
            session,
            world.coordinator,
            meeting,
            agenda(session, world, meeting)[0].case,
            what="Något",
            who=FAMILY,
            due=clock.today(session) + timedelta(days=days),
        )


def test_actions_are_not_pressed_when_the_meeting_is_over_or_by_a_contact(session: Session, world: World) -> None:
    meeting, action = an_open_action(session, world)
    case = agenda(session, world, meeting)[0].case

    with pytest.raises(NotPermitted):
        press(session, world.school, meeting, case, action, what=Press.DONE, version=action.version, later=None)
    end(session, world, meeting, taken_up=[case.id])
    with pytest.raises(NotPermitted, match="pågår inte"):
        do(session, world, meeting, action, Press.DONE)


def test_the_notes_of_a_meeting_hold_nothing_that_was_agreed_on_afterwards(session: Session, world: World) -> None:
    meeting, _earlier = an_open_action(session, world)
    case = agenda(session, world, meeting)[0].case
    end(session, world, meeting, taken_up=[case.id])

    an_action(session, world, case, "Kom på efteråt")
    session.flush()

    assert [row.action.text for row in in_room(session, world.school, meeting, case).actions] == [TEXT]


TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due_on", "next_date", "later"),
    [
        (date(2026, 11, 20), None, date(2026, 12, 8)),
        (date(2026, 11, 20), date(2026, 12, 15), date(2026, 12, 15)),
        (date(2026, 12, 20), date(2026, 12, 15), date(2027, 1, 3)),
        (date(2026, 11, 20), date(2026, 11, 10), date(2026, 12, 8)),
    ],
)
def test_one_press_moves_an_action_to_the_next_time_the_case_is_taken_up(
    due_on: date, next_date: date | None, later: date
) -> None:
    assert later_than(due_on, next_date, TODAY) == later


def test_the_next_time_is_the_set_date_or_in_two_weeks() -> None:
    assert next_time(date(2026, 12, 1), TODAY) == date(2026, 12, 1)
    assert next_time(None, TODAY) == date(2026, 12, 8)
