"""The application: every feature's routes behind one edge."""

from collections.abc import Sequence

from fastapi import FastAPI

from sspf.administration.routes import router as administration
from sspf.app.frame import frame_maker
from sspf.app.installation import Installation
from sspf.app.own_words import visit_of
from sspf.app.refusals import record_refusal
from sspf.app.sweeping import while_serving
from sspf.app.there import still_there
from sspf.casefile.routes import router as casefile
from sspf.concerns.routes import router as concerns
from sspf.consents.routes import router as consents
from sspf.drafts.returning import keep_typed
from sspf.drafts.routes import router as drafts
from sspf.drafts.service import forget_sent
from sspf.meetings.routes import router as meetings
from sspf.notes.routes import router as notes
from sspf.oversight.routes import router as oversight
from sspf.plans.routes import router as plans
from sspf.screen.routes import router as screen
from sspf.signin.account import router as account
from sspf.signin.routes import router as signin
from sspf.signin.vouching import router as vouching
from sspf.signin.welcome import router as welcome
from sspf.web.edge import create_edge
from sspf.web.routing import Router
from sspf.web.state import Drafts

ROUTERS: tuple[Router, ...] = (
    signin,
    welcome,
    account,
    drafts,
    vouching,
    casefile,
    concerns,
    consents,
    notes,
    plans,
    meetings,
    screen,
    oversight,
    administration,
)


def create_app(installation: Installation, *, more: Sequence[Router] = ()) -> FastAPI:
    """The application of one installation; ``more`` are the demo's routes."""
    settings = installation.settings
    return create_edge(
        routers=[*ROUTERS, *more],
        sessions=installation.sessions,
        origin=settings.base_url,
        at_once=settings.pool_size,
        is_demo=settings.is_demo,
        make_frame=frame_maker(is_demo=settings.is_demo),
        record_refusal=record_refusal,
        find_visit=visit_of,
        drafts=Drafts(keep_typed, forget_sent, still_there),
        lifespan=while_serving(installation.sessions),
    )
