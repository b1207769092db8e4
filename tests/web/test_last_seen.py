"""A session's last use is written when the request is over, however it went."""

import asyncio
import dataclasses
from uuid import UUID

import pytest

from sspf.web.last_seen import LastSeen
from tests.web.asgi import scope
from tests.web.edge_under_test import SARA, find_visit


@pytest.mark.parametrize(("is_due", "touched"), [(True, [SARA.session_id]), (False, [])])
@pytest.mark.parametrize("fails", [False, True])
def test_a_use_is_written_when_it_is_due(is_due, touched, fails):
    written: list[UUID] = []

    async def app(asked, receive, send):
        asked["state"]["visit"] = dataclasses.replace(find_visit(None, "saras"), touch_is_due=is_due)
        assert written == []
        if fails:
            raise RuntimeError

    async def nothing(*_message):
        return {}

    async def run():
        await LastSeen(app, written.append)(scope("GET", "/hej"), nothing, nothing)

    try:
        asyncio.run(run())
    except RuntimeError:
        assert fails

    assert written == touched
