"""The database's clock: the same for every process, and the one that began the session."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def now(session: Session) -> datetime:
    """The time right now (UTC), not when the transaction began."""
    time: datetime = session.scalars(select(func.clock_timestamp())).one()
    return time
