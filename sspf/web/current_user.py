"""Who is asking: the cookie, the session behind it and the actor that it stands for."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends
from starlette.requests import Request

from auth.actor import Actor
from sspf.web.languages import speak
from sspf.web.session import DbSession
from sspf.web.state import edge_of

COOKIE = "__Host-sid"
SIGN_IN = "/logga-in"


class NotSignedIn(Exception):  # noqa: N818 - a state, not a fault
    """Nobody is signed in, or not any more; the page to come back to is in ``back_to``."""

    def __init__(self, back_to: str) -> None:
        self.back_to = back_to
        super().__init__()


def maybe_actor(request: Request, session: DbSession) -> Actor | None:
    """The actor of the request's cookie, or nobody."""
    token = request.cookies.get(COOKIE)
    visit = edge_of(request).find_visit(session, token) if token else None
    if visit is None:
        return None
    request.state.visit = visit
    request.state.actor = visit.actor
    if visit.preferences.language:
        speak(visit.preferences.language)
    return visit.actor


def current_actor(request: Request, actor: Annotated[Actor | None, Depends(maybe_actor)]) -> Actor:
    """The actor of the request's cookie.

    Raises:
        NotSignedIn: there is no cookie, or its session has ended.
    """
    if actor is None:
        raise NotSignedIn(request.url.path if request.method == "GET" else "/")
    return actor


MaybeActor = Annotated[Actor | None, Depends(maybe_actor)]
CurrentActor = Annotated[Actor, Depends(current_actor)]


def sign_in_path(back_to: str) -> str:
    """The sign-in page, which leads back afterwards."""
    return SIGN_IN if back_to == "/" else f"{SIGN_IN}?till={quote(back_to, safe='')}"


def safe_path(back_to: str | None) -> str:
    """A path of ours to go to after sign-in; anything that could lead elsewhere becomes the start page."""
    if not back_to or not back_to.startswith("/") or back_to.startswith("//"):
        return "/"
    return back_to if back_to.isprintable() and "\\" not in back_to else "/"
