"""The edge put together: what a request passes before a route sees it, and on its way back."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from uuid import UUID

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from sqlalchemy.orm import Session, sessionmaker
from starlette.middleware import Middleware

from auth import sessions as auth_sessions
from sspf.web import error_pages, problems
from sspf.web.body import WholeBody
from sspf.web.error_pages import refuser
from sspf.web.frame import Frame, MakeFrame
from sspf.web.gate import Gate
from sspf.web.headers import SecurityHeaders
from sspf.web.last_seen import LastSeen
from sspf.web.request_log import RequestLog
from sspf.web.routing import Router, check_declared, path_finder
from sspf.web.same_origin import SameOrigin
from sspf.web.state import Drafts, Edge, FindVisit, RecordRefusal
from sspf.web.static import StaticFiles, load_assets
from sspf.web.templating import make_environment, templates_folder
from sspf.web.unexpected import Unexpected
from sspf.web.voice import Voices

# FastAPI's own telemetry would export bodies' errors and exceptions, whose texts quote what was typed.
_NO_TELEMETRY = TelemetryConfig(tracing=False, metrics=False, logs=False, auto_configure=False)

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_edge(
    *,
    routers: Sequence[Router],
    sessions: sessionmaker[Session],
    origin: str,
    at_once: int,
    is_demo: bool,
    make_frame: MakeFrame,
    record_refusal: RecordRefusal,
    find_visit: FindVisit = auth_sessions.visit_of,
    drafts: Drafts | None = None,
    templates: Sequence[Path] = (),
    lifespan: Lifespan | None = None,
) -> FastAPI:
    """The application that serves ``routers``.

    ``origin`` is our own, as browsers write it ("https://sspf.exempel.se"); ``at_once`` is the size of the
    connection pool. Routes of the demo exist only where ``is_demo``. ``templates`` are searched before our own.

    Raises:
        Undeclared: a route does not say who may ask.
    """
    assets = load_assets()
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=_NO_TELEMETRY,
        lifespan=lifespan,
        middleware=[
            Middleware(RequestLog),
            Middleware(SecurityHeaders),
            Middleware(Voices),
            Middleware(Unexpected),
            Middleware(StaticFiles, assets=assets),
            Middleware(SameOrigin, origin=origin, refuse=refuser(problems.FOREIGN)),
            Middleware(WholeBody, refuse=refuser(problems.TOO_LARGE)),
            Middleware(Gate, at_once=at_once, refuse=refuser(problems.BUSY)),
            Middleware(LastSeen, touch=_toucher(sessions)),
        ],
    )
    app.state.edge = Edge(
        sessions=sessions,
        environment=make_environment([*templates, templates_folder()], assets),
        find_visit=find_visit,
        make_frame=make_frame,
        record_refusal=record_refusal,
        path_to=path_finder(routers, is_demo=is_demo),
        bare_frame=Frame(is_demo=is_demo),
        drafts=drafts,
    )
    error_pages.install(app)
    for router in routers:
        app.include_router(router.served(is_demo=is_demo))
    check_declared(app.routes)
    return app


def _toucher(sessions: sessionmaker[Session]) -> Callable[[UUID], None]:
    def touch(session_id: UUID) -> None:
        with sessions.begin() as session:
            auth_sessions.touch(session, session_id)

    return touch
