"""What is recorded of actions; who, by when and what it says are never in it."""

from audit.events import EventTag


class ActionTag(EventTag):
    CREATED = "action:created"
    DONE = "action:done"
    POSTPONED = "action:postponed"
    DROPPED = "action:dropped"
    TAKEN_BACK = "action:taken_back"
    EDITED = "action:edited"
