"""Checks a whole log against its head, and names the first entry that is not what it should be.

The tree is recomputed from the stored leaves and needs no key. Everything plain
beside the leaves is held against the commitments, which needs none either; with
a sealer, the sealed values are opened and held against theirs. Reads some
hundred entries at a time, takes no lock, and what is appended meanwhile is not
part of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from audit.findings import BrokenError, Finding, Problem
from audit.leaf import Leaf
from audit.merkle import EMPTY_ROOT, HASH_SIZE, Frontier, GrowingTree
from audit.opening import open_entry, read_leaf
from audit.redactions import check_redactions, count_erased
from audit.sealing import Sealer
from audit.stored import StoredEntry, StoredHead, get_head, stream_entries


@dataclass(frozen=True, slots=True)
class Noted:
    """A size and a root that somebody noted earlier, outside the database."""

    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> "Noted":
        """Read ``SIZE:ROOT``, the root in hexadecimal. Raises ``ValueError``."""
        size, _, root = text.partition(":")
        noted = cls(int(size), bytes.fromhex(root))
        if noted.size < 0 or len(noted.root) != HASH_SIZE:
            raise ValueError("a noted root is SIZE:ROOT, the root as 64 hexadecimal digits")
        return noted


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found. ``size`` and ``root`` are the head's; they are recomputed if ``ok``."""

    log_id: UUID
    size: int
    root: bytes
    opened: bool
    redacted: int
    problem: Problem | None = None

    @property
    def ok(self) -> bool:
        """Whether the trail is whole."""
        return self.problem is None

    def as_json(self) -> dict[str, Any]:
        """``{"ok", "size", "root", "log", "opened", "redacted", "problem"}``, ready for ``json.dumps``."""
        problem = self.problem
        return {
            "ok": self.ok,
            "size": self.size,
            "root": self.root.hex(),
            "log": str(self.log_id),
            "opened": self.opened,
            "redacted": self.redacted,
            "problem": problem and {"finding": problem.finding, "entry": problem.seq, "detail": str(problem)},
        }


def verify(session: Session, log_id: UUID, sealer: Sealer | None = None, *, since: Noted | None = None) -> Report:
    """Recompute the log and compare: with its head, with the values beside it and, if given, with an earlier root.

    Never raises for what is wrong with the trail; that is in the report. An
    exception of the sealer other than ``ValueError`` is passed on.
    """
    head = get_head(session, log_id)
    if head is None:
        no_log = Problem(Finding.NO_LOG, None, "the log has no head")
        return Report(log_id, 0, EMPTY_ROOT, opened=sealer is not None, redacted=0, problem=no_log)
    check = _Check(session, log_id, head, sealer, since)
    problem = check.first_problem()
    return Report(log_id, head.size, head.root, opened=sealer is not None, redacted=check.redacted, problem=problem)


@dataclass(slots=True)
class _Check:
    """One pass over a log, entry by entry."""

    session: Session
    log_id: UUID
    head: StoredHead
    sealer: Sealer | None
    since: Noted | None
    redacted: int = 0
    _tree: GrowingTree = field(default_factory=GrowingTree)
    _last_at: datetime | None = None

    def first_problem(self) -> Problem | None:
        try:
            self._run()
        except BrokenError as broken:
            return broken.problem
        return None

    def _run(self) -> None:
        self._compare_noted()
        for entry in stream_entries(self.session, self.log_id, self.head.size):
            leaf = read_leaf(entry)
            self._add_to_tree(entry)
            self._check_order(entry, leaf)
            open_entry(entry, leaf, self.sealer)
            self.redacted += count_erased(self.session, entry, leaf)
            check_redactions(self.session, entry, leaf)
            self._compare_noted()
        self._check_head()

    def _add_to_tree(self, entry: StoredEntry) -> None:
        """Recompute the tree up to this entry. A false node localises a change; it is the root that proves."""
        if entry.node != self._tree.append(entry.leaf or b""):
            completed = self._tree.size & -self._tree.size
            detail = "the leaf is not the one that was appended"
            if completed > 1:
                detail += f" (or one of {self._tree.size - completed}–{entry.seq}, with its node changed too)"
            raise BrokenError(Finding.TREE, entry.seq, detail)

    def _check_order(self, entry: StoredEntry, leaf: Leaf) -> None:
        if (leaf.log, leaf.seq) != (self.log_id, entry.seq):
            raise BrokenError(Finding.MISPLACED, entry.seq, f"the leaf says it is entry {leaf.seq} of log {leaf.log}")
        if self._last_at is not None and leaf.at < self._last_at:
            raise BrokenError(Finding.TIME, entry.seq, "the entry is older than the one before it")
        self._last_at = leaf.at

    def _compare_noted(self) -> None:
        since = self.since
        if since and since.size == self._tree.size and since.root != self._tree.frontier.root:
            raise BrokenError(Finding.NOTED, None, f"the first {since.size} entries are not those that were noted")

    def _check_head(self) -> None:
        """The entries are whole in themselves: are they what the head says, all of it and nothing else?"""
        head, frontier = self.head, self._tree.frontier
        if head.outside is not None:
            raise BrokenError(Finding.BEYOND_HEAD, head.outside, f"the head says the log has {head.size} entries")
        if self.since and self.since.size > head.size:
            raise BrokenError(Finding.NOTED, head.size, f"the entry is missing: {self.since.size} entries were noted")
        for first, last in _changed(frontier, head.frontier):
            raise BrokenError(Finding.HEAD, first, f"entries {first}–{last} are not those the head was computed from")
        if head.frontier != frontier.to_bytes():
            raise BrokenError(Finding.HEAD, None, "the frontier in the head is not that of so many entries")
        if head.root != frontier.root:
            raise BrokenError(Finding.HEAD, None, "the root in the head is not that of the entries")
        if head.last_at != self._last_at:
            raise BrokenError(Finding.HEAD, None, "the time in the head is not that of the last entry")


def _changed(frontier: Frontier, stored: bytes) -> Iterator[tuple[int, int]]:
    """First and last entry of each perfect subtree whose root is another one in ``stored``."""
    start = 0
    for place, peak in enumerate(frontier.peaks):
        end = start + (1 << (frontier.size - start).bit_length() - 1)
        if stored[place * HASH_SIZE : (place + 1) * HASH_SIZE] not in (peak, b""):
            yield start, end - 1
        start = end
