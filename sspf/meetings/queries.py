"""Every read of a meeting begins with ``visible_to``, and of its agenda with the cases the asker may know of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, false, func, null, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.db.clock import SWEDEN
from sspf.errors import NotFound
from sspf.meetings.models import AgendaItem, Attendance, Decision, ItemState, Meeting, MeetingState
from sspf.meetings.policy import TAKEN_UP_IN
from sspf.plans.models import TO_DO, Action, ActionEvent, Change
from sspf.vault.reading import Reading

PAGE = 25
MOST_COMING = 50
MOST_CASES = 100

COMING = (MeetingState.ONGOING, MeetingState.PLANNED)
OVER = (MeetingState.HELD, MeetingState.CANCELLED)


def visible_to(actor: Actor) -> Select[Meeting]:
    """The one rule for which meetings a user may know of: coordination's own, or one about a case one knows."""
    statement = select(Meeting).where(Meeting.municipality_id == actor.municipality_id)
    if holds(actor, Permission.MEETING_LEAD):
        return statement.where(Meeting.coordination_id == actor.organisation_id)
    if not holds(actor, Permission.MEETING_FOLLOW):
        return statement.where(false())
    known = aliased(AgendaItem)  # a name of its own, for statements that join the agenda too
    return statement.where(exists().where(known.meeting_id == Meeting.id, known.case_id.in_(cases.visible_ids(actor))))


def get_meeting(session: Session, actor: Actor, meeting_id: UUID) -> Meeting:
    """One meeting, read afresh and without its agenda, or NotFound."""
    found = session.scalars(
        visible_to(actor).where(Meeting.id == meeting_id).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def case_ids_to_lock(session: Session, meeting_id: UUID) -> list[UUID]:
    """The agenda's cases, whoever asks: for the locks alone, and read again once they are held."""
    return list(session.scalars(select(AgendaItem.case_id).where(AgendaItem.meeting_id == meeting_id)))


@dataclass(frozen=True, slots=True)
class OnAgenda:
    """A case on an agenda, for somebody who may know of it; ``last_at`` is when it was last taken up before."""

    item: AgendaItem
    case: Case
    last_at: datetime | None


def agenda_of(session: Session, actor: Actor, meeting: Meeting) -> list[OnAgenda]:
    """The agenda in order, as far as the actor may know of its cases, with people and table; read afresh."""
    statement = (
        cases.visible_to(actor)
        .join(AgendaItem, AgendaItem.case_id == Case.id)
        .where(AgendaItem.meeting_id == meeting.id)
        .add_columns(AgendaItem, _last_at(meeting))
        .order_by(AgendaItem.position)
        .options(*cases.WITH_TABLE)
        .execution_options(populate_existing=True)
    )
    return [OnAgenda(item, case, last_at) for case, item, last_at in session.execute(statement).unique()]


def _last_at(meeting: Meeting) -> ScalarSelect[datetime | None]:
    earlier, its_item = aliased(Meeting), aliased(AgendaItem)
    return (
        select(func.max(earlier.ended_at))
        .join(its_item, its_item.meeting_id == earlier.id)
        .where(
            its_item.case_id == Case.id,
            its_item.state == ItemState.DONE,
            earlier.state == MeetingState.HELD,
            earlier.id != meeting.id,
            earlier.starts_at < meeting.starts_at,
        )
        .correlate(Case)
        .scalar_subquery()
    )


def get_meeting_and_attendance(session: Session, actor: Actor, meeting_id: UUID) -> tuple[Meeting, list[Attendance]]:
    """The same with who was asked and who is here, by organisation and name; in one statement, for the leader."""
    found = session.execute(
        visible_to(actor)
        .where(Meeting.id == meeting_id)
        .outerjoin(Attendance, Attendance.meeting_id == Meeting.id)
        .add_columns(Attendance)
        .order_by(Attendance.organisation_id, Attendance.name)
        .execution_options(populate_existing=True)
    ).all()
    if not found:
        raise NotFound
    return found[0][0], [row for _meeting, row in found if row is not None]


def decisions_of(
    session: Session, reading: Reading, case_ids: Collection[UUID], *, only_at: Meeting | None = None
) -> list[Decision]:
    """The decisions that stand and that the reading shows, oldest first; of every meeting unless one is given."""
    current = [opened.id for opened in reading.opened.values() if opened.replaced_by is None]
    statement = select(Decision).where(
        Decision.case_id.in_(case_ids), Decision.envelope_id.in_(current), Decision.removed_at.is_(None)
    )
    if only_at is not None:
        statement = statement.where(Decision.meeting_id == only_at.id)
    return list(session.scalars(statement.order_by(Decision.id)))


@dataclass(frozen=True, slots=True)
class LedTo:
    """How much a meeting has led to in one case."""

    actions: int
    decisions: int


def led_to(session: Session, meeting: Meeting, case_ids: Collection[UUID]) -> dict[UUID, LedTo]:
    """By case, how many actions and decisions there are from this meeting. Opens nothing; for the leader."""
    later = aliased(Decision)
    decided = (
        select(Decision.case_id, func.count())
        .where(
            Decision.meeting_id == meeting.id,
            Decision.removed_at.is_(None),
            ~exists().where(later.replaces_id == Decision.id),
        )
        .group_by(Decision.case_id)
    )
    agreed = (
        select(Action.case_id, func.count())
        .where(Action.case_id.in_(case_ids), Action.created_at >= meeting.began_at, Action.status.in_(TO_DO))
        .group_by(Action.case_id)
    )
    decisions, actions = (dict(session.execute(one).all()) for one in (decided, agreed))
    return {case_id: LedTo(actions.get(case_id, 0), decisions.get(case_id, 0)) for case_id in case_ids}


def actions_of(
    session: Session, meeting: Meeting, case_ids: Collection[UUID], since: datetime
) -> list[tuple[Action, Change | None]]:
    """What is to be done in the cases and what has been done or dropped since then, in the order it was agreed on.

    Each with what was last done to it at the meeting. Plain columns: without a reading they are not for a page.
    """
    statement = (
        select(Action, _newest_change(meeting))
        .where(Action.case_id.in_(case_ids), or_(Action.status.in_(TO_DO), Action.changed_at >= since))
        .order_by(Action.is_family, Action.id)
    )
    return [(action, Change(change) if change else None) for action, change in session.execute(statement)]


def _newest_change(meeting: Meeting) -> ColumnElement[Any]:
    if meeting.began_at is None:
        return null()
    during = ActionEvent.at >= meeting.began_at
    if meeting.ended_at is not None:
        during &= ActionEvent.at <= meeting.ended_at
    return (
        select(ActionEvent.change)
        .where(ActionEvent.action_id == Action.id, during)
        .order_by(ActionEvent.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def get_decision(session: Session, meeting: Meeting, decision_id: UUID) -> Decision:
    """One decision of a meeting that the actor leads, also one that stands no longer; or NotFound."""
    found = session.scalars(
        select(Decision).where(Decision.id == decision_id, Decision.meeting_id == meeting.id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def newest_of(session: Session, decision: Decision) -> Decision:
    """The decision as it reads now: itself, or what it was corrected to."""
    newest = decision
    while (
        later := session.scalars(select(Decision).where(Decision.replaces_id == newest.id)).one_or_none()
    ) is not None:
        newest = later
    return newest


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
    there = {case.id for case in cases.settled(session, actor, [*listed.values()])}
    left = (MeetingRow(row.meeting, tuple(case for case in row.cases if case.id in there)) for row in rows)
    return [row for row in left if row.cases]


@dataclass(frozen=True, slots=True)
class CaseMeetings:
    """Where a case stands among its meetings.

    ``nearest`` is planned or goes on now; ``held`` are those at which the case was taken up, newest first;
    ``next_date`` is when the latest of them said that it is to be taken up again.
    """

    nearest: Meeting | None
    held: tuple[Meeting, ...]
    next_date: date | None

    @property
    def has_been_held(self) -> bool:
        return bool(self.held)


def meetings_of(session: Session, actor: Actor, case_id: UUID) -> CaseMeetings:
    """The case's meetings for whoever may know of the case, in one statement: for the case's page."""
    rows = session.execute(
        visible_to(actor)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.case_id == case_id, AgendaItem.case_id.in_(cases.visible_ids(actor)))
        .add_columns(AgendaItem)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    ahead = [meeting for meeting, _item in rows if meeting.state in COMING]
    held = [meeting for meeting, item in rows if meeting.state is MeetingState.HELD and item.state is ItemState.DONE]
    dates = [item.next_date for meeting, item in rows if meeting.state is not MeetingState.CANCELLED and item.next_date]
    return CaseMeetings(ahead[0] if ahead else None, tuple(reversed(held)), dates[-1] if dates else None)


def has_been_held(session: Session, case_id: UUID) -> bool:
    """Whether the case has been taken up at a meeting that is over: what the step to follow-up waits for."""
    taken_up = exists().where(
        AgendaItem.case_id == case_id,
        AgendaItem.meeting_id == Meeting.id,
        AgendaItem.state == ItemState.DONE,
        Meeting.state == MeetingState.HELD,
    )
    return bool(session.scalar(select(taken_up)))
