"""Each request speaks with a voice of its own, from before anybody has looked who asks."""

from starlette.types import ASGIApp, Receive, Scope, Send

from sspf.texts import begin_voice


class Voices:
    """ASGI middleware: begins the request's voice."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            begin_voice()
        await self.app(scope, receive, send)
