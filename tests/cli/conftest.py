"""The command line on an installation: an embedded one of its own, or a database on the tests' server."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from typer.testing import CliRunner

from sspf.cli import app
from sspf.db.embedded import APPLICATION, OWNER, SUPERUSER, Embedded
from sspf.vault.keyring import FileKeyring
from tests.conftest import clone, drop

# Nothing asks for it on the server's own socket; it must be seen nowhere.
PASSWORD = "ekorre-i-tallen-47"


@dataclass(frozen=True)
class Ran:
    """A command that is over: how, and everything that it said."""

    code: int
    said: str
    printed: str
    error: BaseException | None

    @property
    def json(self) -> Any:
        (line,) = self.printed.splitlines()
        return json.loads(line)


Sspf = Callable[..., Ran]


def runner(environment: Mapping[str, str]) -> Sspf:
    """``sspf("audit", "verify")`` with these settings and no others."""

    def sspf(*arguments: str, **more: str | None) -> Ran:
        foreign = {name: None for name in os.environ if name.startswith("SSPF_")}
        handlers, configured = logging.getLogger().handlers[:], structlog.get_config()
        result = CliRunner().invoke(app, list(arguments), env={**foreign, **environment, "COLUMNS": "300", **more})
        # a command that serves sends the log to what was standard output then
        logging.getLogger().handlers[:] = handlers
        structlog.configure(**configured)
        error = None if isinstance(result.exception, SystemExit) else result.exception
        return Ran(result.exit_code, result.output, result.stdout, error)

    return sspf


@dataclass(frozen=True)
class Server:
    """An installation on a server of its own: a migrated database, its addresses and its keys."""

    name: str
    embedded: Embedded
    folder: Path

    def url(self, role: str) -> str:
        return make_url(self.embedded.url(role, self.name)).set(password=PASSWORD).render_as_string(hide_password=False)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SSPF_DATABASE_URL": self.url(APPLICATION),
            "SSPF_OWNER_DATABASE_URL": self.url(OWNER),
            "SSPF_BASE_URL": "https://sspf.exempel.invalid",
            "SSPF_DATA_DIR": str(self.folder),
        }

    @property
    def keyring(self) -> Path:
        return self.folder / "keys" / "keyring.json"

    def forge(self, sql: str) -> None:
        """As a superuser with every trigger off."""
        engine = create_engine(self.embedded.url(SUPERUSER, self.name))
        with engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql(sql)
        engine.dispose()


@pytest.fixture
def server(embedded: Embedded, template: str, tmp_path: Path) -> Iterator[Server]:
    name = clone(embedded, template)
    yield Server(name, embedded, tmp_path)
    drop(embedded, name)


@pytest.fixture
def sspf(server: Server) -> Sspf:
    """The command line of an installation that is ready but for its first organisation."""
    FileKeyring.create(server.keyring)
    return runner(server.environment)


@pytest.fixture(scope="module")
def shared_server(embedded: Embedded, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for a module's tests that leave it as they found it; ready but for its first organisation."""
    name = clone(embedded, template)
    server = Server(name, embedded, tmp_path_factory.mktemp("installation"))
    FileKeyring.create(server.keyring)
    yield server
    drop(embedded, name)


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """A folder for an embedded installation, whose server another process keeps running between the commands."""
    # /tmp, since as root the server opens every folder above its data to others
    with tempfile.TemporaryDirectory(prefix="sspf-test-cli-", dir="/tmp") as folder:
        keep_running = (
            "from pathlib import Path; from sspf.db.embedded import Embedded;"
            f"server = Embedded(Path({str(Path(folder) / 'database')!r}));"
            "print('running', flush=True); input(); server.stop()"
        )
        with subprocess.Popen(  # noqa: S603  # ourselves
            [sys.executable, "-c", keep_running], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as keeper:
            assert keeper.stdout is not None
            assert keeper.stdout.readline() == "running\n"
            yield Path(folder)
            keeper.communicate("\n", timeout=60)
