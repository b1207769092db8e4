"""Puts on a meeting's list who comes without an account and is named in none of its cases. Never commits."""

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.law.kinds import VISITOR_RECORD
from sspf.meetings.models import Meeting, Visitor
from sspf.vault.writing import About, AboutKind, Unit, seal


def write(session: Session, actor: Actor, meeting: Meeting, name: str) -> Visitor:
    """Seal the name with the meeting, which it is erased with. The meeting's lock is held exclusively."""
    visitor = Visitor(municipality_id=meeting.municipality_id, meeting_id=meeting.id)
    seal(
        session,
        actor,
        visitor,
        unit=Unit("meeting", meeting.id),
        owner=meeting.coordination_id,
        source=meeting.coordination_id,
        kind=VISITOR_RECORD,
        about=About(AboutKind.OTHER),
        fields={"name": name},
    )
    session.add(visitor)
    session.flush()
    return visitor
