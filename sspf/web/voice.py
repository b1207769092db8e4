"""Each request speaks with a voice of its own, from before anybody has looked who asks."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from sspf.texts import begin_voice
from sspf.web.languages import tell
from sspf.web.preferences import language_asked


class Voices:
    """ASGI middleware: begins the request's voice, in the browser's language until the account is known."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            tell(begin_voice(), language_asked(HTTPConnection(scope)))
        await self.app(scope, receive, send)
