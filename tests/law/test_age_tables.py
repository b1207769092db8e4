"""A municipality's own table of ages: what it may say, and that it is followed at every age."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.law.consenters import AGE_TABLE, MAJORITY, AgeRule, fault_of, needed, nth_birthday, rule_for, turns

YOUTH, MOTHER = uuid4(), uuid4()
BORN_ON = date(2000, 2, 29)

ages = st.integers(0, 25)
any_rules = st.builds(AgeRule, ages, st.booleans(), st.booleans(), st.sampled_from(["", "OSL 12 kap. 3 §"]))
any_tables = st.lists(any_rules, max_size=5).map(tuple)


@st.composite
def lawful_tables(draw: st.DrawFn) -> tuple[AgeRule, ...]:
    """Any table that a lawyer may decide on: who decides at which age below 18 is theirs to say."""
    starts = sorted({0, *draw(st.sets(st.integers(1, MAJORITY - 1), max_size=4))})
    rules = [
        AgeRule(start, *draw(st.sampled_from([(True, False), (True, True), (False, True)])), "OSL 12 kap. 3 §")
        for start in starts
    ]
    return (*rules, AgeRule(MAJORITY, guardians=False, youth=True, provision="OSL 12 kap. 2 §"))


def test_our_own_table_can_hold() -> None:
    assert fault_of(AGE_TABLE) is None


@given(lawful_tables())
def test_whatever_is_lawful_may_be_decided(table: tuple[AgeRule, ...]) -> None:
    assert fault_of(table) is None


@given(any_tables)
def test_what_is_let_through_answers_at_every_age_and_leaves_adults_alone(table: tuple[AgeRule, ...]) -> None:
    if fault_of(table) is not None:
        return

    for age in range(26):
        rule = rule_for(age, table)
        asked = needed(BORN_ON, nth_birthday(BORN_ON, age), youth=YOUTH, guardians=[MOTHER], table=table)
        assert asked, age
        assert (MOTHER in asked) == rule.guardians
        assert (YOUTH in asked) == rule.youth
        assert age < MAJORITY or asked == {YOUTH}


@given(any_tables)
def test_a_fault_names_a_row_that_is_there(table: tuple[AgeRule, ...]) -> None:
    fault = fault_of(table)

    if fault is not None:
        assert 0 <= fault.row < max(1, len(table))
        assert str(fault.sentence)


def rules(*ages: tuple[int, bool, bool]) -> tuple[AgeRule, ...]:
    return tuple(AgeRule(*one, "OSL 12 kap. 3 §") for one in ages)


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ((), 0, "börja vid 0 år"),
        (rules((1, True, False), (18, False, True)), 0, "börja vid 0 år"),
        (rules((0, True, False), (16, True, True), (15, True, True), (18, False, True)), 2, "i ordning"),
        (rules((0, True, False), (15, True, True), (15, True, True), (18, False, True)), 2, "i ordning"),
        (rules((0, False, False), (18, False, True)), 0, "Någon behöver alltid säga ja"),
        (rules((0, True, False), (18, True, True)), 1, "fyllt 18 år bestämmer själv"),
        (rules((0, True, False), (18, False, True), (21, True, False)), 2, "fyllt 18 år bestämmer själv"),
        (rules((0, True, False)), 0, "en rad från 18 år"),
        (rules((0, True, False), (19, False, True)), 1, "en rad från 18 år"),
        ((AgeRule(0, guardians=True, youth=False, provision=""),), 0, "vilken bestämmelse"),
    ],
)
def test_what_makes_no_sense_is_refused_where_it_stands(table: tuple[AgeRule, ...], row: int, said: str) -> None:
    fault = fault_of(table)

    assert fault is not None
    assert fault.row == row
    assert said in str(fault.sentence)


@given(lawful_tables())
def test_the_birthdays_that_matter_are_those_of_this_table(table: tuple[AgeRule, ...]) -> None:
    found = turns(BORN_ON, table)

    assert [rule.from_age for _day, rule in found] == [rule.from_age for rule in table[1:]]
    assert [day for day, _rule in found] == sorted(day for day, _rule in found)
