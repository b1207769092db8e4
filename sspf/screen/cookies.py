"""The ticket's own cookie: this host only, never over plain http, never to a script, and gone with the browser."""

from starlette.responses import Response

from sspf.web.ticket import COOKIE


def give_ticket(response: Response, token: str) -> None:
    """From now on this browser shows the screen, whoever is signed in there."""
    response.set_cookie(COOKIE, token, path="/", secure=True, httponly=True, samesite="strict")
