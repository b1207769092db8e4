"""A few of the application's pages, served alone: for tests that need no others."""

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.testclient import TestClient

from sspf.app.frame import frame_maker
from sspf.app.refusals import record_refusal
from sspf.web import Router
from sspf.web.current_user import COOKIE
from sspf.web.edge import create_edge
from tests.conftest import ORIGIN, Served


def alone(served: Served, routers: Sequence[Router]) -> FastAPI:
    """An application of these pages. It takes a while to make: keep it as long as the house stands."""
    return create_edge(
        routers=routers,
        sessions=served.sessions,
        origin=ORIGIN,
        at_once=5,
        is_demo=False,
        make_frame=frame_maker(is_demo=False),
        record_refusal=record_refusal,
    )


def browser_at(app: FastAPI, token: str | None) -> TestClient:
    """A fresh browser, signed in with ``token`` if there is one."""
    return TestClient(
        app,
        base_url=ORIGIN,
        cookies={COOKIE: token} if token else {},
        follow_redirects=False,
        headers={"Sec-Fetch-Site": "same-origin"},
    )
