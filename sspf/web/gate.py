"""No more requests at work than there are database connections.

A request holds a thread while it waits for a connection. When more wait than
there are threads, whoever has a connection finds no thread to finish with, and
everything stands still until the pool gives up.
"""

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

MOST_ADMITTED = 200


class Gate:
    """ASGI middleware: ``at_once`` requests work, up to ``MOST_ADMITTED`` are inside, the rest go to ``refuse``."""

    def __init__(self, app: ASGIApp, at_once: int, refuse: ASGIApp) -> None:
        self.app = app
        self.refuse = refuse
        self.inside = 0
        self.slots = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.inside >= MOST_ADMITTED:
            await self.refuse(scope, receive, send)
            return
        self.inside += 1
        try:
            async with self.slots:
                await self.app(scope, receive, send)
        finally:
            self.inside -= 1
