"""When something is due, in words and groups; the family is never late."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from sspf.plans.models import Status
from sspf.plans.timing import Timing, days_off, end_of_week, grouped, reminder, timing

TUESDAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Promise:
    due_on: date
    status: Status = Status.OPEN
    is_family: bool = False


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 23), Timing.LATE),
        (date(2026, 11, 24), Timing.THIS_WEEK),
        (date(2026, 11, 29), Timing.THIS_WEEK),
        (date(2026, 11, 30), Timing.LATER),
    ],
)
def test_the_day_decides_and_the_week_ends_with_sunday(day: date, expected: Timing) -> None:
    assert timing(Promise(day), TUESDAY) is expected
    assert timing(Promise(day, Status.POSTPONED), TUESDAY) is expected


def test_on_a_sunday_the_week_is_that_day() -> None:
    sunday = date(2026, 11, 29)

    assert end_of_week(sunday) == sunday
    assert timing(Promise(sunday + timedelta(days=1)), sunday) is Timing.LATER


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 400])
def test_the_family_is_never_late(days: int) -> None:
    assert timing(Promise(TUESDAY + timedelta(days=days), is_family=True), TUESDAY) is Timing.FAMILY


@pytest.mark.parametrize("status", [Status.DONE, Status.DROPPED])
def test_what_is_over_is_never_late(status: Status) -> None:
    assert timing(Promise(date(2020, 1, 1), status), TUESDAY) is Timing.CLOSED


def test_groups_stand_in_their_order_and_empty_ones_not_at_all() -> None:
    later, late, family = Promise(date(2027, 1, 1)), Promise(date(2026, 1, 1)), Promise(TUESDAY, is_family=True)

    groups = grouped([later, family, late], TUESDAY)

    assert [(group.timing, list(group.rows)) for group in groups] == [
        (Timing.LATE, [late]),
        (Timing.LATER, [later]),
        (Timing.FAMILY, [family]),
    ]
    assert [str(group.heading) for group in groups] == ["Försenade", "Senare", "Familjens egna"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "för 2 dagar sedan"),
        (-1, "i går"),
        (0, "i dag"),
        (1, "i morgon"),
        (2, "om 2 dagar"),
        (21, "om 21 dagar"),
    ],
)
def test_how_far_off_a_day_is(days: int, words: str) -> None:
    assert str(days_off(TUESDAY + timedelta(days=days), TUESDAY)) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "Försenat sedan 3 dagar"),
        (-1, "Försenat sedan 1 dag"),
        (0, "Påminns nu"),
        (2, "Påminns nu"),
        (3, "Påminns 2 dagar före"),
    ],
)
def test_when_somebody_is_reminded(days: int, words: str) -> None:
    assert str(reminder(Promise(TUESDAY + timedelta(days=days)), TUESDAY)) == words


@pytest.mark.parametrize("days", [-3, 0, 9])
def test_nobody_is_reminded_of_what_is_over_or_the_familys_own(days: int) -> None:
    day = TUESDAY + timedelta(days=days)

    assert reminder(Promise(day, is_family=True), TUESDAY) is None
    assert reminder(Promise(day, Status.DONE), TUESDAY) is None
    assert reminder(Promise(day, Status.DROPPED), TUESDAY) is None
