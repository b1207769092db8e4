"""What is recorded of notes; sealing and disclosing are recorded by the vault."""

from audit.events import EventTag


class NoteEvent(EventTag):
    WRITTEN = "note:written"
    CORRECTED = "note:corrected"
