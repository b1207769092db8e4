"""What can be wrong with a trail, and the words for it."""

from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    """The kinds of damage a verification tells apart."""

    NO_LOG = "no_log"  # the log has no head
    MISSING = "missing"  # the number of an entry is not there
    MALFORMED = "malformed"  # what is there is no leaf
    MISPLACED = "misplaced"  # a leaf from another place or another log
    TREE = "tree"  # the leaf is not the one that the tree was built of
    TIME = "time"  # older than the entry before it
    EVENT = "event"  # beside the leaf stands another event or time than in it
    WHO = "who"  # who did it is not what the leaf commits to
    FACTS = "facts"  # the facts are not, or are gone
    SUBJECT = "subject"  # a subject is not
    SUBJECT_MISSING = "subject_missing"  # a subject is gone, and no later entry says that it was erased
    SUBJECT_ADDED = "subject_added"  # a subject that the leaf does not commit to
    REDACTION = "redaction"  # the entry says that something was erased, and that cannot be so
    BEYOND_HEAD = "beyond_head"  # more entries than the head says
    HEAD = "head"  # the head is not that of these entries
    NOTED = "noted"  # the log does not begin with what was noted outside the database


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``seq`` is the entry, or the first of those it may be; None if it is no entry."""

    finding: Finding
    seq: int | None
    detail: str

    def __str__(self) -> str:
        return self.detail if self.seq is None else f"entry {self.seq}: {self.detail}"


class BrokenError(Exception):
    """A part of the trail is not what it should be. Carries the ``problem``."""

    def __init__(self, finding: Finding, seq: int | None, detail: str) -> None:
        self.problem = Problem(finding, seq, detail)
        super().__init__(str(self.problem))
