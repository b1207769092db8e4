"""What is measured in: a throw-away installation with its pages, and another with many more cases."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, text

from sspf.app.installation import DATABASE, Installation, open_installation, prepare
from sspf.app.web import create_app
from sspf.bench.casework import open_case
from sspf.bench.crowd import fill
from sspf.bench.municipality import Town, found
from sspf.bench.scale import Scale
from sspf.bench.serving import served
from sspf.bench.twin.copying import copy_case
from sspf.bench.twin.page import routes as twin
from sspf.db.embedded import APPLICATION, OWNER, SUPERUSER, Embedded
from sspf.settings import Mode, Settings

MANY = f"{DATABASE}_many"


@dataclass(frozen=True, slots=True)
class Ground:
    """``port`` serves the few cases and the twin of ``case_id``, ``many_port`` the many; both know the same people."""

    folder: Path
    installation: Installation
    town: Town
    case_id: UUID
    port: int
    many_port: int


@contextmanager
def prepared(scale: Scale) -> Iterator[Ground]:
    """Build it all in a temporary folder, serve it, and leave nothing behind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sspf-bench-")))
        settings = throw_away_settings(folder)
        embedded = Embedded(settings.database_dir, keep=False)
        stack.callback(embedded.stop)
        prepare(settings, embedded, create_roles=True, create_keyring=True)
        town, case_id = _seed(settings, embedded, scale)
        _seed_many(embedded, town, scale)
        few = _opened(stack, settings, embedded, DATABASE)
        many = _opened(stack, settings, embedded, MANY)
        yield Ground(
            folder=folder,
            installation=few,
            town=town,
            case_id=case_id,
            port=stack.enter_context(served(create_app(few, more=[twin]))),
            many_port=stack.enter_context(served(create_app(many))),
        )


def throw_away_settings(folder: Path) -> Settings:
    """As in production and with its defaults, whatever the environment says: nobody's database is touched."""
    return Settings(
        mode=Mode.PRODUCTION,
        database_url=None,
        owner_database_url=None,
        data_dir=folder,
        keyring=None,
        base_url="https://localhost",
        pool_size=10,
    )


def _opened(stack: ExitStack, settings: Settings, embedded: Embedded, database: str) -> Installation:
    url = SecretStr(embedded.url(APPLICATION, database))
    installation = open_installation(settings.model_copy(update={"database_url": url}))
    stack.callback(installation.close)
    return installation


def _seed(settings: Settings, embedded: Embedded, scale: Scale) -> tuple[Town, UUID]:
    """The municipality, the case that is measured with its twin, and the few cases around it."""
    with ExitStack() as stack:
        sessions = _opened(stack, settings, embedded, DATABASE).sessions
        with sessions.begin() as session:
            town = found(session)
        with sessions.begin() as session:
            case_id = open_case(session, town, fields=scale.fields)
        with _owner(embedded, DATABASE) as owner:
            with sessions.begin() as session:
                copy_case(session, owner, town.coordinator, case_id)
            fill(owner, town, range(1, scale.few_cases))
    return town, case_id


def _seed_many(embedded: Embedded, town: Town, scale: Scale) -> None:
    """A copy of the database, with the many cases in it as well; nobody is connected to the first."""
    admin = create_engine(embedded.url(SUPERUSER, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {MANY} TEMPLATE {DATABASE} OWNER {OWNER}"))
        connection.execute(text(f"GRANT CONNECT ON DATABASE {MANY} TO {APPLICATION}"))
    admin.dispose()
    with _owner(embedded, MANY) as owner:
        fill(owner, town, range(scale.few_cases, scale.many_cases))


@contextmanager
def _owner(embedded: Embedded, database: str) -> Iterator[Engine]:
    engine = create_engine(embedded.url(OWNER, database))
    try:
        yield engine
    finally:
        engine.dispose()
