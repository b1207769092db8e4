"""What becomes of an action: done, postponed, dropped and taken back; by whom, and what is remembered of it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.errors import Conflict
from sspf.plans import service
from sspf.plans.models import ActionEvent, Change, Status
from tests.plans.make import TEXT, an_agreed_case, in_days, promise, reword, texts_seen_by
from tests.world import World


@pytest.mark.parametrize("of", ["police", "family", "coordinator"])
def test_a_contact_marks_its_own_organisations_actions_and_nothing_else(
    session: Session, world: World, of: str
) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case, of=of)
    acts = (service.mark_done, service.drop, service.undo)

    for act in acts:
        with pytest.raises(NotPermitted, match="av den som har åtagandet"):
            act(session, world.school, case, action)
    with pytest.raises(NotPermitted):
        service.postpone(session, world.school, case, action, due_on=in_days(session, 9))
    with pytest.raises(NotPermitted):
        reword(session, world.school, case, action, "Något annat")

    assert action.status is Status.OPEN


@pytest.mark.parametrize("of", ["school", "police", "family", "coordinator"])
def test_the_coordinator_marks_any_action(session: Session, world: World, of: str) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case, of=of)

    service.mark_done(session, world.coordinator, case, action)

    assert action.status is Status.DONE
    assert action.done_by == world.coordinator.user_id


def test_done_can_be_taken_back_and_stands_as_before(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    service.postpone(session, world.school, case, action, due_on=in_days(session, 9))

    service.mark_done(session, world.school, case, action)
    service.undo(session, world.school, case, action)

    assert action.status is Status.POSTPONED
    assert action.due_on == in_days(session, 9)
    assert action.done_at is None


def test_a_postponed_action_can_be_moved_back_to_its_day(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    service.postpone(session, world.school, case, action, due_on=in_days(session, 9))

    service.undo(session, world.school, case, action)

    assert (action.status, action.due_on) == (Status.OPEN, in_days(session, 3))


def test_a_dropped_action_can_be_taken_up_again(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)

    service.drop(session, world.school, case, action)
    assert texts_seen_by(session, world.school, case) == []
    service.undo(session, world.school, case, action)

    assert texts_seen_by(session, world.school, case) == [TEXT]


def test_the_history_keeps_what_when_and_who(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)
    service.mark_done(session, world.school, case, action)
    service.undo(session, world.coordinator, case, action)
    session.flush()

    events = session.scalars(select(ActionEvent).order_by(ActionEvent.id)).all()

    assert [(event.change, event.user_id) for event in events] == [
        (Change.CREATED, world.coordinator.user_id),
        (Change.DONE, world.school.user_id),
        (Change.TAKEN_BACK, world.coordinator.user_id),
    ]
    assert [event.organisation_id for event in events][1] == world.id_of("school")


def test_a_button_pressed_twice_does_it_once(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case)

    for _time in range(2):
        service.mark_done(session, world.school, case, action)
    version = action.version
    service.undo(session, world.school, case, action)
    service.undo(session, world.school, case, action)

    assert action.status is Status.OPEN
    assert action.version == version + 1


def test_what_is_over_is_not_done_postponed_or_dropped_in_another_way(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    dropped, done = promise(session, world, case), promise(session, world, case)
    service.drop(session, world.school, case, dropped)
    service.mark_done(session, world.school, case, done)

    with pytest.raises(Conflict, match="borttaget"):
        service.mark_done(session, world.school, case, dropped)
    with pytest.raises(Conflict, match="redan markerat som klart"):
        service.drop(session, world.school, case, done)
    with pytest.raises(Conflict):
        service.postpone(session, world.school, case, done, due_on=in_days(session, 9))
