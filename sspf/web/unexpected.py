"""The last resort: an error that nobody foresaw becomes a page that says nothing about it."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sspf.web import problems
from sspf.web.error_pages import answer
from sspf.web.log import logger, place_of


class Unexpected:
    """ASGI middleware: answers 500, and logs the error's class and place.

    The error goes no further: a server would log what it says, and it may quote a row.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def watch(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not reach the server's log
            logger.error(
                "unexpected",
                request_id=scope["state"]["request_id"],
                error=type(error).__name__,
                where=place_of(error),
            )
            if not has_begun:  # otherwise the browser sees an answer that breaks off
                await answer(Request(scope), problems.UNEXPECTED)(scope, receive, send)
