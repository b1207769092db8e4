"""An application called as a server calls it, message by message."""

from collections.abc import AsyncIterator, Iterable
from typing import Any

from starlette.types import ASGIApp, Message, Scope

from tests.web.edge_under_test import COOKIE_HEADER


def scope(method: str, path: str, *headers: tuple[bytes, bytes]) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "https",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"sspf.test"), (b"sec-fetch-site", b"same-origin"), COOKIE_HEADER, *headers],
        "server": ("sspf.test", 443),
        "client": ("127.0.0.1", 1),
        "state": {},
    }


async def call(app: ASGIApp, asked: Scope, chunks: Iterable[bytes] = (b"",)) -> list[Message]:
    """What ``app`` sends when the body comes in ``chunks``."""
    sent: list[Message] = []
    body = _in_pieces(list(chunks))

    async def receive() -> Message:
        return await anext(body)

    async def send(message: Message) -> None:
        sent.append(message)

    await app(asked, receive, send)
    return sent


async def _in_pieces(chunks: list[bytes]) -> AsyncIterator[dict[str, Any]]:
    for number, chunk in enumerate(chunks, start=1):
        yield {"type": "http.request", "body": chunk, "more_body": number < len(chunks)}
    yield {"type": "http.disconnect"}
