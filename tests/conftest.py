"""A real PostgreSQL for every test: a savepoint each, or a database of its own where a second connection matters."""

import itertools
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import hypothesis
import pytest
from fastapi import FastAPI
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from starlette.testclient import TestClient

from audit import log as trail
from auth import sessions as auth_sessions
from auth.actor import Actor
from sspf.app.installation import Installation
from sspf.db import migrate, roles
from sspf.db.clock import SWEDEN
from sspf.db.embedded import APPLICATION, OWNER, SUPERUSER, Embedded
from sspf.db.sessions import Sessions, make_engine, make_sessions
from sspf.settings import Settings
from sspf.vault.keyring import FileKeyring
from sspf.vault.keys import KeyStore
from sspf.vault.sealers import NarrowSealer, narrow
from sspf.web import templating
from sspf.web.current_user import COOKIE
from tests.later import add_later
from tests.world import World, build_world, world_in

# How long an example takes is the machine's affair; nor may a busy one be too slow to think of them.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")

TEMPLATE = "sspf_template"
_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that need a browser first: they take longest, and a core is not left waiting for one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_runtest_setup() -> None:
    """No test begins in a day's last seconds: what it makes due today would be late when it looks."""
    now = datetime.now(SWEDEN)
    left = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), SWEDEN) - now
    if left < timedelta(seconds=10):
        time.sleep(left.total_seconds())


class Compiled(BytecodeCache):
    """Templates are compiled once, however many applications the tests make."""

    def __init__(self) -> None:
        self.templates: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.templates:
            bucket.bytecode_from_string(self.templates[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.templates[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    with patch.object(templating, "Environment", partial(Environment, bytecode_cache=Compiled())):
        yield


@dataclass(frozen=True)
class FreshDatabase:
    """A database of the test's own, cloned from the migrated template."""

    name: str
    app_url: str
    owner_url: str
    superuser_url: str
    engine: Engine
    sessions: Sessions
    log_sealer: NarrowSealer
    totp_sealer: NarrowSealer


@pytest.fixture(scope="session")
def embedded() -> Iterator[Embedded]:
    # /tmp, since as root the server opens every folder above its data to others
    with tempfile.TemporaryDirectory(prefix="sspf-test-", dir="/tmp") as folder:
        server = Embedded(Path(folder) / "database", keep=False)
        wait_for_no_disk(server)
        yield server
        server.stop()


def wait_for_no_disk(server: Embedded) -> None:
    """Nothing here outlives its test: dropping a database would else wait a second for the disk."""
    admin = create_engine(server.url(SUPERUSER, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for promise in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {promise} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    admin.dispose()


@pytest.fixture(scope="session")
def template(embedded: Embedded) -> str:
    """The name of a migrated database that holds nothing; nobody stays connected to it."""
    admin = create_engine(embedded.url(SUPERUSER, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {TEMPLATE}")
    roles.create_roles(admin, TEMPLATE)
    admin.dispose()
    migrate.upgrade(embedded.url(OWNER, TEMPLATE))
    return TEMPLATE


def patient_engine(url: str, *, pool_size: int) -> Engine:
    """The application's engine, where a busy machine may take longer over a test than over a page."""
    engine = make_engine(url, pool_size=pool_size)

    @event.listens_for(engine, "connect")
    def be_patient(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '60s'")
            cursor.execute("SET idle_in_transaction_session_timeout = '120s'")
        connection.commit()

    return engine


def clone(embedded: Embedded, template: str) -> str:
    """A new database with the template's content; its name."""
    name = f"sspf_test_{next(_numbers)}"
    admin = create_engine(embedded.url(SUPERUSER, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")
        connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {name} TO {APPLICATION}")
    admin.dispose()
    return name


def drop(embedded: Embedded, name: str) -> None:
    admin = create_engine(embedded.url(SUPERUSER, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture(scope="session")
def keyring_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "keyring.json"
    FileKeyring.create(path)
    return path


@pytest.fixture(scope="session")
def key_store(keyring_path: Path) -> KeyStore:
    return KeyStore(FileKeyring(keyring_path))


@pytest.fixture
def fresh_database(embedded: Embedded, template: str, key_store: KeyStore) -> Iterator[FreshDatabase]:
    """An empty, migrated database with its own trail; what is committed here is gone after the test."""
    with opened(embedded, clone(embedded, template), key_store) as database:
        yield database
    drop(embedded, database.name)


def sealers(session: Session) -> dict[str, NarrowSealer]:
    """What the application hands to every session."""
    return {f"{name}_sealer": narrow(session, name) for name in ("log", "totp", "ticket")}


@contextmanager
def opened(embedded: Embedded, name: str, key_store: KeyStore) -> Iterator[FreshDatabase]:
    """The database called ``name`` as the application's role, with keys and trail, while this lasts."""
    engine = patient_engine(embedded.url(APPLICATION, name), pool_size=30)
    sessions = make_sessions(engine, keys=key_store)
    with sessions.begin() as session:
        info = {"keys": key_store, **sealers(session)}
    sessions.configure(info=info)
    log_sealer, totp_sealer = info["log_sealer"], info["totp_sealer"]
    trail.install(sessions, log_sealer)
    try:
        yield FreshDatabase(
            name=name,
            app_url=embedded.url(APPLICATION, name),
            owner_url=embedded.url(OWNER, name),
            superuser_url=embedded.url(SUPERUSER, name),
            engine=engine,
            sessions=sessions,
            log_sealer=log_sealer,
            totp_sealer=totp_sealer,
        )
    finally:
        engine.dispose()


@dataclass(frozen=True)
class Inhabited:
    """A database with the cast in it, everyone signed in, from which others are cloned: its name, and who they are."""

    name: str
    people: dict[str, Actor]
    tokens: dict[str, str]


@pytest.fixture(scope="session")
def inhabited(embedded: Embedded, template: str, key_store: KeyStore) -> Inhabited:
    name = clone(embedded, template)
    owner = create_engine(embedded.url(OWNER, name))
    with owner.begin() as connection:
        add_later(connection)
    owner.dispose()
    with opened(embedded, name, key_store) as database:
        with database.sessions.begin() as session:
            people = build_world(session).people
        with database.sessions.begin() as session:
            tokens = {
                name: auth_sessions.start(session, actor.user_id, actor.assignment_id).token
                for name, actor in people.items()
            }
    return Inhabited(name, people, tokens)


@pytest.fixture(scope="session")
def shared_engine(embedded: Embedded, template: str) -> Iterator[Engine]:
    """One empty database for all savepoint tests: nothing in it is ever committed."""
    yield from _shared(embedded, template)


@pytest.fixture(scope="session")
def inhabited_engine(embedded: Embedded, inhabited: Inhabited) -> Iterator[Engine]:
    """The same with the cast in it."""
    yield from _shared(embedded, inhabited.name)


def _shared(embedded: Embedded, template: str) -> Iterator[Engine]:
    name = clone(embedded, template)
    engine = patient_engine(embedded.url(APPLICATION, name), pool_size=5)
    yield engine
    engine.dispose()
    drop(embedded, name)


@pytest.fixture
def session(request: pytest.FixtureRequest, key_store: KeyStore) -> Iterator[Session]:
    """A session as the application's role, with keys and trail, in a transaction that is rolled back."""
    with_cast = "world" in request.fixturenames
    engine: Engine = request.getfixturevalue("inhabited_engine" if with_cast else "shared_engine")
    with engine.connect() as connection:
        outer = connection.begin()
        info = {"keys": key_store}
        with sessionmaker(connection, join_transaction_mode="create_savepoint", info=info)() as preparing:
            info |= sealers(preparing)
            preparing.commit()
        made = sessionmaker(connection, join_transaction_mode="create_savepoint", expire_on_commit=False, info=info)
        trail.install(made, info["log_sealer"])
        with made() as session:
            yield session
        outer.rollback()


@pytest.fixture
def world(session: Session, inhabited: Inhabited) -> World:
    """The cast, as the test's own transaction has it."""
    return world_in(session, inhabited.people)


@dataclass(frozen=True)
class Served:
    """The application on a database of its own, with the cast in it."""

    installation: Installation
    database: FreshDatabase
    world: World
    tokens: dict[str, str]

    @property
    def sessions(self) -> Sessions:
        return self.installation.sessions

    @cached_property
    def app(self) -> FastAPI:
        """Made once: it takes longer than most of what is asked of it."""
        from sspf.app.web import create_app  # noqa: PLC0415  # every feature's pages: only tests of pages need them

        return create_app(self.installation)

    def client(self, name: str | None = None) -> TestClient:
        """A browser signed in as one of the cast; nobody if no name is given."""
        cookies = {COOKIE: self.tokens[name]} if name else {}
        return TestClient(
            self.app,
            base_url=ORIGIN,
            cookies=cookies,
            follow_redirects=False,
            headers={"Sec-Fetch-Site": "same-origin"},
            raise_server_exceptions=False,
        )


ORIGIN = "https://testserver"


Serving = Callable[[], AbstractContextManager[Served]]


@pytest.fixture(scope="session")
def serving(embedded: Embedded, inhabited: Inhabited, key_store: KeyStore, keyring_path: Path) -> Serving:
    """``with serving() as served``: for those who need more than one, or one that lasts longer than a file."""

    @contextmanager
    def serving() -> Iterator[Served]:
        with opened(embedded, clone(embedded, inhabited.name), key_store) as database:
            yield serve(database, inhabited, keyring_path)
        drop(embedded, database.name)

    return serving


@pytest.fixture
def served(serving: Serving) -> Iterator[Served]:
    """Everything behind the edge, and everyone signed in."""
    with serving() as served:
        yield served


@pytest.fixture(scope="module")
def house(serving: Serving) -> Iterator[Served]:
    """The same for a whole file, whose tests leave each other alone."""
    with serving() as served:
        yield served


def serve(database: FreshDatabase, inhabited: Inhabited, keyring_path: Path) -> Served:
    with database.sessions.begin() as session:
        world = world_in(session, inhabited.people)
    settings = Settings(base_url=ORIGIN, keyring=keyring_path, pool_size=5)
    database.sessions.configure(info={**database.sessions.kw["info"], "settings": settings})
    installation = Installation(settings, database.engine, database.sessions, database.log_sealer, database.totp_sealer)
    return Served(installation, database, world, dict(inhabited.tokens))
