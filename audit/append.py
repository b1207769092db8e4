"""Appends entries to their logs, inside the transaction that they tell of.

The head of a log is locked from here to the end of the transaction, so that its
numbers have no gaps and its times never go back. It is the last lock a
transaction takes; several heads are locked in the order of their ids. Two
statements do it all: one that locks, one that writes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, func, select, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.orm import Session

from audit.draft import Draft
from audit.merkle import Frontier, leaf_hash
from audit.models import Base, LogHead
from audit.sealing import Sealer

Values = dict[str, Any]


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


@dataclass(slots=True)
class _Addition:
    """The rows to write, by table."""

    leaves: list[Values] = field(default_factory=list)
    facts: list[Values] = field(default_factory=list)
    subjects: list[Values] = field(default_factory=list)
    heads: list[Values] = field(default_factory=list)

    def extend(self, head: Row[Any], drafts: Iterator[Draft], sealer: Sealer) -> None:
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

    def parameters(self) -> Values:
        """One array for each column, so that the statement is the same for one row and for a thousand."""
        by_table = zip(_TABLES, (self.leaves, self.facts, self.subjects, self.heads), strict=True)
        return {
            f"{table.name}_{column.name}": [row[column.name] for row in rows]
            for table, rows in by_table
            for column in _written(table)
        }


def _lock(session: Session, log_ids: set[UUID]) -> dict[UUID, Row[Any]]:
    """The heads, locked in the order of their ids, each with the time at which its lock was held."""
    locked = (
        select(LogHead.id, LogHead.size, LogHead.frontier, LogHead.last_at)
        .where(LogHead.id.in_(log_ids))
        .order_by(LogHead.id)
        .with_for_update()
        .cte("locked")
    )
    # the clock is read outside the locking part: inside, it could be read before a wait for the lock
    with_time = select(locked, func.clock_timestamp().label("now"))
    heads = {head.id: head for head in session.connection().execute(with_time)}
    if missing := log_ids - heads.keys():
        raise NoSuchLogError(f"no log {', '.join(map(str, sorted(missing)))}")
    return heads


_TABLES = [Base.metadata.tables[f"audit_{name}"] for name in ("leaf", "entry_facts", "entry_subject", "log")]


def _written(table: Table) -> list[Any]:
    return [column for column in table.columns if column.name != "origin"]


def _names(table: Table) -> str:
    return ", ".join(column.name for column in _written(table))


def _arrays(table: Table) -> str:
    """The rows for a table, as ``unnest`` of one array parameter a column."""
    dialect = PGDialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's dialects are not annotated
    arrays = [f"CAST(:{table.name}_{column.name} AS {column.type.compile(dialect)}[])" for column in _written(table)]
    return f"unnest({', '.join(arrays)})"


def _write_statement() -> str:
    """Insert all rows and move the heads. Names and types are the models'; every value is a parameter."""
    *inserted, head = _TABLES
    inserts = [
        f"{table.name}_added AS (INSERT INTO {table.name} ({_names(table)}) SELECT * FROM {_arrays(table)})"  # noqa: S608
        for table in inserted
    ]
    return f"""
        WITH {", ".join(inserts)}
        UPDATE audit_log
        SET size = moved.size, frontier = moved.frontier, root = moved.root, last_at = moved.last_at
        FROM {_arrays(head)} AS moved ({_names(head)})
        WHERE audit_log.id = moved.id
    """  # noqa: S608


_WRITE = text(_write_statement())
