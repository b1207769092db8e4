"""What the vault puts on the record. Ids, kinds, grounds, field names and counts; never a word of content."""

from collections.abc import Iterable
from uuid import UUID

from audit.events import EventTag, Subject


class VaultEvent(EventTag):
    """Acts on envelopes, disclosures and keys, in the municipality's log."""

    SEALED = "envelope:sealed"
    READ = "envelope:read"
    # a live disclosure whose key does not open: somebody has altered the row
    BROKEN = "envelope:broken"
    DISCLOSED = "disclosure:made"
    ENDED = "disclosure:ended"
    KEY_CREATED = "key:created"
    SWEPT = "key:swept"
    ERASED = "unit:erased"


def subjects_of(units: Iterable[tuple[str, UUID]]) -> tuple[Subject, ...]:
    """One subject for each erasure unit's case, person or other record, in a fixed order and once each."""
    return tuple(_subject(kind, subject_id) for kind, subject_id in sorted(set(units)))


def _subject(kind: str, subject_id: UUID) -> Subject:
    match kind:
        case "case":
            return Subject(case_id=subject_id)
        case "person":
            return Subject(person_id=subject_id)
    return Subject(ids={kind: str(subject_id)})
