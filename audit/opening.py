"""Opens one entry: holds the values beside a leaf against the commitments in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from audit.commitments import Kind, Salted, commit
from audit.events import Part, Subject, Who
from audit.findings import BrokenError, Finding
from audit.leaf import Leaf
from audit.sealing import Context, Sealer, facts_context, subject_context, who_context
from audit.stored import StoredEntry
from audit.values import subject_value, who_opened, who_value


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """An entry whose commitments held. A subject that has been erased, or may have been, is None.

    Without a sealer, ``facts`` is None and ``who`` and the subjects have only what is plain.
    """

    leaf: Leaf
    who: Who
    subjects: tuple[Subject | None, ...]
    facts: Mapping[str, Any] | None


def read_leaf(entry: StoredEntry) -> Leaf:
    """The entry's leaf, if it is there and well formed. Raises ``BrokenError``."""
    if entry.leaf is None:
        raise BrokenError(Finding.MISSING, entry.seq, "the entry is missing")
    try:
        return Leaf.parse(entry.leaf)
    except ValueError as error:
        raise BrokenError(Finding.MALFORMED, entry.seq, "the leaf is not in the form of a leaf") from error


def open_entry(entry: StoredEntry, leaf: Leaf, sealer: Sealer | None) -> OpenedEntry:
    """Check everything beside the entry's ``leaf`` against it, and hand out what it says.

    Raises ``BrokenError`` at the first value that is not what was committed to.
    Whether a missing subject was erased lawfully is not known here.
    """
    row = entry.facts
    if row is None:
        raise BrokenError(Finding.FACTS, entry.seq, "the values beside the leaf are missing")
    if (row.event, row.at) != (leaf.event, leaf.at):
        raise BrokenError(Finding.EVENT, entry.seq, "event or time beside the leaf is not that of the leaf")
    who = _open_who(leaf, row, sealer)
    facts = _open_facts(leaf, row, sealer)
    if added := entry.subjects.keys() - range(1, len(leaf.what)):
        raise BrokenError(Finding.SUBJECT_ADDED, entry.seq, f"subject {min(added)} is not in the leaf")
    subjects = tuple(
        _open_subject(leaf, position, entry.subjects.get(position), sealer) for position in range(1, len(leaf.what))
    )
    return OpenedEntry(leaf, who, subjects, facts)


def part_redacted_by(row: Row[Any]) -> Part | None:
    """The earlier subject that this row of an entry erases."""
    return None if row.redacts_seq is None else Part(row.redacts_seq, row.redacts_position)


def _open_who(leaf: Leaf, row: Row[Any], sealer: Sealer | None) -> Who:
    broken = BrokenError(Finding.WHO, leaf.seq, "who did it is not what the leaf commits to")
    value = who_value(row.user_id, row.organisation_id, row.who_rest)
    if _commitment(Kind.WHO, row.who_salt, value, broken) != leaf.who:
        raise broken
    rest = _open_rest(Kind.WHO_REST, row.who_rest, row.who_sealed, who_context(leaf.log, leaf.seq), sealer, broken)
    return who_opened(row.user_id, row.organisation_id, rest)


def _open_facts(leaf: Leaf, row: Row[Any], sealer: Sealer | None) -> Mapping[str, Any] | None:
    broken = BrokenError(Finding.FACTS, leaf.seq, "the facts are not what the leaf commits to")
    context = facts_context(leaf.log, leaf.seq)
    facts: Mapping[str, Any] | None = _open_rest(Kind.FACTS, leaf.what[0], row.facts_sealed, context, sealer, broken)
    return facts


def _open_subject(leaf: Leaf, position: int, row: Row[Any] | None, sealer: Sealer | None) -> Subject | None:
    if row is None:
        return None
    broken = BrokenError(Finding.SUBJECT, leaf.seq, f"subject {position} is not what the leaf commits to")
    redacts = part_redacted_by(row)
    value = subject_value(row.case_id, row.person_id, redacts, row.rest)
    if _commitment(Kind.SUBJECT, row.salt, value, broken) != leaf.what[position]:
        raise broken
    context = subject_context(leaf.log, leaf.seq, position)
    ids = _open_rest(Kind.SUBJECT_REST, row.rest, row.sealed, context, sealer, broken)
    return Subject(case_id=row.case_id, person_id=row.person_id, ids=ids or {}, redacts=redacts)


def _open_rest(
    kind: Kind,
    commitment: bytes | None,
    sealed: bytes | None,
    context: Context,
    sealer: Sealer | None,
    broken: BrokenError,
) -> Any:
    """The sealed value behind ``commitment``; None if there is none, or no sealer to open it with."""
    if (commitment is None) != (sealed is None):
        raise broken
    if commitment is None or sealed is None or sealer is None:
        return None
    try:
        salted = Salted.parse(sealer.open(sealed, context))
        value = salted.value
    except ValueError as error:
        raise broken from error
    if salted.commitment(kind) != commitment:
        raise broken
    return value


def _commitment(kind: Kind, salt: bytes, value: bytes, broken: BrokenError) -> bytes:
    try:
        return commit(kind, salt, value)
    except ValueError as error:
        raise broken from error
