"""What an installation decides, read once from ``SSPF_…`` in the environment.

No secret has a default. A misspelt ``SSPF_…`` stops the start, since a setting
that silently does nothing is worse than one that is missing.
"""

import os
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SSPF_"


def default_data_dir() -> Path:
    """As root a system folder, since the embedded server opens every folder above its data; else the user's own."""
    return Path("/var/lib/sspf") if os.geteuid() == 0 else Path.home() / ".local" / "share" / "sspf"


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"


class Settings(BaseSettings):
    """One installation's settings; ``README.md`` lists them for whoever runs it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    mode: Mode = Mode.PRODUCTION
    # Application role. Unset: the embedded server under data_dir.
    database_url: SecretStr | None = None
    # Owner role, read by `sspf migrate` only.
    owner_database_url: SecretStr | None = None
    data_dir: Path = Field(default_factory=default_data_dir)
    keyring: Path | None = None
    base_url: str = "https://localhost"
    host: str = "127.0.0.1"
    port: int = 8000
    pool_size: int = 10
    # Who may speak for the client's address (X-Forwarded-For); a reverse proxy on this machine.
    trusted_proxies: str = "127.0.0.1"

    # Keep a child's case until the 30th birthday; off until the municipality's lawyer has decided on it.
    child_files_to_age_30: bool = False

    @model_validator(mode="after")
    def _refuse_unknown_names(self) -> Self:
        known = {PREFIX + name.upper() for name in type(self).model_fields}
        unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known | TOOLING)
        if unknown:
            raise ValueError(f"unknown settings: {', '.join(unknown)}")
        return self

    @property
    def is_demo(self) -> bool:
        return self.mode is Mode.DEMO

    @property
    def database_dir(self) -> Path:
        """Where the embedded server keeps its files; nothing else may lie in it."""
        return self.data_dir / "database"

    @property
    def keyring_path(self) -> Path:
        """The root keys: beside the database's folder by default, never in or above it."""
        return self.keyring or self.data_dir / "keys" / "keyring.json"


# Read by the tests and the bench, not by an installation.
TOOLING = frozenset({"SSPF_CHROMIUM", "SSPF_SCREENSHOTS"})
