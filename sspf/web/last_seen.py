"""When a session was last used, written after the answer in a transaction of its own."""

from collections.abc import Callable
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send


def is_no_use(request: Request) -> None:
    """This request keeps nobody signed in: the page asks by itself, whoever has left it open."""
    request.state.visit = None


class LastSeen:
    """ASGI middleware, inside the gate: calls ``touch`` when a request of a live session is over, however it went.

    By then the request's own connection is back in the pool, so one at a time is enough.
    """

    def __init__(self, app: ASGIApp, touch: Callable[[UUID], None]) -> None:
        self.app = app
        self.touch = touch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        finally:
            visit = scope.get("state", {}).get("visit")
            if visit is not None and visit.touch_is_due:
                await run_in_threadpool(self.touch, visit.actor.session_id)
