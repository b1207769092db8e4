"""The locks of a meeting's pages: its own and those of every case on its agenda, before any row of them is read.

Which cases those are is looked up first, then all are locked in one order, then
everything is read afresh. A case that came onto the agenda in between is not locked,
and to lock it now would be out of order: that is a conflict, and the page is loaded again.
"""

from collections.abc import Callable, Iterable
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.requests import Request

from sspf.db import locks
from sspf.errors import Conflict
from sspf.meetings import queries
from sspf.meetings.queries import OnAgenda
from sspf.web.current_user import CurrentActor
from sspf.web.locks import id_in_path
from sspf.web.session import DbSession

Take = Callable[..., None]


def meeting_shared(request: Request, session: DbSession, actor: CurrentActor) -> None:
    """For a page of ``{meeting_id}`` that only reads."""
    _lock(request, session, id_in_path(request, "meeting_id"), (), locks.shared)


def meeting_exclusive(request: Request, session: DbSession, actor: CurrentActor) -> None:
    """For a change of ``{meeting_id}``, or of what is shared in a case on its agenda."""
    _lock(request, session, id_in_path(request, "meeting_id"), (), locks.exclusive)


def lock_with_cases(request: Request, session: Session, meeting_id: UUID, case_ids: Iterable[UUID]) -> None:
    """For putting ``case_ids`` on the agenda of a meeting, beside those that are there."""
    _lock(request, session, meeting_id, case_ids, locks.exclusive)


def _lock(request: Request, session: Session, meeting_id: UUID, more: Iterable[UUID], take: Take) -> None:
    case_ids = frozenset({*queries.case_ids_to_lock(session, meeting_id), *more})
    take(session, meeting_id, *case_ids)
    request.state.locked_cases = case_ids


def require_locked(request: Request, agenda: Iterable[OnAgenda]) -> None:
    """Raise ``Conflict`` if the agenda, read afresh, has a case whose lock this request does not hold."""
    locked = cast(frozenset[UUID], request.state.locked_cases)
    if any(entry.case.id not in locked for entry in agenda):
        raise Conflict
