"""The ticket that a computer without a sign-in holds: read here, judged by the feature whose it is."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

COOKIE = "__Host-skarm"
ASK_FOR_ONE = "/skarm"


class NoTicket(Exception):  # noqa: N818 - a state, not a fault
    """There is no ticket, or it is none of ours, or another one counts now."""


def ticket_of(request: Request) -> str:
    """The ticket in the request's own cookie; whoever is signed in there does not matter.

    Raises:
        NoTicket: there is none.
    """
    token = request.cookies.get(COOKIE)
    if not token:
        raise NoTicket
    return token


CurrentTicket = Annotated[str, Depends(ticket_of)]
