"""When something is due, as people say it. Pure. What the family has promised is never late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from sspf.plans.models import TO_DO, Status
from sspf.texts import Text, _, either

REMINDED_BEFORE = 2
# how long what was done or dropped stays on a list
LATELY = timedelta(days=7)


class Timing(StrEnum):
    """The groups of a list of actions, in the order they stand."""

    LATE = "late"
    THIS_WEEK = "this_week"
    LATER = "later"
    FAMILY = "family"
    CLOSED = "closed"


HEADINGS: dict[Timing, Text] = {
    Timing.LATE: _("Försenade"),
    Timing.THIS_WEEK: _("Den här veckan"),
    Timing.LATER: _("Senare"),
    Timing.FAMILY: _("Familjens egna"),
    Timing.CLOSED: _("Klara (senaste 7 dagarna)"),
}


class Timed(Protocol):
    """What the rules here need to know of an action."""

    @property
    def status(self) -> Status: ...
    @property
    def is_family(self) -> bool: ...
    @property
    def due_on(self) -> date: ...


Row = TypeVar("Row", bound=Timed)


@dataclass(frozen=True, slots=True)
class Group(Generic[Row]):
    """The rows of one timing; never empty."""

    timing: Timing
    rows: Sequence[Row]

    @property
    def heading(self) -> Text:
        return HEADINGS[self.timing]


def timing(action: Timed, today: date) -> Timing:
    """Where an action stands on ``today``, a day in Sweden. A week ends with its Sunday."""
    if action.status not in TO_DO:
        return Timing.CLOSED
    if action.is_family:
        return Timing.FAMILY
    if action.due_on < today:
        return Timing.LATE
    return Timing.THIS_WEEK if action.due_on <= end_of_week(today) else Timing.LATER


def end_of_week(today: date) -> date:
    """The Sunday that ends the week of ``today``."""
    return today + timedelta(days=6 - today.weekday())


def grouped(actions: Iterable[Row], today: date) -> list[Group[Row]]:
    """The groups that have something in them; rows keep their order."""
    rows = list(actions)
    groups = ((one, [row for row in rows if timing(row, today) is one]) for one in Timing)
    return [Group(one, its) for one, its in groups if its]


def days_off(due_on: date, today: date) -> Text:
    """How far off the day is, to stand beside the date itself."""
    days = (due_on - today).days
    if days == 0:
        return _("i dag")
    if days == 1:
        return _("i morgon")
    if days == -1:
        return _("i går")
    if days < 0:
        return either("för %(number)s dag sedan", "för %(number)s dagar sedan", -days)
    return either("om %(number)s dag", "om %(number)s dagar", days)


def reminder(action: Timed, today: date) -> Text | None:
    """When whoever has the action is reminded of it; None when there is nothing to be reminded of.

    Nobody is reminded of what the family has promised: it is taken up at the meeting.
    """
    if action.status not in TO_DO or action.is_family:
        return None
    days = (action.due_on - today).days
    if days < 0:
        return either("Försenat sedan %(number)s dag", "Försenat sedan %(number)s dagar", -days)
    if days > REMINDED_BEFORE:
        return _("Påminns %(number)s dagar före", number=REMINDED_BEFORE)
    return _("Påminns nu")


def not_in_reach(due_on: date, today: date) -> Text | None:
    """Why nobody can promise to be done by that day, or None: it has been, or the year is mistyped."""
    if due_on < today:
        return _("Skriv i dag eller en senare dag.")
    if due_on > today + timedelta(days=2 * 366):
        return _("Dagen är mer än två år bort. Kontrollera årtalet.")
    return None
