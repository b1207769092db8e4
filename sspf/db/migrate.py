"""Bring a database to the newest form, or say whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from sspf.db.sessions import connected

SCRIPTS = Path(__file__).parent.parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for ``url``, the same from a checkout and from an installed package."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["url"] = url
    return config


def upgrade(owner_url: str) -> None:
    """Run every migration not yet run, as the role that owns the tables."""
    command.upgrade(alembic_config(owner_url), "head")


def is_current(database: Engine | Connection) -> bool:
    """Whether the database has exactly the newest migration."""
    with connected(database) as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == ScriptDirectory(str(SCRIPTS)).get_current_head()
