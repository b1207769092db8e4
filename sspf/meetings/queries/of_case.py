"""A case's meetings: the one ahead, whether it has been talked about at any, and what they have decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.meetings.models import AgendaItem, Decision, ItemState, Meeting, MeetingState
from sspf.meetings.queries.lists import COMING
from sspf.meetings.queries.meeting import visible_to
from sspf.vault.reading import Reading


@dataclass(frozen=True, slots=True)
class Said:
    """What a decision says, and when the meeting was that made it."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseMeetings:
    """Where a case stands among its meetings.

    ``nearest`` is planned or goes on now; ``held`` are those at which the case was taken up, newest first;
    ``next_date`` is when the latest of them said that it is to be taken up again. ``decided`` is what stands
    decided, newest first, as far as a reading shows it.
    """

    nearest: Meeting | None
    held: tuple[Meeting, ...]
    next_date: date | None
    decided: tuple[Said, ...] = ()

    @property
    def has_been_held(self) -> bool:
        return bool(self.held)


def meetings_of(session: Session, actor: Actor, case_id: UUID, reading: Reading | None = None) -> CaseMeetings:
    """The case's meetings for whoever may know of the case, in one statement: for the case's page."""
    shown = [opened.id for opened in reading.opened.values() if opened.replaced_by is None] if reading else []
    found = session.execute(
        visible_to(actor)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .outerjoin(Decision, _decided(shown))
        .where(AgendaItem.case_id == case_id, AgendaItem.case_id.in_(cases.visible_ids(actor)))
        .add_columns(AgendaItem, Decision)
        .order_by(Meeting.starts_at, Meeting.id, Decision.id)
    ).all()
    rows = list(dict.fromkeys((meeting, item) for meeting, item, _decision in found))
    ahead = [meeting for meeting, _item in rows if meeting.state in COMING]
    held = [meeting for meeting, item in rows if meeting.state is MeetingState.HELD and item.state is ItemState.DONE]
    dates = [item.next_date for meeting, item in rows if meeting.state is not MeetingState.CANCELLED and item.next_date]
    decided = [
        Said(reading.reveal(decision, "statement"), meeting.starts_at)
        for meeting, _item, decision in reversed(found)
        if reading is not None and decision is not None
    ]
    return CaseMeetings(
        nearest=ahead[0] if ahead else None,
        held=tuple(reversed(held)),
        next_date=dates[-1] if dates else None,
        decided=tuple(decided),
    )


def _decided(shown: Collection[UUID]) -> ColumnElement[bool]:
    """What stands decided in the case on the agenda, of what a reading shows."""
    return and_(
        Decision.meeting_id == Meeting.id,
        Decision.case_id == AgendaItem.case_id,
        Decision.envelope_id.in_(shown),
        Decision.removed_at.is_(None),
    )


def has_been_held(session: Session, case_id: UUID) -> bool:
    """Whether the case has been taken up at a meeting that is over: what the step to follow-up waits for."""
    taken_up = exists().where(
        AgendaItem.case_id == case_id,
        AgendaItem.meeting_id == Meeting.id,
        AgendaItem.state == ItemState.DONE,
        Meeting.state == MeetingState.HELD,
    )
    return bool(session.scalar(select(taken_up)))
