"""Erasure of single subjects: what is gone must have been erased by an entry that says so, and the other way round."""

from sqlalchemy.orm import Session

from audit.events import Part, TrailEvent
from audit.findings import BrokenError, Finding
from audit.leaf import Leaf
from audit.opening import open_entry, part_redacted_by, read_leaf
from audit.stored import StoredEntry, get_entry, get_redaction


def count_erased(session: Session, entry: StoredEntry, leaf: Leaf) -> int:
    """How many subjects of the entry have been erased. Raises ``BrokenError`` if one is missing without that."""
    missing = [position for position in range(1, len(leaf.what)) if position not in entry.subjects]
    for position in missing:
        # what an erasure says it erased is never itself erased
        if leaf.event == TrailEvent.REDACTED or not _is_erased(session, leaf, Part(leaf.seq, position)):
            raise BrokenError(
                Finding.SUBJECT_MISSING, leaf.seq, f"subject {position} is missing, and no entry says it was erased"
            )
    return len(missing)


def check_redactions(session: Session, entry: StoredEntry, leaf: Leaf) -> None:
    """That what this entry says it erased was there once and is gone. Raises ``BrokenError``."""
    for row in entry.subjects.values():
        part = part_redacted_by(row)
        if part is None:
            continue
        if part.seq >= leaf.seq:
            raise BrokenError(Finding.REDACTION, leaf.seq, "the entry cannot have erased anything there")
        target = get_entry(session, leaf.log, part.seq)
        if part.position in target.subjects:
            raise BrokenError(
                Finding.REDACTION, leaf.seq, f"subject {part.position} of entry {part.seq} is there, though erased here"
            )
        if not 1 <= part.position < len(read_leaf(target).what):
            raise BrokenError(Finding.REDACTION, leaf.seq, f"entry {part.seq} never had a subject {part.position}")


def _is_erased(session: Session, leaf: Leaf, part: Part) -> bool:
    redaction = get_redaction(session, leaf.log, part)
    if redaction is None:
        return False
    try:
        # that it came after what it erased is checked where it stands
        return open_entry(redaction, read_leaf(redaction), None).leaf.event == TrailEvent.REDACTED
    except BrokenError:
        return False
