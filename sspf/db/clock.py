"""The database's clock: the only one that decides when something began or ended."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

SWEDEN = ZoneInfo("Europe/Stockholm")


def now(session: Session) -> datetime:
    """The time right now, not the transaction's start: what waited for a lock must not look older."""
    at: datetime = session.scalars(select(func.clock_timestamp())).one()
    return at


def today(session: Session) -> date:
    """Today's date in Sweden, where ages and deadlines turn at midnight."""
    return day_of(now(session))


def day_of(at: datetime) -> date:
    """The date in Sweden at a moment."""
    return at.astimezone(SWEDEN).date()
