"""Engines and sessions: one transaction a request, begun on purpose and ended once."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

Sessions = sessionmaker[Session]


def make_engine(url: str, *, pool_size: int = 10) -> Engine:
    """An engine whose connections wait at most two seconds for a lock and never sit idle in a transaction."""
    engine = create_engine(
        url, pool_size=pool_size, max_overflow=0, pool_timeout=30, pool_pre_ping=True, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def set_limits(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
            cursor.execute("SET statement_timeout = '10s'")
            cursor.execute("SET idle_in_transaction_session_timeout = '15s'")
            cursor.execute("SET timezone = 'UTC'")
        connection.commit()

    return engine


def make_sessions(engine: Engine, **info: object) -> Sessions:
    """Sessions that begin only when asked: work after the commit raises instead of starting a new transaction."""
    return sessionmaker(engine, autobegin=False, expire_on_commit=False, info=info)


def connected(database: Engine | Connection) -> AbstractContextManager[Connection]:
    """A connection of the engine's own, or the very one that was given: a request takes no second."""
    return nullcontext(database) if isinstance(database, Connection) else database.connect()
