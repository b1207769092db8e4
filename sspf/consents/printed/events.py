"""What is recorded of the form itself."""

from audit.events import EventTag


class FormEvent(EventTag):
    ADDED = "consent_form:added"
    ENDED = "consent_form:ended"
