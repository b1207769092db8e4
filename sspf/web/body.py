"""What somebody sends is read whole, up to a limit, before anything else is done about it.

Bytes are counted as they come, since a stated length may be missing or a lie.
Whoever sends slowly waits here, where it costs no connection and holds no lock.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 256 * 1024


class WholeBody:
    """ASGI middleware: hands the body on in one piece, or the request to ``refuse`` when it is over ``MOST_BYTES``."""

    def __init__(self, app: ASGIApp, refuse: ASGIApp) -> None:
        self.app = app
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _states_too_much(Headers(scope=scope)):
            await self.refuse(scope, receive, send)
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > MOST_BYTES:
                await self.refuse(scope, receive, send)
                return
            more = message.get("more_body", False)
        await self.app(scope, _replay(bytes(body), receive), send)


def _states_too_much(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    return len(length) > len(str(MOST_BYTES)) or not length.isdecimal() or int(length) > MOST_BYTES


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message
