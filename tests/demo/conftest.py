"""The demo as ``sspf demo`` makes it: prepared, seeded and served, on the tests' server."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient

from sspf.app.installation import DATABASE, Installation, open_installation, prepare
from sspf.app.web import create_app
from sspf.db.clock import SWEDEN
from sspf.db.embedded import SUPERUSER, Embedded
from sspf.demo import numbers
from sspf.demo.routes import router
from sspf.demo.seeding import seed_if_empty
from sspf.settings import Mode, Settings
from sspf.web.log import configure_logging
from tests.conftest import drop


@dataclass(frozen=True)
class Demo:
    """The demo and the day it was seeded, what it has said to its own log, and what the database's server has said."""

    day: date
    installation: Installation
    embedded: Embedded
    said: io.StringIO
    log_begins: int

    @cached_property
    def app(self) -> FastAPI:
        return create_app(self.installation, more=[router])

    def client(self, key: str | None = None) -> TestClient:
        """A browser signed in as one of the cast, by the button on ``/demo``."""
        client = TestClient(
            self.app,
            base_url="https://testserver",  # a browser sends our cookie to 127.0.0.1 too, this one only over https
            follow_redirects=False,
            headers={"Sec-Fetch-Site": "same-origin"},
            raise_server_exceptions=False,
        )
        if key is not None:
            assert client.post("/demo/sign-in", data={"as": key}).status_code == 303
        return client

    def superuser_url(self) -> str:
        return self.embedded.url(SUPERUSER, DATABASE)

    def server_log(self) -> bytes:
        """What the server has logged since the demo began: every statement with its values."""
        with server_log_of(self.embedded).open("rb") as log:
            log.seek(self.log_begins)
            return log.read()


def server_log_of(embedded: Embedded) -> Path:
    found: Path = embedded._server.log
    return found


@contextmanager
def heard(said: io.StringIO) -> Iterator[None]:
    """Let the application log to ``said`` meanwhile, as it would to its file."""
    handlers, configured = logging.getLogger().handlers[:], structlog.get_config()
    configure_logging(said)
    yield
    logging.getLogger().handlers[:] = handlers
    structlog.configure(**configured)


@pytest.fixture(scope="session")
def demo(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    data_dir = tmp_path_factory.mktemp("demo")
    settings = Settings(mode=Mode.DEMO, base_url="http://127.0.0.1:8000", data_dir=data_dir, pool_size=5)
    prepare(settings, embedded, create_roles=True, create_keyring=True)
    begins = server_log_of(embedded).stat().st_size
    _log_everything(embedded)
    installation = open_installation(settings, embedded=embedded, only_numbers=numbers.test_numbers())
    said = io.StringIO()
    day = datetime.now(SWEDEN).date()
    with heard(said):
        assert seed_if_empty(installation)
    yield Demo(day, installation, embedded, said, begins)
    installation.engine.dispose()
    drop(embedded, DATABASE)


def _log_everything(embedded: Embedded) -> None:
    """Let the server log every statement and every value sent with it, far beyond what it does by itself."""
    engine = create_engine(embedded.url(SUPERUSER, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {DATABASE} SET log_statement = 'all'"))
    engine.dispose()
