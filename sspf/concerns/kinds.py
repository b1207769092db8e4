"""What a worry can be about: the municipality's list, kept by its administrator. Nothing that was used is deleted."""

from uuid import UUID

from sqlalchemy.orm import Session

from audit.canonical import JSON
from audit.events import Event, Who
from audit.log import record
from sspf.concerns import queries
from sspf.concerns.events import ConcernEvent
from sspf.concerns.models import ConcernKind
from sspf.db import clock, locks, new_id
from sspf.errors import NotFound, ValidationFailed
from sspf.overtaken import require_read
from sspf.texts import _

# What a municipality begins with; ``True`` where a guardian may be the danger.
FIRST = (
    ("Frånvaro", False),
    ("Riskmiljö", False),
    ("Droger", False),
    ("Spel om pengar", False),
    ("Våld", False),
    ("Våld i nära relation", True),
    ("Heder", True),
    ("Hot om rekrytering", False),
    ("Utsatthet", False),
    ("Psykisk ohälsa", False),
    ("Annat", False),
)


def add_first_kinds(session: Session, who: Who, *, municipality_id: UUID) -> None:
    """The words that a new municipality begins with."""
    for label, warns in FIRST:
        add_kind(session, who, municipality_id=municipality_id, label=label, warns=warns)


def add_kind(session: Session, who: Who, *, municipality_id: UUID, label: str, warns: bool) -> ConcernKind:
    """Add one, last.

    Raises:
        ValidationFailed: there is one that is called so.
    """
    # the rows that are there do not hold back who adds the same word at once
    locks.exclusive(session, municipality_id)
    kinds = queries.locked_kinds(session, municipality_id)
    _refuse_twice(kinds, label)
    kind = ConcernKind(
        id=new_id(),
        municipality_id=municipality_id,
        label=label,
        position=max((one.position for one in kinds), default=0) + 1,
        warns=warns,
    )
    session.add(kind)
    session.flush()
    _record(session, who, kind, "added")
    return kind


def rename(
    session: Session, who: Who, *, municipality_id: UUID, kind_id: UUID, label: str, warns: bool, read: str
) -> None:
    """Call it something else, everywhere it was used too; and whether the page warns.

    Raises:
        Conflict: somebody has changed it since it was ``read`` (``overtaken``).
        ValidationFailed: there is another that is called so.
    """
    kinds = queries.locked_kinds(session, municipality_id)
    kind = _one(kinds, kind_id)
    require_read(read, kind.label, kind.warns)
    _refuse_twice([one for one in kinds if one is not kind], label)
    kind.label, kind.warns = label, warns
    _record(session, who, kind, "renamed")


def move(session: Session, who: Who, *, municipality_id: UUID, kind_id: UUID, step: int) -> None:
    """One step up (-1) or down (1) among those in use; the first stays first and the last last."""
    kinds = [one for one in queries.locked_kinds(session, municipality_id) if one.ended_at is None]
    place = kinds.index(_one(kinds, kind_id))
    if 0 <= place + step < len(kinds):
        kinds[place].position, kinds[place + step].position = kinds[place + step].position, kinds[place].position
        _record(session, who, kinds[place], "moved")


def set_in_use(session: Session, who: Who, *, municipality_id: UUID, kind_id: UUID, in_use: bool) -> None:
    """Take it out of use or bring it back; contacts that have it keep it."""
    kind = _one(queries.locked_kinds(session, municipality_id), kind_id)
    if in_use != (kind.ended_at is None):
        kind.ended_at = None if in_use else clock.now(session)
        _record(session, who, kind, "revived" if in_use else "ended")


def _one(kinds: list[ConcernKind], kind_id: UUID) -> ConcernKind:
    found = next((kind for kind in kinds if kind.id == kind_id), None)
    if found is None:
        raise NotFound
    return found


def _refuse_twice(kinds: list[ConcernKind], label: str) -> None:
    if any(kind.label.casefold() == label.casefold() for kind in kinds):
        raise ValidationFailed(label=_("Det finns redan ett ord som heter så."))


def _record(session: Session, who: Who, kind: ConcernKind, change: str) -> None:
    facts: dict[str, JSON] = {"concern_kind": str(kind.id), "change": change}
    record(session, Event(kind.municipality_id, ConcernEvent.KIND_CHANGED, who, facts=facts))
