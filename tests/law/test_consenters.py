"""Who must say yes, at every age and on the days when it changes."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.law.consenters import AGE_TABLE, age_on, needed, nth_birthday, rule_for, turns_adult_on

YOUTH, MOTHER, FATHER = uuid4(), uuid4(), uuid4()
LEAP_DAY = date(2012, 2, 29)

births = st.dates(date(1990, 1, 1), date(2026, 12, 31))


def asked_at(age: int, *guardians: UUID) -> frozenset[UUID]:
    born_on = date(2000, 6, 15)
    return needed(born_on, nth_birthday(born_on, age), youth=YOUTH, guardians=guardians)


@pytest.mark.parametrize("age", [0, 9, 14])
def test_under_fifteen_all_guardians_are_asked_and_not_the_youth(age: int) -> None:
    assert asked_at(age, MOTHER, FATHER) == {MOTHER, FATHER}


@pytest.mark.parametrize("age", [15, 16, 17])
def test_from_fifteen_the_youth_is_asked_beside_all_guardians(age: int) -> None:
    assert asked_at(age, MOTHER, FATHER) == {MOTHER, FATHER, YOUTH}


@pytest.mark.parametrize("age", [18, 19, 25])
def test_from_eighteen_only_the_youth_is_asked(age: int) -> None:
    assert asked_at(age, MOTHER, FATHER) == {YOUTH}
    assert asked_at(age) == {YOUTH}


@pytest.mark.parametrize("age", [0, 14, 15, 17])
def test_a_minor_without_a_recorded_guardian_has_nobody_who_can_complete_a_yes(age: int) -> None:
    assert asked_at(age) == frozenset()


def test_the_table_begins_at_birth_and_names_somebody_at_every_age() -> None:
    assert AGE_TABLE[0].from_age == 0
    assert [rule.from_age for rule in AGE_TABLE] == sorted({rule.from_age for rule in AGE_TABLE})
    assert all(rule.guardians or rule.youth for rule in AGE_TABLE)
    assert all("kap." in rule.provision for rule in AGE_TABLE)


@given(births, st.integers(0, 25))
def test_a_birthday_is_the_first_day_of_the_new_age(born_on: date, age: int) -> None:
    birthday = nth_birthday(born_on, age)

    assert age_on(born_on, birthday) == age
    if age:
        assert age_on(born_on, birthday - timedelta(days=1)) == age - 1


@given(births, st.integers(0, 9500))
def test_who_is_asked_changes_on_a_birthday_of_the_table_and_never_otherwise(born_on: date, days: int) -> None:
    day = born_on + timedelta(days=days)
    before = needed(born_on, day, youth=YOUTH, guardians=[MOTHER])
    after = needed(born_on, day + timedelta(days=1), youth=YOUTH, guardians=[MOTHER])

    turning_points = {nth_birthday(born_on, rule.from_age) for rule in AGE_TABLE}

    assert (before != after) == (day + timedelta(days=1) in turning_points)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2027, 2, 28), 14),
        (date(2027, 3, 1), 15),
        (date(2028, 2, 28), 15),
        (date(2028, 2, 29), 16),
        (date(2030, 2, 28), 17),
        (date(2030, 3, 1), 18),
    ],
)
def test_whoever_is_born_on_a_leap_day_turns_on_the_first_of_march_in_other_years(day: date, age: int) -> None:
    assert age_on(LEAP_DAY, day) == age


def test_a_leap_child_is_adult_on_the_first_of_march() -> None:
    assert turns_adult_on(LEAP_DAY) == date(2030, 3, 1)


def test_nobody_has_an_age_before_the_birth() -> None:
    with pytest.raises(ValueError, match="not yet born"):
        age_on(LEAP_DAY, LEAP_DAY - timedelta(days=1))


@given(st.integers(0, 120))
def test_the_rule_for_an_age_is_the_last_one_begun(age: int) -> None:
    rule = rule_for(age)

    assert rule.from_age <= age
    assert not any(rule.from_age < other.from_age <= age for other in AGE_TABLE)
