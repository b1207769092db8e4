"""What a transaction has recorded so far and not yet written, through savepoints and rollbacks.

Kept in ``session.info`` from the moment the transaction begins until it ends,
however it ends. What was recorded inside a savepoint lives and dies with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session, SessionTransaction

from audit.draft import Draft
from audit.events import Event

Source = Callable[[], Iterable[Event]]

_KEY = "audit.collected"


class TrailError(RuntimeError):
    """The program used the trail in a way that could leave something unrecorded. The transaction must not commit."""


@dataclass(slots=True)
class _Savepoint:
    """An open savepoint: how much had been recorded when it began, and whether it has been released since."""

    mark: int
    is_released: bool = False


@dataclass(slots=True)
class Collected:
    """Everything one transaction is going to write to the trail."""

    drafts: list[Draft] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    is_written: bool = False
    savepoints: list[_Savepoint] = field(default_factory=list)
    releasing: SessionTransaction | None = None

    def require_open(self) -> None:
        """Raise ``TrailError`` if the entries have been written: what came after them would be off the record."""
        if self.is_written:
            raise TrailError("the trail of this transaction is written; nothing may be done after it")


def collected_by(session: Session) -> Collected:
    """What the session's transaction has recorded. Raises ``TrailError`` where nothing would ever be written."""
    if session.autobegin and not session.in_transaction():
        session.begin()
    if collected := _present(session):
        return collected
    raise TrailError("no transaction has begun on this session, or its sessionmaker has no trail installed")


def refuse_late_work(session: Session) -> None:
    """Raise ``TrailError`` if this transaction's entries are already written."""
    if collected := _present(session):
        collected.require_open()


def began(session: Session, transaction: SessionTransaction) -> None:
    """A transaction or a savepoint began."""
    if transaction.parent is None:
        session.info[_KEY] = Collected()
    elif transaction.nested:
        collected = collected_by(session)
        collected.savepoints.append(_Savepoint(len(collected.drafts)))


def released(session: Session) -> None:
    """Something was committed: a savepoint, if one is open; its events are then its parent's."""
    if session.in_nested_transaction():
        collected_by(session).savepoints[-1].is_released = True


def ended(session: Session, transaction: SessionTransaction) -> None:
    """A transaction or a savepoint ended, in whatever way."""
    if transaction.parent is None:
        session.info.pop(_KEY, None)
    elif transaction.nested:
        collected = collected_by(session)
        savepoint = collected.savepoints.pop()
        if not savepoint.is_released:
            del collected.drafts[savepoint.mark :]


def committing(session: Session) -> bool:
    """Whether it is the transaction itself that is about to commit, and not a savepoint in it.

    Raises ``TrailError`` if it is the transaction while a savepoint is still
    open: the session announces both alike, so the second call for one savepoint
    means that the commit comes from above it.
    """
    savepoint = session.get_nested_transaction()
    collected = collected_by(session)
    if savepoint is None:
        return True
    if savepoint is collected.releasing:
        raise TrailError("a savepoint is still open at commit")
    collected.releasing = savepoint
    return False


def _present(session: Session) -> Collected | None:
    collected: Collected | None = session.info.get(_KEY)
    return collected
