"""What a meeting keeps of a case, who was there, and what speaks for taking a case up. Words come out of a reading."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sspf.meetings.models import AgendaItem, Attendance, ItemState, Meeting, MeetingNote, MeetingState
from sspf.meetings.suggesting import Pending
from sspf.plans.models import TO_DO, Action
from sspf.vault.reading import Reading


def notes_of(session: Session, reading: Reading, meeting: Meeting) -> dict[UUID, MeetingNote]:
    """By case, the wording that stands of the meeting's note, as far as the reading shows it."""
    current = [opened.id for opened in reading.opened.values() if opened.replaced_by is None]
    found = select(MeetingNote).where(MeetingNote.meeting_id == meeting.id, MeetingNote.envelope_id.in_(current))
    return {note.case_id: note for note in session.scalars(found)}


def came_to(session: Session, meeting: Meeting) -> list[Attendance]:
    """Everyone who was at the meeting, in the order of its list; for whoever may be told of them."""
    found = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.came_at.is_not(None))
    return list(session.scalars(found.order_by(Attendance.id)))


def pending_in(session: Session, case_ids: Collection[UUID], today: date) -> dict[UUID, Pending]:
    """By case, what speaks for taking it up. Opens nothing; for the leader. What the family does is never late."""
    is_late = (Action.due_on < today) & ~Action.is_family
    to_do = (
        select(Action.case_id, func.count(), func.count().filter(is_late))
        .where(Action.case_id.in_(case_ids), Action.status.in_(TO_DO))
        .group_by(Action.case_id)
    )
    counted = {case_id: (all_of_them, late) for case_id, all_of_them, late in session.execute(to_do)}
    taken_up = (
        select(AgendaItem.case_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.case_id.in_(case_ids),
            AgendaItem.state == ItemState.DONE,
            Meeting.state == MeetingState.HELD,
        )
    )
    known = set(session.scalars(taken_up.distinct()))
    return {case_id: Pending(*counted.get(case_id, (0, 0)), case_id in known) for case_id in case_ids}
