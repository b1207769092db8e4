"""Appends entries to their logs, inside the transaction that they tell of.

The head of a log is locked from here to the end of the transaction, so that its
numbers have no gaps and its times never go back. It is the last lock a
transaction takes; several heads are locked in the order of their ids. Two
statements do it all, one that locks and one that writes: each costs a round trip
while everybody else waits.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from audit.draft import Draft
from audit.merkle import Frontier, leaf_hash
from audit.sealing import Sealer

Values = dict[str, Any]

# the clock is read outside the locking part: inside, it could be read before a wait for the lock
_LOCK = text("""
    WITH locked AS (
        SELECT id, size, frontier, last_at FROM audit_log WHERE id = ANY(:log_ids) ORDER BY id FOR UPDATE
    )
    SELECT id, size, frontier, last_at, clock_timestamp() AS now FROM locked
""")

_WRITE = text("""
    WITH leaves AS (
        INSERT INTO audit_leaf SELECT * FROM json_populate_recordset(NULL::audit_leaf, CAST(:leaves AS json))
    ), facts AS (
        INSERT INTO audit_entry_facts
        SELECT * FROM json_populate_recordset(NULL::audit_entry_facts, CAST(:facts AS json))
    ), subjects AS (
        INSERT INTO audit_entry_subject
        SELECT * FROM json_populate_recordset(NULL::audit_entry_subject, CAST(:subjects AS json))
    )
    UPDATE audit_log
    SET size = moved.size, frontier = moved.frontier, root = moved.root, last_at = moved.last_at
    FROM json_populate_recordset(NULL::audit_log, CAST(:heads AS json)) AS moved
    WHERE audit_log.id = moved.id
""")


class NoSuchLogError(LookupError):
    """There is an event for a log that was never made."""


def append(session: Session, drafts: Sequence[Draft], sealer: Sealer) -> None:
    """Append ``drafts`` to their logs, in the order given within each log.

    Writes with the session's connection, past the unit of work. Raises
    ``NoSuchLogError``, and whatever the database or the sealer raises; the
    transaction must then be rolled back.
    """
    by_log = sorted(drafts, key=lambda draft: draft.event.log)  # stable: keeps the order within a log
    heads = _lock(session, {draft.event.log for draft in by_log})
    addition = _Addition()
    for log_id, of_log in groupby(by_log, key=lambda draft: draft.event.log):
        addition.extend(heads[log_id], of_log, sealer)
    session.connection().execute(_WRITE, addition.parameters())


def _lock(session: Session, log_ids: set[UUID]) -> dict[UUID, Row[Any]]:
    """The heads, locked in the order of their ids, each with the time at which its lock was held."""
    heads = {head.id: head for head in session.connection().execute(_LOCK, {"log_ids": list(log_ids)})}
    if missing := log_ids - heads.keys():
        raise NoSuchLogError(f"no log {', '.join(map(str, sorted(missing)))}")
    return heads


@dataclass(slots=True)
class _Addition:
    """The rows to write, by table."""

    leaves: list[Values] = field(default_factory=list)
    facts: list[Values] = field(default_factory=list)
    subjects: list[Values] = field(default_factory=list)
    heads: list[Values] = field(default_factory=list)

    def extend(self, head: Row[Any], drafts: Iterable[Draft], sealer: Sealer) -> None:
        """Number, date and hash the entries of one log, whose head is locked."""
        at: datetime = max(head.now, head.last_at or head.now)  # a clock set back must not turn the order around
        frontier = Frontier.parse(head.size, head.frontier)
        for draft in drafts:
            seq, rows = frontier.size, draft.place(frontier.size, at, sealer)
            frontier = frontier.append(leaf_hash(rows.leaf))
            self.leaves.append({"log_id": head.id, "seq": seq, "leaf": rows.leaf, "node": frontier.peaks[-1]})
            self.facts.append(rows.facts)
            self.subjects.extend(rows.subjects)
        moved = {"size": frontier.size, "frontier": frontier.to_bytes(), "root": frontier.root, "last_at": at}
        self.heads.append({"id": head.id, **moved})

    def parameters(self) -> dict[str, str]:
        """The rows of each table as one JSON text, so that the statement is the same for one row and for a thousand."""
        by_name = {"leaves": self.leaves, "facts": self.facts, "subjects": self.subjects, "heads": self.heads}
        return {name: json.dumps(rows, default=_as_text) for name, rows in by_name.items()}


def _as_text(value: object) -> str:
    """How PostgreSQL reads what JSON has no form for."""
    match value:
        case bytes():
            return rf"\x{value.hex()}"
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
    raise TypeError(f"no column holds a {type(value).__name__}")
