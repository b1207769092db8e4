"""How long a closed case is kept: five years after the last note, but for those whom the regulation preserves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.law.retention import Place, retention_of
from sspf.organisations.municipalities import place_of

DAYS = st.dates(date(2026, 1, 1), date(2090, 12, 31))
BIRTHDAYS = st.dates(date(2005, 1, 1), date(2025, 12, 31))
SMALL = Place("1380", "13")
EVERYWHERE = st.builds(
    Place, st.sampled_from(["1380", "0581", "1480", "0980", "2281"]), st.sampled_from(["13", "05", "14", "09", "22"])
)


@given(last=DAYS, born=st.none() | BIRTHDAYS, place=EVERYWHERE)
def test_nothing_is_ever_erased_before_five_whole_years_have_passed(last, born, place):
    found = retention_of(last, born, place)

    if found.earliest is not None:
        assert found.earliest.year == last.year + 5
        assert found.earliest >= last + timedelta(days=5 * 365)
        assert found.finished_by == date(found.earliest.year + 1, 12, 31)


@given(last=DAYS, born=BIRTHDAYS, day=st.sampled_from([5, 15, 25]))
def test_whoever_is_born_on_one_of_three_days_is_preserved_everywhere(last, born, day):
    assert retention_of(last, born.replace(day=day), SMALL).is_preserved


@given(last=DAYS, born=BIRTHDAYS.filter(lambda born: born.day not in {5, 15, 25}))
def test_and_nobody_else_outside_the_named_places(last, born):
    assert not retention_of(last, born, SMALL).is_preserved


@pytest.mark.parametrize("code", ["0581", "0580", "0980", "2281", "2284", "1480"])
@given(last=DAYS, born=st.none() | BIRTHDAYS)
def test_in_three_counties_and_in_gothenburg_everything_is_preserved(code, last, born):
    found = retention_of(last, born, place_of(code))

    assert found.is_preserved
    assert not found.is_unsure


@pytest.mark.parametrize("code", ["1380", "1481", "0180", "0488"])
def test_their_neighbours_are_not_among_them(code):
    assert not retention_of(date(2026, 11, 26), date(2013, 4, 1), place_of(code)).is_preserved


@given(last=DAYS, born=BIRTHDAYS, place=EVERYWHERE)
def test_the_age_30_rule_only_ever_keeps_longer(last, born, place):
    usual = retention_of(last, born, place)
    longer = retention_of(last, born, place, child_files_to_age_30=True)

    assert usual.is_preserved == longer.is_preserved
    if longer.earliest is not None and usual.earliest is not None:
        assert longer.earliest >= usual.earliest
        assert longer.earliest.year >= born.year + 30


@given(last=DAYS)
def test_what_is_not_known_is_said(last):
    assert retention_of(last, None, SMALL).is_unsure
    assert retention_of(last, date(2013, 4, 1), place_of("0000")).is_unsure
    assert not retention_of(last, date(2013, 4, 1), SMALL).is_unsure


def test_a_leap_day_ends_on_the_first_of_march():
    assert retention_of(date(2028, 2, 29), date(2013, 4, 1), SMALL).earliest == date(2033, 3, 1)
