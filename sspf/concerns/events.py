"""What is recorded of a concern. No fact says what was answered about a report, or told about anybody."""

from audit.events import EventTag, Subject
from sspf.concerns.models import Concern


class ConcernEvent(EventTag):
    REGISTERED = "concern:registered"
    LISTED = "concern:listed"
    SHOWN = "concern:shown"
    CORRECTED = "concern:corrected"
    WEIGHED = "concern:weighed"
    ADVISED = "concern:advised"
    SAID_YES = "concern:said_yes"
    YES_CORRECTED = "concern:yes_corrected"
    IDENTIFIED = "concern:identified"
    IDENTITY_CORRECTED = "concern:identity_corrected"
    INFORMED = "concern:informed"
    BECAME_CASE = "concern:became_case"
    ENDED = "concern:ended"
    IDENTITY_ERASED = "concern:identity_erased"
    KIND_CHANGED = "concern_kind:changed"


def subject_of(concern: Concern) -> Subject:
    """The concern itself, as what something happened to."""
    return Subject(ids={"concern": str(concern.id)})
