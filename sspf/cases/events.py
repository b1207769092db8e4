"""What is recorded of a case."""

from audit.events import EventTag


class CaseEvent(EventTag):
    OPENED = "case:opened"
    LISTED = "case:listed"
    SHOWN = "case:shown"
    STATE_CHANGED = "case:state_changed"
    CLOSED = "case:closed"
    REOPENED = "case:reopened"
    PROTECTED = "case:protected"
    PARTY_ADDED = "case:party_added"
    MEMBER_ADDED = "case:member_added"
    MEMBER_REMOVED = "case:member_removed"
    GUEST_ADDED = "case:guest_added"
    GUEST_REMOVED = "case:guest_removed"
    RESERVATION_MADE = "case:reservation_made"
    PARTICIPATION_BEGAN = "case:participation_began"
    PARTICIPATION_ENDED = "case:participation_ended"
    STATEMENT_WRITTEN = "case:statement_written"
