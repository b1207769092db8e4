"""How long the reader stays signed in, counted from the page that they have just been given."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from starlette.requests import Request

from auth import lifetime
from auth.sessions import Visit


@dataclass(frozen=True, slots=True)
class Staying:
    """In whole seconds: ``idle`` until the session ends unless it is used, ``left`` until it ends in any case."""

    idle: int
    left: int


def staying(request: Request) -> Staying | None:
    """Nobody stays who is not signed in. The request itself was a use, which is written down within a minute."""
    visit = cast(Visit | None, getattr(request.state, "visit", None))
    if visit is None:
        return None
    now = datetime.now(UTC)
    idle = max(visit.idle_at - now, lifetime.IDLE - lifetime.SEEN_EVERY)
    return Staying(_seconds(idle), _seconds(visit.too_old_at - now))


def _seconds(time: timedelta) -> int:
    return max(0, int(time.total_seconds()))
