"""Makers for the tests of auth: a frozen time, people with accounts, and a sealer without a key."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

import pyotp
from sqlalchemy import event
from sqlalchemy.orm import Session

from audit.events import Who
from auth import accounts, enrolment, sessions
from auth.actor import Actor
from auth.enrolment import Enrolment
from auth.models import Assignment, User
from auth.permissions import Role
from auth.sign_in import Means

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
COMMAND_LINE = Who(system="test")
MUNICIPALITY = UUID("00000000-0000-7000-8000-0000000000aa")
ORGANISATION = UUID("00000000-0000-7000-8000-0000000000bb")
PASSWORD = "fyra gröna hästar"
THROTTLE_KEY = bytes(range(32))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


class OpenSealer:
    """Seals nothing, but opens only what was sealed for the same context."""

    def __init__(self) -> None:
        self.opened = 0

    def seal(self, plaintext: bytes, context: tuple[str, ...]) -> bytes:
        return json.dumps([*context, plaintext.hex()]).encode()

    def open(self, sealed: bytes, context: tuple[str, ...]) -> bytes:
        self.opened += 1
        *bound, plaintext = json.loads(sealed)
        if bound != list(context):
            raise ValueError("sealed for another context")
        return bytes.fromhex(plaintext)


SEALER = OpenSealer()


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and what they know and have."""

    user: User
    assignment: Assignment
    secret: str
    password: str = PASSWORD

    def code(self, at: datetime) -> str:
        return pyotp.TOTP(self.secret).at(at)


def a_user(session: Session, *, email: str = "karin@kommun.example", name: str = "Karin Ek") -> User:
    return accounts.add_user(
        session, COMMAND_LINE, municipality_id=MUNICIPALITY, email=email, name=name, now=T0 - minutes(60)
    )


def an_assignment(
    session: Session,
    user: User,
    role: Role = Role.COORDINATOR,
    *,
    organisation_id: UUID = ORGANISATION,
    **period: datetime,
) -> Assignment:
    return accounts.give_assignment(
        session, COMMAND_LINE, user.id, organisation_id=organisation_id, role=role, now=T0 - minutes(60), **period
    )


def confirmed(session: Session, user: User) -> User:
    accounts.confirm_user(session, COMMAND_LINE, user.id, now=T0 - minutes(50))
    return user


def enrol(session: Session, user: User, password: str = PASSWORD) -> str:
    """Send a link and follow it to the end, long before T0; gives the seed."""
    at = T0 - minutes(55)
    token = accounts.one_time_link(session, COMMAND_LINE, user.id, now=at)
    begun = enrolment.begin_enrolment(session, token, password, sealer=SEALER, now=at)
    assert isinstance(begun, Enrolment)
    assert enrolment.finish_enrolment(session, token, pyotp.TOTP(begun.secret).at(at), sealer=SEALER, now=at)
    return begun.secret


def a_person(session: Session, role: Role = Role.COORDINATOR, **values: str) -> Person:
    """Somebody who can sign in at T0."""
    user = a_user(session, **values)
    assignment = an_assignment(session, user, role)
    secret = enrol(session, user)
    confirmed(session, user)
    return Person(user, assignment, secret)


def somebody(session: Session, role: Role = Role.COORDINATOR, **values: str) -> tuple[User, Assignment]:
    """Somebody with a confirmed account and no password, which a session does not need."""
    user = a_user(session, **values)
    assignment = an_assignment(session, user, role)
    return confirmed(session, user), assignment


def an_actor(role: Role = Role.COORDINATOR, **values: UUID) -> Actor:
    """Anybody in a role; no row stands behind it."""
    return Actor(
        user_id=values.get("user_id", uuid4()),
        name="Någon Annan",
        assignment_id=uuid4(),
        organisation_id=values.get("organisation_id", ORGANISATION),
        role=role,
        municipality_id=values.get("municipality_id", MUNICIPALITY),
        session_id=uuid4(),
    )


def actor_of(session: Session, token: str, *, now: datetime | None = None) -> Actor | None:
    """Who asks; None if the token opens nothing."""
    visit = sessions.visit_of(session, token, now=now)
    return None if visit is None else visit.actor


def signed_in(session: Session, user: User, assignment: Assignment, at: datetime = T0) -> tuple[str, Actor]:
    token = sessions.start(session, user.id, assignment.id, device="Firefox", now=at).token
    actor = actor_of(session, token, now=at)
    assert actor is not None
    return token, actor


class Statements:
    """The statements a session sends, as text, while it is watched."""

    def __init__(self, session: Session) -> None:
        self.connection = session.connection()
        self.texts: list[str] = []

    def __enter__(self) -> Self:
        event.listen(self.connection, "before_cursor_execute", self._seen)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self.connection, "before_cursor_execute", self._seen)

    def _seen(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.texts.append(statement)


def means_of(session: Session) -> Means:
    """As ``app`` hands them over, with the short transaction as a savepoint of the test's own."""

    @contextmanager
    def begin() -> Iterator[Session]:
        with session.begin_nested():
            yield session

    return Means(begin=begin, sealer=SEALER, throttle_key=THROTTLE_KEY)
