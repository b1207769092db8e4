"""What can be wrong with a trail, and the words for it."""

from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    """The kinds of damage a verification tells apart."""

    NO_LOG = "no_log"
    MISSING = "missing"
    MALFORMED = "malformed"
    MISPLACED = "misplaced"
    TREE = "tree"
    TIME = "time"
    EVENT = "event"
    WHO = "who"
    FACTS = "facts"
    SUBJECT = "subject"
    SUBJECT_MISSING = "subject_missing"
    SUBJECT_ADDED = "subject_added"
    REDACTION = "redaction"
    BEYOND_HEAD = "beyond_head"
    HEAD = "head"
    NOTED = "noted"


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
