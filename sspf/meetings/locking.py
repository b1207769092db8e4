"""The locks of a meeting's pages: its own and those of every case on its agenda, before any row of them is read.

Which cases those are is looked up first, then all are locked in one order, then
everything is read afresh. An agenda that changed in between is a conflict: what came
onto it is not locked, and to lock it now would be out of order.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.requests import Request

from sspf.db import locks
from sspf.errors import Conflict
from sspf.meetings import queries
from sspf.web.current_user import CurrentActor
from sspf.web.locks import Lock, id_in_path
from sspf.web.session import DbSession

Take = Callable[..., None]


def meeting_shared() -> Lock:
    """For a page of ``{meeting_id}`` that only reads."""

    def lock_meeting_shared(request: Request, session: DbSession, actor: CurrentActor) -> None:
        _lock(session, id_in_path(request, "meeting_id"), locks.shared)

    return lock_meeting_shared


def meeting_exclusive() -> Lock:
    """For a change of ``{meeting_id}`` or of what is shared in a case on its agenda."""

    def lock_meeting_exclusive(request: Request, session: DbSession, actor: CurrentActor) -> None:
        _lock(session, id_in_path(request, "meeting_id"), locks.exclusive)

    return lock_meeting_exclusive


def _lock(session: Session, meeting_id: UUID, take: Take) -> None:
    expected = queries.case_ids_to_lock(session, meeting_id)
    take(session, meeting_id, *expected)
    if not set(queries.case_ids_to_lock(session, meeting_id)) <= set(expected):
        raise Conflict


def cases_exclusive(session: Session, case_ids: Collection[UUID]) -> None:
    """For putting ``case_ids`` on the agenda of a meeting that nobody knows of yet."""
    locks.exclusive(session, *case_ids)
