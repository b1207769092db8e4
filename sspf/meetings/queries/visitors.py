"""The names of those who come to a meeting without an account and are named in none of its cases."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.law.kinds import VISITOR_RECORD
from sspf.law.purposes import Purpose
from sspf.meetings.models import Attendance, Meeting, Visitor
from sspf.meetings.policy import access_to
from sspf.vault import door


def visitors_on(session: Session, actor: Actor, meeting: Meeting, attendance: Sequence[Attendance]) -> dict[UUID, str]:
    """What they are called, by their ids, opened if there are any on the list."""
    if not any(row.visitor_id for row in attendance):
        return {}
    reading = door.open(session, access_to(actor, meeting), Purpose.MEETING, kinds=(VISITOR_RECORD,))
    shown = reading.envelope_ids(VISITOR_RECORD)
    rows = session.scalars(select(Visitor).where(Visitor.meeting_id == meeting.id, Visitor.envelope_id.in_(shown)))
    return {row.id: reading.reveal(row, "name") for row in rows}
