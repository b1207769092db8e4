"""Empty databases to migrate, and what stands in them as PostgreSQL itself writes it down."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import create_engine

from sspf.db import roles
from sspf.db.embedded import OWNER, SUPERUSER, Embedded
from tests.conftest import clone, drop
from tests.dumping import dump

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Empty:
    """A database with nothing in it but the right to make something, as the owner of the tables sees it."""

    embedded: Embedded
    name: str

    @property
    def owner_url(self) -> str:
        return self.embedded.url(OWNER, self.name)

    @property
    def superuser_url(self) -> str:
        return self.embedded.url(SUPERUSER, self.name)

    def schema(self) -> str:
        """Every table, index, constraint, function, trigger and grant."""
        lines = dump(self.embedded, self.name, "--schema-only").splitlines()
        return "\n".join(line for line in lines if line and not line.startswith("--"))


@pytest.fixture
def empty(embedded: Embedded, template: str) -> Iterator[Empty]:
    """``template`` is asked for so that the log-in roles are there."""
    name = f"sspf_empty_{next(_numbers)}"
    admin = create_engine(embedded.url(SUPERUSER, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    roles.create_roles(admin, name)
    admin.dispose()
    yield Empty(embedded, name)
    drop(embedded, name)


@pytest.fixture
def migrated(embedded: Embedded, template: str) -> Iterator[Empty]:
    """A database in its newest form."""
    name = clone(embedded, template)
    yield Empty(embedded, name)
    drop(embedded, name)
