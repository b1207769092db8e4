"""A rush is answered, all of it, without more at work at once than there are connections."""

import asyncio
import threading
from collections import Counter

from starlette.responses import Response

from sspf.web import Access, DbSession, Router
from tests.web.asgi import call, scope
from tests.web.edge_under_test import Sessions, edge_with

AT_ONCE = 5


class ScarceSessions(Sessions):
    """As a pool of five: a sixth at once is an error, and each is held until the next has come."""

    def __init__(self) -> None:
        super().__init__()
        self.held = 0
        self.most_held = 0
        self.lock = threading.Lock()


slow = Router()


@slow.get("/langsamt", access=Access.SIGNED_IN)
def slowly(session: DbSession) -> Response:
    pool: ScarceSessions = session.pool
    with pool.lock:
        pool.held += 1
        pool.most_held = max(pool.most_held, pool.held)
    threading.Event().wait(0.002)
    with pool.lock:
        pool.held -= 1
    return Response("klart")


class HasPool:
    def __init__(self, pool: ScarceSessions) -> None:
        self.pool = pool


def _rush(number: int) -> tuple[Counter[int], ScarceSessions]:
    pool = ScarceSessions()
    pool.opened = HasPool(pool)
    app = edge_with(slow, sessions=pool, at_once=AT_ONCE)

    async def all_at_once() -> list[int]:
        answers = await asyncio.gather(*(call(app, scope("GET", "/langsamt")) for _ in range(number)))
        return [sent[0]["status"] for sent in answers]

    return Counter(asyncio.run(all_at_once())), pool


def test_two_hundred_at_once_are_all_answered():
    statuses, pool = _rush(200)

    assert statuses == {200: 200}
    assert pool.most_held <= AT_ONCE


def test_whoever_comes_after_two_hundred_is_asked_to_wait():
    statuses, _ = _rush(230)

    assert statuses == {200: 200, 503: 30}


def test_the_gate_opens_again_after_a_rush():
    pool = ScarceSessions()
    pool.opened = HasPool(pool)
    app = edge_with(slow, sessions=pool, at_once=AT_ONCE)

    async def rush_and_one_more() -> int:
        await asyncio.gather(*(call(app, scope("GET", "/langsamt")) for _ in range(230)))
        return (await call(app, scope("GET", "/langsamt")))[0]["status"]

    assert asyncio.run(rush_and_one_more()) == 200


def test_a_refusal_says_when_to_come_back():
    pool = ScarceSessions()
    pool.opened = HasPool(pool)
    app = edge_with(slow, sessions=pool, at_once=AT_ONCE)

    async def the_last_of_many():
        return await asyncio.gather(*(call(app, scope("GET", "/langsamt")) for _ in range(201)))

    refused = next(sent for sent in asyncio.run(the_last_of_many()) if sent[0]["status"] == 503)

    assert dict(refused[0]["headers"])[b"retry-after"] == b"30"
    assert "Vänta en halv minut" in refused[1]["body"].decode()
