"""How a meeting's words about a case are kept: coordination's record, each wording a row in place of the one before.

Decisions and notes are kept so. Who is told is decided by whoever calls, under the case's exclusive lock.
"""

from typing import TypeVar

from sqlalchemy.orm import Session

from audit.events import Subject
from auth.actor import Actor
from sspf.cases.models import Case
from sspf.cases.recording import seal_for_coordination
from sspf.meetings.models import Decision, Meeting, MeetingNote

Written = TypeVar("Written", Decision, MeetingNote)


def write_down(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    case: Case,
    model: type[Written],
    statement: str,
    *,
    kind: str,
    replaces: Written | None,
) -> Written:
    """Seal ``statement`` as a row of ``model``; an empty one says that nothing stands in place of ``replaces``."""
    row = model(
        municipality_id=case.municipality_id,
        case_id=case.id,
        meeting_id=meeting.id,
        replaces_id=replaces.id if replaces else None,
    )
    seal_for_coordination(
        session,
        actor,
        case,
        row,
        kind=kind,
        fields={"statement": statement},
        replaces=replaces.envelope_id if replaces else None,
    )
    session.flush()
    return row


def subject_of_wording(row: Decision | MeetingNote) -> Subject:
    """The row at its meeting, by the table it is of, and the one that it replaces."""
    ids = {"meeting": str(row.meeting_id), row.__tablename__: str(row.id)}
    if row.replaces_id is not None:
        ids["replaces"] = str(row.replaces_id)
    return Subject(case_id=row.case_id, ids=ids)
