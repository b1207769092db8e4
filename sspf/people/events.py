"""What is recorded of a person; the parts' own sealing is recorded by the vault."""

from audit.events import EventTag


class PersonEvent(EventTag):
    ADDED = "person:added"
    PROTECTED = "person:protected"
