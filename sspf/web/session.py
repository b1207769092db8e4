"""One request, one transaction."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.requests import Request

from sspf.web.state import edge_of


def open_session(request: Request) -> Iterator[Session]:
    """Begin; commit when the route has answered, roll back on any exception.

    Nothing begins by itself afterwards, so work after the commit raises.
    """
    with edge_of(request).sessions.begin() as session:
        yield session


# scope="function" ends before the response is sent: nobody is told of a change that did not commit
DbSession = Annotated[Session, Depends(open_session, scope="function")]
