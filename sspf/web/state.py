"""What the edge was given when it was built, and what it knows about one request."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast
from uuid import UUID

from jinja2 import Environment
from sqlalchemy.orm import Session, sessionmaker
from starlette.datastructures import URLPath
from starlette.requests import Request

from auth.actor import Actor
from auth.sessions import Visit
from sspf.web.frame import Frame, MakeFrame

FindVisit = Callable[[Session, str], Visit | None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused to somebody signed in: ids and the route's name, nothing that was typed."""

    status: int
    route: str
    ids: Mapping[str, UUID]
    reason: object | None


class RecordRefusal(Protocol):
    """Puts a refusal on the record, in a transaction that holds nothing else."""

    def __call__(self, session: Session, actor: Actor, refusal: Refusal) -> None: ...


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is done for whoever types: kept when their session turns out to be over, let go when it has been sent.

    ``still_there`` are those forms, by address, all of whose records are still there for them.
    """

    keep_typed: Callable[[Session, str, str, Sequence[tuple[str, str]]], bool]
    forget_sent: Callable[[Session, Actor, str], None]
    still_there: Callable[[Session, Actor, Collection[str]], Collection[str]]


@dataclass(frozen=True, slots=True)
class Edge:
    """The parts that the application composed the edge from; ``bare_frame`` is for pages made without a database."""

    sessions: sessionmaker[Session]
    environment: Environment
    find_visit: FindVisit
    make_frame: MakeFrame
    record_refusal: RecordRefusal
    path_to: Callable[..., URLPath]
    bare_frame: Frame
    drafts: Drafts | None = None


def edge_of(request: Request) -> Edge:
    return cast(Edge, request.app.state.edge)


def actor_of(request: Request) -> Actor | None:
    """Who asks, once somebody has looked: nobody before that and on public pages."""
    return cast(Actor | None, getattr(request.state, "actor", None))


def nonce_of(request: Request) -> str:
    return cast(str, request.state.nonce)


def frame_of(request: Request, session: Session) -> Frame:
    """This request's frame, made at most once."""
    frame: Frame | None = getattr(request.state, "frame", None)
    if frame is None:
        frame = edge_of(request).make_frame(session, actor_of(request))
        request.state.frame = frame
    return frame
