"""How long: days and months as people count them, turned into the moments that hold in the database."""

import calendar
from datetime import date, datetime, time, timedelta

from sspf.db.clock import SWEDEN

DEFAULT_MONTHS = 6
MOST_MONTHS = 12
SIGNED_WITHIN = 14  # days in which what was said must be signed
ENDS_SOON = 30  # days before the end in which it is time to ask again


def months_after(day: date, months: int) -> date:
    """The same day some months on, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def begin_of(day: date) -> datetime:
    """The midnight that ``day`` begins at, in Sweden."""
    return datetime.combine(day, time.min, SWEDEN)


def end_of(day: date) -> datetime:
    """The midnight after ``day``, in Sweden."""
    return begin_of(day + timedelta(days=1))


def last_day(until: datetime) -> date:
    """The last day on which something that ends at ``until`` still holds."""
    return (until - timedelta(microseconds=1)).astimezone(SWEDEN).date()
