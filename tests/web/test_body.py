"""How much one may send, whatever one says about it."""

import asyncio

import pytest

from sspf.web.body import MOST_BYTES
from tests.web.asgi import call, scope
from tests.web.edge_under_test import Sessions, browser, edge_with
from tests.web.routes_under_test import feature

FORM = (b"content-type", b"application/x-www-form-urlencoded")


def test_bytes_are_counted_as_they_come_without_a_stated_length():
    sessions = Sessions()
    app = edge_with(feature, sessions=sessions)
    pieces = [b"name=" + b"a" * 60_000] + [b"a" * 60_000] * 4

    sent = asyncio.run(call(app, scope("POST", "/hej", FORM), pieces))

    assert sent[0]["status"] == 413
    assert "för stort" in sent[1]["body"].decode()
    assert sessions.noted == []


def test_a_length_that_lies_low_does_not_help():
    app = edge_with(feature)
    pieces = [b"name=" + b"a" * 200_000, b"a" * 200_000]

    sent = asyncio.run(call(app, scope("POST", "/hej", FORM, (b"content-length", b"10")), pieces))

    assert sent[0]["status"] == 413


@pytest.mark.parametrize("length", ["262145", "9" * 5000, "-1", "tio"])
def test_a_length_that_is_too_much_or_no_length_is_refused_unread(length):
    app = edge_with(feature)

    async def nothing_is_read() -> None:
        sent = []

        async def receive():
            raise AssertionError("the body was read")

        async def send(message):
            sent.append(message)

        await app(scope("POST", "/hej", FORM, (b"content-length", length.encode())), receive, send)
        assert sent[0]["status"] == 413

    asyncio.run(nothing_is_read())


def test_a_form_in_many_pieces_arrives_whole():
    app = edge_with(feature)

    sent = asyncio.run(call(app, scope("POST", "/hej", FORM), [b"na", b"me=", b"Ki", b"m"]))

    assert sent[0]["status"] == 303


def test_the_limit_itself_is_allowed():
    client = browser(edge_with(feature))
    body = b"name=" + b"a" * (MOST_BYTES - 5)

    answer = client.post("/hej", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert answer.status_code == 422  # read, and the name is too long


def test_whoever_hangs_up_while_sending_gets_no_session():
    sessions = Sessions()
    app = edge_with(feature, sessions=sessions)

    async def hang_up() -> None:
        messages = iter([{"type": "http.request", "body": b"name=", "more_body": True}, {"type": "http.disconnect"}])

        async def receive():
            return next(messages)

        async def send(message):
            raise AssertionError("nobody is there to answer")

        await app(scope("POST", "/hej", FORM), receive, send)

    asyncio.run(hang_up())

    assert sessions.noted == []
