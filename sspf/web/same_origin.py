"""Whether a request comes from our own pages, told by what the browser says of it.

A change must be asked for by us: ``Sec-Fetch-Site`` says so in every browser we
support. Without it ``Origin`` must be ours. A request with neither comes from no
browser, which no other site can steer, and its cookie decides. After the
approach of Go 1.25's CrossOriginProtection.

Fetching ahead is refused here too: a page that nobody looked at must not be on
the record as read.
"""

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_ours(method: str, headers: Headers, origin: str) -> bool:
    """Whether a page of ``origin`` may be taken to have sent this."""
    if method in _SAFE and "hx-request" not in headers:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    stated = headers.get("origin")
    return stated is None or stated == origin


def is_prefetch(headers: Headers) -> bool:
    """Whether the browser asks before anybody has."""
    return "prefetch" in headers.get("sec-purpose", headers.get("purpose", ""))


class SameOrigin:
    """ASGI middleware: sends whatever another site asked for to ``refuse``, and answers 503 to a prefetch."""

    def __init__(self, app: ASGIApp, origin: str, refuse: ASGIApp) -> None:
        self.app = app
        self.origin = origin
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if is_prefetch(headers):
            await Response(status_code=503)(scope, receive, send)
        elif is_ours(scope["method"], headers, self.origin):
            await self.app(scope, receive, send)
        else:
            await self.refuse(scope, receive, send)
