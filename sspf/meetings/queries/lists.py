"""Meetings in lists, each with the cases on its agenda that the asker may know of; and cases to choose among."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import tuple_
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.db.clock import SWEDEN
from sspf.meetings.models import AgendaItem, Meeting, MeetingState
from sspf.meetings.policy import TAKEN_UP_IN
from sspf.meetings.queries.meeting import get_meeting, visible_to

PAGE = 25
MOST_COMING = 50
MOST_CASES = 100

COMING = (MeetingState.ONGOING, MeetingState.PLANNED)
OVER = (MeetingState.HELD, MeetingState.CANCELLED)


def cases_to_take_up(session: Session, actor: Actor, also: Collection[UUID] = ()) -> list[Case]:
    """Cases that can be on an agenda, by alias: the newest hundred, and those of ``also``."""
    able = cases.visible_ids(actor).where(Case.state.in_(TAKEN_UP_IN)).order_by(Case.id.desc()).limit(MOST_CASES)
    found = cases.list_cases_by_id(session, actor, {*session.scalars(able), *also})
    return sorted(found, key=lambda case: case.alias)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list, with the cases on its agenda that the actor may know of."""

    meeting: Meeting
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Some meetings that are over, newest first, and the id to go on from."""

    rows: list[MeetingRow]
    next_before: UUID | None


def list_coming(session: Session, actor: Actor) -> list[MeetingRow]:
    """What goes on now and what is planned, the nearest first."""
    statement = visible_to(actor).where(Meeting.state.in_(COMING)).order_by(Meeting.starts_at, Meeting.id)
    return _rows(session, actor, session.scalars(statement.limit(MOST_COMING)).all())


def list_over(session: Session, actor: Actor, *, before: UUID | None = None, limit: int = PAGE) -> MeetingPage:
    """A page of the meetings that have been held or were cancelled, newest first; after ``before``, if that is given.

    Raises:
        NotFound: ``before`` is no meeting that the actor may know of.
    """
    statement = visible_to(actor).where(Meeting.state.in_(OVER))
    if before is not None:
        last = get_meeting(session, actor, before)
        statement = statement.where(tuple_(Meeting.starts_at, Meeting.id) < tuple_(last.starts_at, last.id))
    found = session.scalars(statement.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(limit + 1)).all()
    return MeetingPage(_rows(session, actor, found[:limit]), found[limit - 1].id if len(found) > limit else None)


def list_on(session: Session, actor: Actor, day: date) -> list[MeetingRow]:
    """A day's meetings that are not cancelled, and any that goes on now: for the start page."""
    begin = datetime.combine(day, datetime.min.time(), SWEDEN)
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), SWEDEN)
    today = (Meeting.starts_at >= begin) & (Meeting.starts_at < end) & (Meeting.state != MeetingState.CANCELLED)
    statement = visible_to(actor).where(today | (Meeting.state == MeetingState.ONGOING))
    return _rows(session, actor, session.scalars(statement.order_by(Meeting.starts_at, Meeting.id)).all())


def _rows(session: Session, actor: Actor, meetings: Sequence[Meeting]) -> list[MeetingRow]:
    known: dict[UUID, list[Case]] = {meeting.id: [] for meeting in meetings}
    statement = (
        cases.visible_to(actor)
        .join(AgendaItem, AgendaItem.case_id == Case.id)
        .where(AgendaItem.meeting_id.in_(known))
        .add_columns(AgendaItem.meeting_id)
        .order_by(AgendaItem.position)
    )
    for case, meeting_id in session.execute(statement):
        known[meeting_id].append(case)
    return [MeetingRow(meeting, tuple(known[meeting.id])) for meeting in meetings]


def settled(session: Session, actor: Actor, rows: Sequence[MeetingRow]) -> list[MeetingRow]:
    """The rows with the cases that are still there once nobody is changing who may know of them.

    A meeting that has none of them left is not there either.
    """
    listed = {case.id: case for row in rows for case in row.cases}
    return only(rows, {case.id for case in cases.settled(session, actor, [*listed.values()])})


def only(rows: Sequence[MeetingRow], there: Collection[UUID]) -> list[MeetingRow]:
    """The rows with those of their cases; one that has none of them is left out."""
    left = (MeetingRow(row.meeting, tuple(case for case in row.cases if case.id in there)) for row in rows)
    return [row for row in left if row.cases]
