"""One opened installation: its database, its keys and its trail, ready for work."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError

from audit import log as trail
from sspf.db import migrate, roles
from sspf.db.embedded import APPLICATION, OWNER, SUPERUSER, Embedded
from sspf.db.sessions import Sessions, make_engine, make_sessions
from sspf.settings import Settings
from sspf.vault.keyring import FileKeyring, check_place
from sspf.vault.keys import KeyStore
from sspf.vault.sealers import NarrowSealer, narrow

DATABASE = "sspf"


class NotReady(Exception):  # noqa: N818  # a state, in one sentence for whoever runs it
    """The installation cannot be opened as it is; the message says what to do."""


@dataclass(frozen=True)
class Installation:
    """What a process works with. ``totp_sealer`` is for the sign-in, ``log_sealer`` for the auditor's pages."""

    settings: Settings
    engine: Engine
    sessions: Sessions
    log_sealer: NarrowSealer
    totp_sealer: NarrowSealer
    embedded: Embedded | None = None

    def close(self) -> None:
        self.engine.dispose()
        if self.embedded is not None:
            self.embedded.stop()


def open_installation(settings: Settings, *, embedded: Embedded | None = None, **info: object) -> Installation:
    """Open the installation as the application's role; ``info`` goes with every session.

    Raises:
        NotReady: something is missing, or too open for real cases.
    """
    started = embedded or start_embedded(settings)
    engine = make_engine(application_url(settings, started), pool_size=settings.pool_size)
    try:
        return _opened(settings, engine, started, info)
    except BaseException:
        engine.dispose()
        if started is not None and embedded is None:
            started.stop()
        raise


def _opened(settings: Settings, engine: Engine, embedded: Embedded | None, info: Mapping[str, object]) -> Installation:
    refuse_unsafe(settings, engine)
    if not migrate.is_current(engine):
        raise NotReady("The database is not in its newest form. Run: sspf migrate")
    keys = KeyStore(FileKeyring(settings.keyring_path))
    sessions = make_sessions(engine, keys=keys, settings=settings, **info)
    with sessions.begin() as session:
        log_sealer, totp_sealer = narrow(session, "log"), narrow(session, "totp")
        sealers = {"log_sealer": log_sealer, "totp_sealer": totp_sealer, "ticket_sealer": narrow(session, "ticket")}
    sessions.configure(info={**sessions.kw["info"], **sealers})
    trail.install(sessions, log_sealer)
    return Installation(settings, engine, sessions, log_sealer, totp_sealer, embedded)


def start_embedded(settings: Settings) -> Embedded | None:
    """The embedded server, unless the settings name another."""
    return None if settings.database_url is not None else Embedded(settings.database_dir)


def application_url(settings: Settings, embedded: Embedded | None) -> str:
    if embedded is not None:
        return embedded.url(APPLICATION, DATABASE)
    if settings.database_url is None:
        raise NotReady("Set SSPF_DATABASE_URL.")
    return _address("SSPF_DATABASE_URL", settings.database_url)


def _address(name: str, given: SecretStr) -> str:
    """The address in a setting, if it can be read as one; the library's own words might quote it."""
    address = given.get_secret_value()
    try:
        make_url(address).get_dialect()
    except (ArgumentError, ValueError):
        raise NotReady(f"{name} cannot be read. Write it as postgresql+psycopg://role@host/database") from None
    return address


def refuse_unsafe(settings: Settings, engine: Engine) -> None:
    """What production does not start with; the demo has the same keys and roles, but no https.

    Raises:
        NotReady: keys missing or misplaced, plain http, or a role that could change the trail.
    """
    if not settings.keyring_path.is_file():
        raise NotReady(f"There is no keyring at {settings.keyring_path}. Run: sspf migrate --create-keyring")
    if settings.database_url is None:
        check_place(settings.keyring_path, settings.database_dir)
    if not settings.is_demo and not settings.base_url.startswith("https://"):
        raise NotReady("SSPF_BASE_URL must begin with https:// where real people's data is kept.")
    too_powerful = roles.too_powerful(engine)
    if too_powerful is not None:
        raise NotReady(f"The application may not serve as this database role: {too_powerful}.")


def prepare(settings: Settings, embedded: Embedded | None, *, create_roles: bool, create_keyring: bool) -> None:
    """Make what is missing, then bring the database to its newest form.

    Raises:
        NotReady: no owner's address for a server of its own.
    """
    if embedded is not None:
        _create_database(embedded)
        owner_url = embedded.url(OWNER, DATABASE)
    elif settings.owner_database_url is None:
        raise NotReady("Set SSPF_OWNER_DATABASE_URL to the role that owns the tables.")
    else:
        owner_url = _address("SSPF_OWNER_DATABASE_URL", settings.owner_database_url)
        if create_roles:
            engine = create_engine(owner_url)
            roles.create_roles(engine, engine.url.database or DATABASE)
            engine.dispose()
    migrate.upgrade(owner_url)
    if create_keyring and not settings.keyring_path.exists():
        make_keyring(settings.keyring_path, settings)


def make_keyring(path: Path, settings: Settings) -> None:
    if settings.database_url is None:
        check_place(path, settings.database_dir)
    FileKeyring.create(path)


def _create_database(embedded: Embedded) -> None:
    admin = create_engine(embedded.url(SUPERUSER, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        found = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": DATABASE}).first()
        if found is None:
            connection.exec_driver_sql(f"CREATE DATABASE {DATABASE}")
    roles.create_roles(admin, DATABASE)
    admin.dispose()
