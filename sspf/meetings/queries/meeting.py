"""One meeting: every read begins with ``visible_to``, and of its agenda with the cases the asker may know of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, exists, false, func, select
from sqlalchemy.orm import Session, aliased

from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.errors import NotFound
from sspf.meetings.models import AgendaItem, Attendance, ItemState, Meeting, MeetingState


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


def find_current(session: Session, meeting: Meeting) -> AgendaItem | None:
    """What is being talked about: for a change alone, since its case may not be there for whoever leads.

    Its identity may have been protected while the meeting went on.
    """
    current = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.state == ItemState.CURRENT)
    return session.scalars(current).one_or_none()


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
    """The same with who was asked and who is here, in the order they were added; in one statement, for the leader."""
    found = session.execute(
        visible_to(actor)
        .where(Meeting.id == meeting_id)
        .outerjoin(Attendance, Attendance.meeting_id == Meeting.id)
        .add_columns(Attendance)
        .order_by(Attendance.id)
        .execution_options(populate_existing=True)
    ).all()
    if not found:
        raise NotFound
    return found[0][0], [row for _meeting, row in found if row is not None]
