"""One month to tell somebody that they are written down, on every day of the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.law.informing import inform_by, is_pressing


@pytest.mark.parametrize(
    ("obtained_on", "by"),
    [
        (date(2026, 11, 26), date(2026, 12, 26)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_it_is_the_same_day_of_the_next_month_or_its_last(obtained_on, by):
    assert inform_by(obtained_on) == by


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_it_is_never_more_than_a_month(obtained_on):
    by = inform_by(obtained_on)

    assert 28 <= (by - obtained_on).days <= 31
    assert (by.year * 12 + by.month) - (obtained_on.year * 12 + obtained_on.month) == 1


def test_it_is_pressing_from_a_week_before_and_when_it_is_late():
    by = date(2026, 12, 26)

    assert [is_pressing(by, by - timedelta(days=days)) for days in (8, 7, 0, -3)] == [False, True, True, True]
