"""In which order the cases are taken up: moved one step, or so that few go out and in. Never commits."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.meetings import policy
from sspf.meetings.events import MeetingEvent, subject_of
from sspf.meetings.grounds import may_hear
from sspf.meetings.models import Attendance, ItemState, Meeting, Presence
from sspf.meetings.ordering import fewest_goings, goings
from sspf.meetings.queries import OnAgenda


class Way(StrEnum):
    """One step on the agenda."""

    EARLIER = "upp"
    LATER = "ned"


def move(
    session: Session, actor: Actor, meeting: Meeting, agenda: Sequence[OnAgenda], entry: OnAgenda, way: Way
) -> None:
    """Let a case change places with the waiting one before or after it; the first and the last stay."""
    require(policy.can_order(actor, meeting))
    waiting = _waiting(agenda)
    if entry not in waiting:
        return
    place = waiting.index(entry)
    other = place + (1 if way is Way.LATER else -1)
    if 0 <= other < len(waiting):
        waiting[place], waiting[other] = waiting[other], waiting[place]
        _put(session, actor, meeting, agenda, waiting)


def order_by_room(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    agenda: Sequence[OnAgenda],
    attendance: Sequence[Attendance],
    at: datetime,
) -> None:
    """Put the cases that wait in an order in which as few as possible go out and in."""
    require(policy.can_order(actor, meeting))
    waiting = _waiting(agenda)
    rooms = [may_hear(entry.case, at) for entry in waiting]
    order = [waiting[place] for place in fewest_goings(rooms, _coming(attendance))]
    if order != waiting:
        _put(session, actor, meeting, agenda, order)


def goings_of(agenda: Sequence[OnAgenda], attendance: Sequence[Attendance], at: datetime) -> tuple[int, int]:
    """How often somebody goes out or comes in between the cases that wait: as they stand, and at the least."""
    rooms = [may_hear(entry.case, at) for entry in _waiting(agenda)]
    people = _coming(attendance)
    return goings(rooms, people), goings([rooms[place] for place in fewest_goings(rooms, people)], people)


def _waiting(agenda: Sequence[OnAgenda]) -> list[OnAgenda]:
    return [entry for entry in agenda if entry.item.state is ItemState.WAITING]


def _coming(attendance: Sequence[Attendance]) -> Counter[UUID]:
    """How many each organisation sends."""
    return Counter(
        row.organisation_id for row in attendance if row.organisation_id and row.presence is not Presence.GONE
    )


def _put(
    session: Session, actor: Actor, meeting: Meeting, agenda: Sequence[OnAgenda], waiting: Sequence[OnAgenda]
) -> None:
    """The waiting cases change places among themselves; what has been taken up stays where it was."""
    places = sorted(entry.item.position for entry in agenda if entry.item.state is ItemState.WAITING)
    for entry, place in zip(waiting, places, strict=True):
        entry.item.position = place
    session.flush()
    record(session, actor.did(MeetingEvent.ORDERED, subject_of(meeting)))
