"""Times as people here read them: in the words of the reader's language, by the clock on the wall."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_time

from sspf.db.clock import SWEDEN, day_of
from sspf.web.languages import locale


def date_words(value: date) -> str:
    """tisdag 24 november 2026"""
    return _written(_day(value), "EEEE d MMMM y", locale())


def day(value: date) -> str:
    """24 nov. 2026"""
    return _written(_day(value), "d MMM y", locale())


def time(value: datetime) -> str:
    """09:00"""
    return format_time(value.astimezone(SWEDEN), "HH:mm", locale=locale())


def moment(value: datetime) -> str:
    """24 nov. 2026 09:00"""
    return format_datetime(value.astimezone(SWEDEN), "d MMM y HH:mm", locale=locale())


def machine(value: date) -> str:
    """2026-11-24 or 2026-11-24T09:00+01:00, for ``<time datetime>``."""
    if isinstance(value, datetime):
        return value.astimezone(SWEDEN).isoformat(timespec="minutes")
    return value.isoformat()


def date_echo(typed: str) -> str:
    """The words for a date that somebody has typed, or nothing while it is no date."""
    try:
        return date_words(date.fromisoformat(typed))
    except ValueError:
        return ""


def _day(value: date) -> date:
    return day_of(value) if isinstance(value, datetime) else value


@lru_cache(maxsize=4096)  # a page mentions the same few days again and again
def _written(value: date, pattern: str, spoken: str) -> str:
    return format_date(value, pattern, locale=spoken)
