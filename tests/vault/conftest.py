"""A database with two tables to seal in, and in it, for each test, a municipality with a cast of its own.

One database serves all of these tests: what they commit has ids that no other test has.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session

from audit import log as trail
from sspf.db.embedded import APPLICATION, OWNER, SUPERUSER, Embedded
from sspf.db.sessions import make_engine, make_sessions
from sspf.vault.keys import KeyStore
from sspf.vault.sealers import narrow
from tests.vault.make import House, VaultDatabase, build_house
from tests.vault.tables import OtherSecret, Secret, TestBase

NAME = "sspf_vault_tests"
TABLES = [Secret.__table__, OtherSecret.__table__]


@pytest.fixture(scope="session")
def vault_database(embedded: Embedded, template: str, key_store: KeyStore) -> Iterator[VaultDatabase]:
    admin = create_engine(embedded.url(SUPERUSER, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {NAME} TEMPLATE {template} OWNER {OWNER}")
        connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {NAME} TO {APPLICATION}")
    owner = create_engine(embedded.url(OWNER, NAME))
    with owner.begin() as connection:
        # the envelope's own table is there already
        TestBase.metadata.create_all(connection, tables=TABLES)
        connection.execute(text("GRANT SELECT, INSERT ON test_secret, test_other_secret TO sspf_app"))
    owner.dispose()
    engine = make_engine(embedded.url(APPLICATION, NAME), pool_size=30)
    event.listen(engine, "connect", _be_patient)
    sessions = make_sessions(engine, keys=key_store)
    with sessions.begin() as session:
        sealer = narrow(session, "log")
    trail.install(sessions, sealer)
    superuser = create_engine(embedded.url(SUPERUSER, NAME))
    yield VaultDatabase(sessions, superuser, sealer)
    superuser.dispose()
    engine.dispose()
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {NAME} WITH (FORCE)")
    admin.dispose()


def _be_patient(connection: Any, _record: object) -> None:
    """Twenty threads on a busy machine wait longer than a page may; how long a page may is not tested here."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '30s'")
        cursor.execute("SET statement_timeout = '60s'")
        cursor.execute("SET idle_in_transaction_session_timeout = '60s'")
    connection.commit()


@pytest.fixture
def house(vault_database: VaultDatabase) -> House:
    return build_house(vault_database)


@pytest.fixture
def count_statements() -> Callable[[Session], AbstractContextManager[list[str]]]:
    """Collects the statements a session sends while the context is open."""

    @contextmanager
    def counting(session: Session) -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        engine = session.get_bind().engine
        event.listen(engine, "before_cursor_execute", note)
        yield seen
        event.remove(engine, "before_cursor_execute", note)

    return counting
