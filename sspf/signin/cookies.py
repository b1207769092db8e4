"""The two cookies that open something: the session's, and the one that carries a one-time code from step to step.

Both are ``__Host-`` cookies: sent to this host only, never over plain http, never to a script and
never with a request that another site began. Neither outlives the browser.
"""

from starlette.requests import Request
from starlette.responses import Response

from sspf.web.current_user import COOKIE

LINK_COOKIE = "__Host-valkommen"

# What a browser still has of us after signing out (Clear-Site-Data, W3C): pages, cookies, anything stored.
FORGET = '"cache", "cookies", "storage"'


def give_session(response: Response, token: str) -> None:
    """Sign the browser in: from now on it sends ``token``."""
    _give(response, COOKIE, token)


def take_session(response: Response) -> None:
    """Sign the browser out, and have it forget what it saw."""
    _take(response, COOKIE)
    response.headers["Clear-Site-Data"] = FORGET


def give_link(response: Response, token: str) -> None:
    """Let the browser go on with a one-time link."""
    _give(response, LINK_COOKIE, token)


def take_link(response: Response) -> None:
    """The link is used."""
    _take(response, LINK_COOKIE)


def session_token(request: Request) -> str | None:
    """The token of the session the browser has, or had."""
    return request.cookies.get(COOKIE)


def link_token(request: Request) -> str:
    """The token of the link the browser is going on with; one that is nobody's if there is none."""
    return request.cookies.get(LINK_COOKIE, "")


def _give(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, path="/", secure=True, httponly=True, samesite="strict")


def _take(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="strict")
