"""What is recorded of meetings; what is written in them is also in the vault's entries."""

from collections.abc import Iterable
from uuid import UUID

from audit.events import EventTag, Subject
from sspf.meetings.models import Meeting


class MeetingEvent(EventTag):
    LISTED = "meeting:listed"
    SHOWN = "meeting:shown"
    PLANNED = "meeting:planned"
    CHANGED = "meeting:changed"
    CANCELLED = "meeting:cancelled"
    BEGAN = "meeting:began"
    ORDERED = "meeting:ordered"
    TAKEN_UP = "meeting:case_taken_up"
    ATTENDANCE_SET = "meeting:attendance_set"
    NEXT_DATE_SET = "meeting:next_date_set"
    HELD = "meeting:held"
    TALK_CARD_PRINTED = "meeting:talk_card_printed"
    PUBLISHED = "meeting:published"


class DecisionEvent(EventTag):
    WRITTEN = "decision:written"
    CORRECTED = "decision:corrected"
    REMOVED = "decision:removed"


class MeetingNoteEvent(EventTag):
    WRITTEN = "meeting_note:written"
    CORRECTED = "meeting_note:corrected"
    PUBLISHED = "meeting_note:published"


def subject_of(meeting: Meeting) -> Subject:
    """The meeting itself, as what something happened to."""
    return Subject(ids={"meeting": str(meeting.id)})


def subject_in(meeting: Meeting, case_id: UUID) -> Subject:
    """A case at the meeting."""
    return Subject(case_id=case_id, ids={"meeting": str(meeting.id)})


def subjects_of(meeting: Meeting, case_ids: Iterable[UUID]) -> list[Subject]:
    """The meeting itself, and each of these cases at it."""
    return [subject_of(meeting), *(subject_in(meeting, case_id) for case_id in case_ids)]
