"""A real PostgreSQL for every test: a savepoint each, or a database of its own where a second connection matters."""

import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker
from starlette.testclient import TestClient

from audit import log as trail
from auth import sessions as auth_sessions
from sspf.app.installation import Installation
from sspf.db import migrate, roles
from sspf.db.embedded import APPLICATION, OWNER, SUPERUSER, Embedded
from sspf.db.sessions import Sessions, make_engine, make_sessions
from sspf.settings import Settings
from sspf.vault.keyring import FileKeyring
from sspf.vault.keys import KeyStore
from sspf.vault.sealers import NarrowSealer, narrow
from sspf.web.current_user import COOKIE
from tests.world import World, build_world

TEMPLATE = "sspf_template"
_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that need a browser first: they take longest, and a core is not left waiting for one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in slow)


@dataclass(frozen=True)
class FreshDatabase:
    """A database of the test's own, cloned from the migrated template."""

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
        yield server
        server.stop()


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
    yield from _opened(embedded, clone(embedded, template), key_store)


def sealers(session: Session) -> dict[str, NarrowSealer]:
    """What the application hands to every session."""
    return {f"{name}_sealer": narrow(session, name) for name in ("log", "totp", "ticket")}


def _opened(embedded: Embedded, name: str, key_store: KeyStore) -> Iterator[FreshDatabase]:
    engine = make_engine(embedded.url(APPLICATION, name), pool_size=30)
    sessions = make_sessions(engine, keys=key_store)
    with sessions.begin() as session:
        info = {"keys": key_store, **sealers(session)}
    sessions.configure(info=info)
    log_sealer, totp_sealer = info["log_sealer"], info["totp_sealer"]
    trail.install(sessions, log_sealer)
    try:
        yield FreshDatabase(
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
        drop(embedded, name)


@pytest.fixture(scope="session")
def shared_engine(embedded: Embedded, template: str) -> Iterator[Engine]:
    """One database for all savepoint tests: nothing in it is ever committed."""
    name = clone(embedded, template)
    engine = make_engine(embedded.url(APPLICATION, name), pool_size=5)
    yield engine
    engine.dispose()
    drop(embedded, name)


@pytest.fixture
def session(shared_engine: Engine, key_store: KeyStore) -> Iterator[Session]:
    """A session as the application's role, with keys and trail, in a transaction that is rolled back."""
    with shared_engine.connect() as connection:
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
def world(session: Session) -> World:
    """The cast, in the test's own transaction."""
    return build_world(session)


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

    def client(self, name: str | None = None) -> TestClient:
        """A browser signed in as one of the cast; nobody if no name is given."""
        from sspf.app.web import create_app  # noqa: PLC0415  # every feature's pages: only tests of pages need them

        cookies = {COOKIE: self.tokens[name]} if name else {}
        return TestClient(
            create_app(self.installation),
            base_url=ORIGIN,
            cookies=cookies,
            follow_redirects=False,
            headers={"Sec-Fetch-Site": "same-origin"},
            raise_server_exceptions=False,
        )


ORIGIN = "https://testserver"


@pytest.fixture
def served(fresh_database: FreshDatabase, keyring_path: Path) -> Served:
    """Everything behind the edge, and everyone signed in."""
    return serve(fresh_database, keyring_path)


def serve(database: FreshDatabase, keyring_path: Path) -> Served:
    with database.sessions.begin() as session:
        world = build_world(session)
    with database.sessions.begin() as session:
        tokens = {
            name: auth_sessions.start(session, actor.user_id, actor.assignment_id).token
            for name, actor in world.people.items()
        }
    settings = Settings(base_url=ORIGIN, keyring=keyring_path, pool_size=5)
    database.sessions.configure(info={**database.sessions.kw["info"], "settings": settings})
    installation = Installation(settings, database.engine, database.sessions, database.log_sealer, database.totp_sealer)
    return Served(installation, database, world, tokens)
