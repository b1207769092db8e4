"""What signing in works with, gathered from what ``app`` gave the edge and its sessions."""

from typing import Annotated, cast

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.requests import Request

from audit.sealing import Sealer
from auth import throttle_key
from auth.sign_in import Means, Origin
from sspf.signin import cookies, devices
from sspf.web.session import DbSession
from sspf.web.state import edge_of


def means_of(request: Request, session: DbSession) -> Means:
    """For ``auth.sign_in``. ``session`` is handed on unused: its connection is taken when those here are back."""
    begin, sealer = edge_of(request).sessions.begin, seed_sealer(session)
    kept = request.app.state
    if not hasattr(kept, "throttle_key"):
        with begin() as short:
            kept.throttle_key = throttle_key.load(short, sealer)
    return Means(begin=begin, sealer=sealer, throttle_key=kept.throttle_key)


def seed_sealer(session: Session) -> Sealer:
    """The sealer of one-time codes' seeds."""
    return cast(Sealer, session.info["totp_sealer"])


def origin_of(request: Request) -> Origin:
    """Where an attempt comes from. Behind a proxy the server has put the client's own address here."""
    return Origin(
        address=request.client.host if request.client else "",
        device=devices.label(request.headers.get("user-agent", "")),
        token=cookies.session_token(request),
    )


CurrentMeans = Annotated[Means, Depends(means_of)]
CurrentOrigin = Annotated[Origin, Depends(origin_of)]
