"""Appends entries to their logs, inside the transaction that they tell of.

The head of a log is locked from here to the end of the transaction, so that its
numbers have no gaps and its times never go back. It is the last lock a
transaction takes; several heads are locked in the order of their ids.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from audit.draft import Draft, Rows
from audit.merkle import Frontier, leaf_hash
from audit.models import EntryFacts, EntrySubject, LogHead, StoredLeaf
from audit.sealing import Sealer


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
    additions = [
        _Addition(heads[log_id], list(of_log), sealer)
        for log_id, of_log in groupby(by_log, key=lambda draft: draft.event.log)
    ]
    leaves = [leaf for addition in additions for leaf in addition.leaves]
    facts = [rows.facts for addition in additions for rows in addition.rows]
    subjects = [subject for addition in additions for rows in addition.rows for subject in rows.subjects]

    connection = session.connection()
    connection.execute(insert(StoredLeaf), leaves)
    connection.execute(insert(EntryFacts), facts)
    if subjects:
        connection.execute(insert(EntrySubject), subjects)
    for addition in additions:
        connection.execute(update(LogHead).where(LogHead.id == addition.log_id).values(addition.head))


class _Addition:
    """What one log gains: its new rows, computed under its head's lock."""

    def __init__(self, head: Row[Any], drafts: list[Draft], sealer: Sealer) -> None:
        self.log_id: UUID = head.id
        self.rows: list[Rows] = []
        self.leaves: list[dict[str, Any]] = []
        at: datetime = max(head.now, head.last_at or head.now)  # a clock set back must not turn the order around
        frontier = Frontier.parse(head.size, head.frontier)
        for draft in drafts:
            rows = draft.place(frontier.size, at, sealer)
            seq, frontier = frontier.size, frontier.append(leaf_hash(rows.leaf))
            self.rows.append(rows)
            self.leaves.append({"log_id": head.id, "seq": seq, "leaf": rows.leaf, "node": frontier.peaks[-1]})
        self.head = {"size": frontier.size, "frontier": frontier.to_bytes(), "root": frontier.root, "last_at": at}


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
    heads = {
        head.id: head for head in session.connection().execute(select(locked, func.clock_timestamp().label("now")))
    }
    if missing := log_ids - heads.keys():
        raise NoSuchLogError(f"no log {', '.join(map(str, sorted(missing)))}")
    return heads
