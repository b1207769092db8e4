"""Cheap hashing and a session with a trail, for the tests of auth."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from audit.log import create_log, install
from auth import passwords
from sspf.db.sessions import Sessions, make_sessions
from tests.auth.make import MUNICIPALITY, SEALER


def pytest_configure(config):
    config.addinivalue_line("markers", "real_hashing: hashes passwords at the real cost")


class CountingHasher(PasswordHasher):
    """Argon2id at almost no cost, that remembers which hashes it verified."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[str] = []

    def verify(self, hash, password):  # noqa: A002  # the name of the method it stands in for
        self.verified.append(hash)
        return super().verify(hash, password)


@pytest.fixture(autouse=True)
def verifications(monkeypatch, request) -> list[str]:
    """Every hash that has been verified in the test, in order."""
    cheap = CountingHasher()
    if "real_hashing" not in request.keywords:
        monkeypatch.setattr(passwords, "_hasher", cheap)
        monkeypatch.setattr(passwords, "_NOBODY", cheap.hash("nobody"))
    return cheap.verified


@pytest.fixture
def session(shared_engine: Engine) -> Iterator[Session]:
    """As everywhere, with a trail: what is recorded can be looked at, and is rolled back with the rest."""
    with shared_engine.connect() as connection:
        outer = connection.begin()
        made = sessionmaker(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        install(made, SEALER)
        with made() as session, session.begin():
            yield session
            session.rollback()
        outer.rollback()


@pytest.fixture
def sessions(fresh_database) -> Sessions:
    """Sessions that commit, each on a connection of its own, in a database with one municipality's log."""
    made = make_sessions(fresh_database.engine)
    install(made, SEALER)
    with made.begin() as session:
        create_log(session, MUNICIPALITY, "test/auth")
    return made
