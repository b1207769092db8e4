"""The sign-in pages on a database of their own, a start page to come to, and people with a password and an app."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from re import sub
from urllib.parse import urlsplit
from uuid import UUID

import pyotp
from fastapi import FastAPI
from httpx2 import Response
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from audit.queries import list_entries
from auth import accounts, enrolment
from auth.actor import Actor
from sspf.drafts.routes import router as drafts
from sspf.signin import codes
from sspf.signin.account import router as account
from sspf.signin.routes import router as signin
from sspf.signin.vouching import router as vouching
from sspf.signin.welcome import router as welcome
from sspf.web import Access, CurrentActor, Router
from tests.conftest import Served
from tests.edge import alone, browser_at
from tests.world import TESTS

PASSWORD = "vattenfall gråsten paraply"
home = Router()


@home.get("/", access=Access.SIGNED_IN)
def start(actor: CurrentActor) -> PlainTextResponse:
    return PlainTextResponse(f"{actor.name}, {actor.role}")


@home.get("/arenden/{case_id}", access=Access.SIGNED_IN)
def somewhere(actor: CurrentActor, case_id: str) -> PlainTextResponse:
    return PlainTextResponse(case_id)


@dataclass
class Site:
    """``browser()`` is a fresh one with no cookies; several may be open at once."""

    served: Served
    seeds: dict[str, str] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    @cached_property
    def app(self) -> FastAPI:
        return alone(self.served, [signin, welcome, account, drafts, vouching, home])

    def browser(self, token: str | None = None) -> TestClient:
        return browser_at(self.app, token)

    def email(self, name: str) -> str:
        return f"{name}@provkoping.example"

    def actor(self, name: str) -> Actor:
        return self.served.world.people[name]

    def code_for(self, name: str) -> str:
        """A one-time code, as the command line hands it out."""
        with self.served.sessions.begin() as session:
            return codes.code_of(accounts.one_time_link(session, TESTS, self.actor(name).user_id))

    def confirm(self, name: str) -> None:
        with self.served.sessions.begin() as session:
            accounts.confirm_user(session, TESTS, self.actor(name).user_id)

    def enrol(self, name: str, *, confirmed: bool = True) -> None:
        """Give somebody PASSWORD and an app, a while ago so that its next code is unused."""
        sealer, then = self.served.database.totp_sealer, datetime.now(UTC) - timedelta(minutes=10)
        with self.served.sessions.begin() as session:
            token = accounts.one_time_link(session, TESTS, self.actor(name).user_id, now=then)
            session.flush()
            begun = enrolment.begin_enrolment(session, token, PASSWORD, sealer=sealer, now=then)
            assert isinstance(begun, enrolment.Enrolment)
            code = pyotp.TOTP(begun.secret).at(then)
            assert enrolment.finish_enrolment(session, token, code, sealer=sealer, now=then)
        self.seeds[name] = begun.secret
        if confirmed:
            self.confirm(name)

    def app_code(self, name: str) -> str:
        """What the app shows now, and the next one if that has been asked for already."""
        step = max(int(datetime.now(UTC).timestamp()) // 30, self.used.get(name, 0) + 1)
        self.used[name] = step
        return pyotp.TOTP(self.seeds[name]).at(step * 30)

    def sign_in(self, browser: TestClient, name: str, **typed: str) -> Response:
        form = {"email": self.email(name), "password": PASSWORD, "code": "", "back_to": "/", **typed}
        if "code" not in typed:
            form["code"] = self.app_code(name)
        return browser.post("/logga-in", data=form)

    def events(self, log_id: UUID) -> list[str]:
        """The tags in a log, oldest first."""
        with self.served.sessions.begin() as session:
            return [line.event for line in reversed(list_entries(session, log_id, limit=500))]


def where(response: Response) -> str:
    """The path that an answer leads to."""
    assert response.status_code == 303, response.text
    return urlsplit(response.headers["location"]).path


def plain(response: Response) -> str:
    """The page without what is new in every answer: its nonce, and the minute it was fetched."""
    return sub(r'nonce="[^"]*"|Hämtat [^<]*', "", response.text)
