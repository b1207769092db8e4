"""What every answer tells the browser, whichever part of us gave it.

The policy lets a script run only with this answer's nonce, and lets htmx alone
write HTML into the page (Trusted Types). Nothing but hashed static files may be
kept by anybody.
"""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sspf.web.static import PREFIX

_POLICY = (
    "default-src 'none'; "
    "script-src 'nonce-{nonce}'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
    "object-src 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types htmx"
)
_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")
FIXED = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
}


def policy(nonce: str) -> str:
    """The Content-Security-Policy of an answer whose scripts carry ``nonce``."""
    return _POLICY.format(nonce=nonce)


class SecurityHeaders:
    """ASGI middleware: makes the nonce before anybody can need it, and sets the headers on whatever comes back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = scope.setdefault("state", {})["nonce"] = secrets.token_urlsafe(18)

        async def add_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({**FIXED, "Content-Security-Policy": policy(nonce)})
                if not (scope["path"].startswith(PREFIX) and message["status"] in (200, 304)):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, add_headers)
