"""Time that passes without being waited for: the database tells a session a later time from then on."""

from datetime import datetime

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from sspf.db import clock
from sspf.db.embedded import APPLICATION

CLOCKS = ("clock_timestamp", "statement_timestamp")


def add_later(owner: Connection) -> None:
    """The schema ``later``, where the database's clocks go as much ahead as a transaction says."""
    owner.execute(text("CREATE SCHEMA later"))
    owner.execute(text(f"GRANT USAGE ON SCHEMA later TO {APPLICATION}"))
    for name in CLOCKS:
        ahead = f"SELECT pg_catalog.{name}() + current_setting(''later.by'')::interval"
        owner.execute(text(f"CREATE FUNCTION later.{name}() RETURNS timestamptz LANGUAGE sql AS '{ahead}'"))


def wait_for(session: Session, moment: datetime) -> None:
    """From now on, until its transaction ends, it is just after ``moment`` for everything this session asks."""
    ahead = f"{(moment - clock.now(session)).total_seconds() + 0.001} seconds"
    path = "later, pg_catalog, public"
    session.execute(select(func.set_config("later.by", ahead, True), func.set_config("search_path", path, True)))
    assert clock.now(session) > moment
