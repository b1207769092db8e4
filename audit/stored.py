"""Reads the trail as it lies in the database, believing nothing of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, func, select
from sqlalchemy.orm import Session

from audit.events import Part
from audit.models import Base, LogHead

CHUNK = 500

# tables and not mapped classes: what the session may hold in memory is not what lies in the database
_LEAVES: Table = Base.metadata.tables["audit_leaf"]
_FACTS: Table = Base.metadata.tables["audit_entry_facts"]
_SUBJECTS: Table = Base.metadata.tables["audit_entry_subject"]


@dataclass(slots=True)
class StoredEntry:
    """The rows found under one number; any of them may be missing. Rows have the columns of ``audit.models``."""

    seq: int
    leaf: bytes | None = None
    node: bytes | None = None
    facts: Row[Any] | None = None
    subjects: dict[int, Row[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredHead:
    """The head of a log, and the lowest number there are rows for although the head does not cover it."""

    size: int
    frontier: bytes
    root: bytes
    last_at: datetime | None
    outside: int | None


def get_head(session: Session, log_id: UUID) -> StoredHead | None:
    """The head and what lies beyond it, seen at one moment; None if there is no such log."""
    numbers = [table.c.seq for table in (_LEAVES, _FACTS, _SUBJECTS)]
    beyond = [
        select(func.min(seq)).where(seq.table.c.log_id == log_id, condition).scalar_subquery()
        for seq in numbers
        for condition in (seq >= LogHead.size, seq < 0)
    ]
    head = select(
        LogHead.size, LogHead.frontier, LogHead.root, LogHead.last_at, func.least(*beyond).label("outside")
    ).where(LogHead.id == log_id)
    found = session.execute(head).one_or_none()
    if found is None:
        return None
    return StoredHead(found.size, found.frontier, found.root, found.last_at, found.outside)


def stream_entries(session: Session, log_id: UUID, size: int) -> Iterator[StoredEntry]:
    """Every number from 0 up to ``size``, with what was found under it; some hundred in memory at a time."""
    for start in range(0, size, CHUNK):
        yield from _between(session, log_id, start, min(start + CHUNK, size))


def get_entry(session: Session, log_id: UUID, seq: int) -> StoredEntry:
    """What was found under one number."""
    return _between(session, log_id, seq, seq + 1)[0]


def get_redaction(session: Session, log_id: UUID, part: Part) -> StoredEntry | None:
    """The entry that says it erased ``part``, or None."""
    seq = session.scalar(
        select(_SUBJECTS.c.seq).where(
            _SUBJECTS.c.log_id == log_id,
            _SUBJECTS.c.redacts_seq == part.seq,
            _SUBJECTS.c.redacts_position == part.position,
        )
    )
    return None if seq is None else get_entry(session, log_id, seq)


def _between(session: Session, log_id: UUID, start: int, end: int) -> list[StoredEntry]:
    entries = [StoredEntry(seq) for seq in range(start, end)]
    for row in _rows(session, _LEAVES, log_id, start, end):
        entries[row.seq - start].leaf = row.leaf
        entries[row.seq - start].node = row.node
    for row in _rows(session, _FACTS, log_id, start, end):
        entries[row.seq - start].facts = row
    for row in _rows(session, _SUBJECTS, log_id, start, end):
        entries[row.seq - start].subjects[row.position] = row
    return entries


def _rows(session: Session, table: Table, log_id: UUID, start: int, end: int) -> Iterator[Row[Any]]:
    within = select(table).where(table.c.log_id == log_id, table.c.seq >= start, table.c.seq < end)
    yield from session.execute(within)
