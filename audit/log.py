"""How the rest of the program writes to the trail: say what happened, and it is written when the transaction commits.

Both commit or neither does. If the entries cannot be written, the commit raises
and nothing has happened; the caller must not have let anything out before.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import event as listen_to
from sqlalchemy import insert
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker

from audit.append import append
from audit.collecting import Source, TrailError, began, collected_by, committing, ended, refuse_late_work, released
from audit.draft import Draft
from audit.events import Event
from audit.merkle import EMPTY_ROOT
from audit.models import LogHead
from audit.sealing import Sealer


def record(session: Session, event: Event) -> None:
    """Write ``event`` to its log when this transaction commits; not at all if it, or its savepoint, is rolled back.

    Raises ``TrailError`` if the session has no trail or has already written it,
    ``ValueError`` if facts or ids hold something that has no canonical form.
    """
    collected = collected_by(session)
    collected.require_open()
    collected.drafts.append(Draft(event))


def follow(session: Session, source: Source) -> None:
    """Ask ``source`` once, at commit, which events it has to record.

    For what is not over until the transaction is, such as a reading. A savepoint
    that is rolled back does not silence it: what was seen stays seen.
    """
    collected = collected_by(session)
    collected.require_open()
    collected.sources.append(source)


def collected_events(session: Session) -> tuple[Event, ...]:
    """What this transaction has recorded so far, without what its sources will add."""
    return tuple(draft.event for draft in collected_by(session).drafts)


def create_log(session: Session, log_id: UUID, origin: str) -> None:
    """Begin an empty log, in this transaction. ``origin`` is its name towards the world, at most 200 characters.

    Raises ``sqlalchemy.exc.IntegrityError`` if the id or the name is taken.
    """
    session.execute(
        insert(LogHead).values(id=log_id, origin=origin, size=0, frontier=b"", root=EMPTY_ROOT, last_at=None)
    )


def install(sessions: sessionmaker[Any], sealer: Sealer) -> None:
    """Give every session that ``sessions`` makes a trail, with hidden values sealed by ``sealer``.

    Call it once for each sessionmaker, before its first session.
    """

    def write_trail(session: Session) -> None:
        if committing(session):
            _write(session, sealer)

    listen_to.listen(sessions, "after_transaction_create", began)
    listen_to.listen(sessions, "after_transaction_end", ended)
    listen_to.listen(sessions, "after_commit", released)
    listen_to.listen(sessions, "before_commit", write_trail)
    listen_to.listen(sessions, "before_flush", _refuse_flush)
    listen_to.listen(sessions, "do_orm_execute", _refuse_statement)


def _write(session: Session, sealer: Sealer) -> None:
    """Flush, see that nothing is left to flush, and append everything recorded in one step."""
    collected = collected_by(session)
    collected.require_open()
    asked = [Draft(event) for source in collected.sources for event in source()]
    session.flush()
    if session.new or session.dirty or session.deleted:
        raise TrailError("flushing left changes behind, which would be written after the trail")
    if drafts := [*collected.drafts, *asked]:
        append(session, drafts, sealer)
    collected.is_written = True


def _refuse_flush(session: Session, _context: Any, _instances: Any) -> None:
    refuse_late_work(session)


def _refuse_statement(state: ORMExecuteState) -> None:
    refuse_late_work(state.session)
