"""What is recorded of meetings; what is written in them is also in the vault's entries."""

from audit.events import EventTag


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
