"""One request, one transaction, over before anybody is told how it went."""

import asyncio

import pytest

from tests.web.asgi import scope
from tests.web.edge_under_test import Sessions, browser, edge_with
from tests.web.routes_under_test import KNOWN, feature


class FailsAtTheEnd:
    def __enter__(self):
        return object()

    def __exit__(self, *_):
        raise RuntimeError("the trail could not be written")


@pytest.mark.parametrize(("method", "path"), [("GET", "/hej"), ("POST", "/oppet")])
def test_the_commit_comes_before_the_first_byte(method, path):
    sessions = Sessions()
    app = edge_with(feature, sessions=sessions)

    async def watched() -> None:
        messages = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive():
            return next(messages)

        async def send(message):
            sessions.noted.append(message["type"])

        await app(scope(method, path), receive, send)

    asyncio.run(watched())

    assert sessions.noted == ["begin", "commit", "http.response.start", "http.response.body"]


def test_a_commit_that_fails_is_no_success():
    class Failing(Sessions):
        def begin(self):
            return FailsAtTheEnd()

    client = browser(edge_with(feature, sessions=Failing()))

    answer = client.get("/hej")

    assert answer.status_code == 500
    assert 'id="greeting"' not in answer.text


def test_an_error_rolls_back():
    sessions = Sessions()
    client = browser(edge_with(feature, sessions=sessions))

    client.post(f"/saker/{KNOWN}")

    assert sessions.noted == ["begin", "rollback", "begin", "commit"]  # the second one is the refusal's
