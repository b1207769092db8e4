"""A case's meetings: the one ahead, and whether it has been talked about at any."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.meetings.models import AgendaItem, ItemState, Meeting, MeetingState
from sspf.meetings.queries.lists import COMING
from sspf.meetings.queries.meeting import visible_to


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
