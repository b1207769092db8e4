"""An edge with no database behind it: sessions that only note what was done with them, and one made-up visitor."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker
from starlette.testclient import TestClient

from auth.actor import Actor
from auth.permissions import Role
from auth.sessions import Visit
from sspf.texts import _
from sspf.web import Frame, MenuItem, Refusal, Router
from sspf.web.current_user import COOKIE
from sspf.web.edge import create_edge
from sspf.web.state import FindVisit

ORIGIN = "https://sspf.test"
COOKIE_HEADER = (b"cookie", f"{COOKIE}=saras".encode())
SARA = Actor(
    user_id=UUID(int=1),
    name="Sara Lind",
    assignment_id=UUID(int=2),
    organisation_id=UUID(int=3),
    role=Role.COORDINATOR,
    municipality_id=UUID(int=4),
    session_id=UUID(int=5),
)


@dataclass
class Sessions:
    """Stands in for a sessionmaker: notes each beginning and how it ended."""

    noted: list[str] = field(default_factory=list)
    opened: object = None

    @contextmanager
    def begin(self) -> Iterator[object]:
        self.noted.append("begin")
        try:
            yield self.opened or object()
        except BaseException:
            self.noted.append("rollback")
            raise
        self.noted.append("commit")


@dataclass
class Refusals:
    """What was put on the record."""

    recorded: list[tuple[Actor, Refusal]] = field(default_factory=list)

    def __call__(self, session: Session, actor: Actor, refusal: Refusal) -> None:  # noqa: ARG002 - the edge's signature
        self.recorded.append((actor, refusal))


def find_visit(session: Session, token: str) -> Visit | None:
    if token != "saras":
        return None
    until = datetime(2099, 1, 1, tzinfo=UTC)
    return Visit(actor=SARA, idle_at=until, too_old_at=until, touch_is_due=False)


def make_frame(session: Session, actor: Actor | None) -> Frame:
    if actor is None:
        return Frame(is_demo=True, municipality="Exempelkommunen")
    return Frame(
        municipality="Exempelkommunen",
        name=actor.name,
        role=_("Koordinator"),
        organisation="Samordningen",
        menu=(
            MenuItem(_("Start"), "/"),
            MenuItem(_("Ärenden"), "/kok/arende"),
            MenuItem(_("Möten"), "/kok/mote"),
            MenuItem(_("Åtaganden"), "/kok/atgarder", count=3),
        ),
        account_path="/konto",
        sign_out_path="/logga-ut",
        is_demo=True,
    )


def edge_with(
    *routers: Router,
    sessions: Sessions | None = None,
    refusals: Refusals | None = None,
    templates: Sequence[Path] = (),
    at_once: int = 5,
    is_demo: bool = False,
    find: FindVisit | None = None,
    **more: Any,
) -> FastAPI:
    return create_edge(
        routers=routers,
        sessions=cast("sessionmaker[Session]", sessions or Sessions()),
        origin=ORIGIN,
        at_once=at_once,
        is_demo=is_demo,
        make_frame=make_frame,
        record_refusal=refusals or Refusals(),
        find_visit=find or find_visit,
        templates=[Path(__file__).parent / "templates", *templates],
        **more,
    )


def browser(app: FastAPI, *, signed_in: bool = True) -> TestClient:
    """A client that does what a browser of ours does, and follows nothing by itself."""
    client = TestClient(app, base_url=ORIGIN, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})
    if signed_in:
        client.cookies.set(COOKIE, "saras")
    return client
