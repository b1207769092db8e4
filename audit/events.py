"""What happened, to whom it happened and who did it, as the rest of the program says it.

Ids, codes and names of fields only: nothing anybody wrote, said or is called
may stand in an event, since the trail outlives what it tells of.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from audit.canonical import JSON

SYSTEM_LOG = UUID("00000000-0000-7000-8000-000000000001")
"""The log of the installation itself: sign-ins, failed sign-ins, municipalities. Made by the first migration."""

TAG_LENGTH = 64
_TAG = re.compile(r"[a-z][a-z_]*(:[a-z][a-z_]*)+")


class EventTag(StrEnum):
    """Base of every feature's tags: ``resource:what_happened``, lower case, past tense, at most 64 characters.

    A tag that ends in ``refused`` is a refusal, and the auditor's filter finds it by that.
    """


class TrailEvent(EventTag):
    """What happens to the trail itself."""

    ENTRY_OPENED = "trail:entry_opened"
    READ = "trail:read"
    REDACTED = "trail:redacted"
    VERIFIED = "trail:verified"


@dataclass(frozen=True, slots=True)
class Who:
    """Who did it: a user in an assignment, or a named system actor such as ``sweep``. All empty: nobody known."""

    user_id: UUID | None = None
    assignment_id: UUID | None = None
    organisation_id: UUID | None = None
    session_id: UUID | None = None
    system: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One subject of one entry: the entry's number, and the subject's place in the leaf's ``what`` (from 1)."""

    seq: int
    position: int


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing it happened to. Subjects are committed to one by one, so that one can be erased alone.

    ``ids`` names other records (``{"note": "<uuid>"}``). ``redacts`` is set only in
    entries tagged ``trail:redacted``: the earlier subject that this entry erases.
    """

    case_id: UUID | None = None
    person_id: UUID | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    redacts: Part | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for the log it belongs to.

    ``facts`` are never erased and must not point at a case or a person; what does is a ``Subject``.
    Raises ``ValueError`` for a tag outside the grammar of ``EventTag``.
    """

    log: UUID
    tag: EventTag
    who: Who
    subjects: tuple[Subject, ...] = ()
    facts: Mapping[str, JSON] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.tag) > TAG_LENGTH or not _TAG.fullmatch(self.tag):
            raise ValueError(f"{self.tag} is no tag")
        if any(subject.redacts for subject in self.subjects) and self.tag != TrailEvent.REDACTED:
            raise ValueError(f"only {TrailEvent.REDACTED} may erase a subject of another entry")
