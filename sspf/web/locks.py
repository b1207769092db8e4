"""The lock a route takes on the record in its address, before any row of it is read."""

from collections.abc import Callable
from uuid import UUID

from starlette.requests import Request

from sspf.db import locks
from sspf.errors import NotFound
from sspf.web.current_user import CurrentActor
from sspf.web.session import DbSession

Lock = Callable[..., None]


def shared(name: str) -> Lock:
    """For a route that only reads ``{name}``: others may read meanwhile, nobody may change who sees what."""

    def lock_shared(request: Request, session: DbSession, actor: CurrentActor) -> None:
        locks.shared(session, id_in_path(request, name))

    return lock_shared


def exclusive(name: str) -> Lock:
    """For a route that may make or end a disclosure, a consent or a participation of ``{name}``, or writes over it."""

    def lock_exclusive(request: Request, session: DbSession, actor: CurrentActor) -> None:
        locks.exclusive(session, id_in_path(request, name))

    return lock_exclusive


def id_in_path(request: Request, name: str) -> UUID:
    """The id that the address holds.

    Raises:
        NotFound: it is no UUID in its usual form, so nothing can be there.
    """
    typed = str(request.path_params[name])
    found = as_id(typed)
    if found is None:
        raise NotFound
    return found


def as_id(typed: str) -> UUID | None:
    """The UUID that ``typed`` is the one usual spelling of."""
    try:
        found = UUID(typed)
    except ValueError:
        return None
    return found if str(found) == typed else None
