"""A line for every answer: which route, how it went and how long it took."""

import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sspf.web.log import logger, pseudonym


class RequestLog:
    """ASGI middleware, outermost: gives the request its id and writes its line when it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = secrets.token_hex(8)
        started = time.perf_counter()
        status = 0

        async def listen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, listen)
        finally:
            actor = state.get("actor")
            logger.info(
                "request",
                request_id=state["request_id"],
                method=scope["method"],
                route=getattr(scope.get("route"), "path", None),
                status=status,
                ms=round((time.perf_counter() - started) * 1000, 1),
                actor=pseudonym(actor.user_id) if actor else None,
            )
