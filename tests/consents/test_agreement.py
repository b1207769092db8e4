"""What several people's answers add up to: never more than everyone who must agree has agreed to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sspf.consents.agreement import Agreed, Family, Given, Row, agreed, seats
from sspf.db.clock import SWEDEN
from sspf.law.consenters import needed, nth_birthday
from sspf.law.kinds import Kind
from tests.consents.family import (
    COORDINATION,
    FATHER,
    LEISURE,
    MOTHER,
    NOW,
    POLICE,
    SCHOOL,
    YOUTH,
    a_paper,
    families,
    midnight,
    papers,
)

ATTENDANCE = Row(SCHOOL, POLICE, Kind.ATTENDANCE)
CHILD = Family(YOUTH, (MOTHER, FATHER), date(2017, 4, 12))


def holds(family: Family, *given: Given, at: datetime = NOW) -> frozenset[Agreed]:
    return agreed(family, given, at, coordination_id=COORDINATION)


def about_youth(found: frozenset[Agreed], row: Row) -> Agreed | None:
    return next((one for one in found if one.about_id == YOUTH and one.row == row), None)


def days_of(one: Agreed) -> Iterator[date]:
    """Every day the row lives on, at least in part."""
    day, last = NOW.astimezone(SWEDEN).date(), (one.until - timedelta(microseconds=1)).astimezone(SWEDEN).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


@settings(max_examples=150)
@given(families, papers())
def test_no_row_about_the_youth_lives_a_day_without_everyone_the_table_names(
    family: Family, given: list[Given]
) -> None:
    for one in holds(family, *given):
        if one.about_id != YOUTH:
            continue
        yes = {paper.person_id for paper in given if one.row in paper.rows and paper.until >= one.until}
        for day in days_of(one):
            must = needed(family.born_on, day, youth=YOUTH, guardians=family.guardian_ids)
            assert must
            assert must <= yes


@settings(max_examples=150)
@given(families, papers())
def test_a_row_rests_on_exactly_papers_that_say_yes_to_it_and_last_as_long(family: Family, given: list[Given]) -> None:
    by_id = {paper.consent_id: paper for paper in given}

    for one in holds(family, *given):
        assert one.consent_ids
        for consent_id in one.consent_ids:
            assert one.row in by_id[consent_id].rows
            assert by_id[consent_id].until >= one.until
        assert one.until > NOW


@settings(max_examples=150)
@given(families, papers())
def test_a_row_about_a_guardian_rests_on_that_guardians_paper_alone(family: Family, given: list[Given]) -> None:
    by_id = {paper.consent_id: paper for paper in given}

    for one in holds(family, *given):
        if one.about_id != YOUTH:
            assert {by_id[consent_id].person_id for consent_id in one.consent_ids} == {one.about_id}


@settings(max_examples=150)
@given(families, papers())
def test_nothing_is_told_to_or_by_an_organisation_longer_than_it_takes_part(family: Family, given: list[Given]) -> None:
    found = holds(family, *given)
    seated = seats(found, YOUTH, COORDINATION)

    for one in found:
        for end in {one.row.source_id, one.row.recipient_id} - {COORDINATION}:
            assert one.until <= seated[end]


@settings(max_examples=150)
@given(families, papers())
def test_whatever_everyone_has_agreed_to_does_hold(family: Family, given: list[Given]) -> None:
    """The other side: a rule that answered nothing would pass all the tests above."""
    live = {paper.person_id: paper for paper in given if paper.until > NOW}
    must = needed(family.born_on, NOW.astimezone(SWEDEN).date(), youth=YOUTH, guardians=family.guardian_ids)
    if not must or not must <= live.keys():
        expected: frozenset[Row] = frozenset()
    else:
        expected = frozenset.intersection(*(live[person].rows for person in must))
    taking_part = {row.recipient_id for row in expected if row.kind is Kind.ACTIONS} | {COORDINATION}

    found = {one.row for one in holds(family, *given) if one.about_id == YOUTH}

    assert found == {row for row in expected if {row.source_id, row.recipient_id} <= taking_part}


@given(families, papers(), st.data())
def test_taking_one_paper_away_never_gives_anybody_more(
    family: Family, given: list[Given], data: st.DataObject
) -> None:
    fewer = [paper for paper in given if data.draw(st.booleans())]

    before = {(one.row, one.about_id): one.until for one in holds(family, *given)}
    after = {(one.row, one.about_id): one.until for one in holds(family, *fewer)}

    assert after.keys() <= before.keys()
    assert all(until <= before[key] for key, until in after.items())


@given(families, papers())
def test_the_order_of_the_papers_does_not_matter(family: Family, given: list[Given]) -> None:
    assert holds(family, *given) == holds(family, *reversed(given))


def test_one_guardian_of_two_is_a_no() -> None:
    assert about_youth(holds(CHILD, a_paper(MOTHER, ATTENDANCE)), ATTENDANCE) is None


def test_one_guardians_no_to_a_row_is_a_no_to_that_row_only() -> None:
    leisure = Row(LEISURE, SCHOOL, Kind.LEISURE)

    found = holds(CHILD, a_paper(MOTHER, ATTENDANCE, leisure), a_paper(FATHER, leisure))

    assert about_youth(found, ATTENDANCE) is None
    assert about_youth(found, leisure) is not None


def test_nobody_may_ever_agree_for_a_child_without_a_recorded_guardian() -> None:
    alone = Family(YOUTH, (), CHILD.born_on)

    assert holds(alone, a_paper(YOUTH, ATTENDANCE)) == frozenset()


def test_what_one_guardian_refuses_to_let_be_told_about_themselves_the_other_cannot_give() -> None:
    found = holds(CHILD, a_paper(MOTHER, ATTENDANCE), a_paper(FATHER))

    about = {one.about_id for one in found if one.row == ATTENDANCE}

    assert about == {MOTHER}


def test_an_organisation_that_one_guardian_does_not_want_there_is_told_nothing_about_the_other() -> None:
    found = holds(CHILD, a_paper(MOTHER, ATTENDANCE), a_paper(FATHER, ATTENDANCE, present=(SCHOOL, LEISURE)))

    assert {one.row for one in found if POLICE in {one.row.source_id, one.row.recipient_id}} == set()


def test_a_row_ends_at_midnight_before_the_fifteenth_birthday_if_the_youth_has_not_said_yes() -> None:
    family = Family(YOUTH, (MOTHER,), date(2012, 2, 1))

    found = about_youth(holds(family, a_paper(MOTHER, ATTENDANCE)), ATTENDANCE)

    assert found is not None
    assert found.until == midnight(date(2027, 2, 1))


def test_a_row_crosses_the_fifteenth_birthday_on_the_youths_own_yes() -> None:
    family = Family(YOUTH, (MOTHER,), date(2012, 2, 1))
    mothers, own = a_paper(MOTHER, ATTENDANCE), a_paper(YOUTH, ATTENDANCE)

    found = about_youth(holds(family, mothers, own), ATTENDANCE)

    assert found is not None
    assert found.until == mothers.until
    assert found.consent_ids == {mothers.consent_id, own.consent_id}


def test_a_yes_of_the_youths_that_ends_before_the_birthday_neither_helps_nor_shortens() -> None:
    family = Family(YOUTH, (MOTHER,), date(2012, 2, 1))
    mothers = a_paper(MOTHER, ATTENDANCE)

    found = about_youth(
        holds(family, mothers, a_paper(YOUTH, ATTENDANCE, until=midnight(date(2027, 1, 1)))), ATTENDANCE
    )

    assert found is not None
    assert found.until == midnight(date(2027, 2, 1))
    assert found.consent_ids == {mothers.consent_id}


def test_a_leap_childs_row_ends_on_the_first_of_march() -> None:
    family = Family(YOUTH, (MOTHER,), date(2012, 2, 29))

    found = about_youth(holds(family, a_paper(MOTHER, ATTENDANCE)), ATTENDANCE)

    assert found is not None
    assert found.until == midnight(date(2027, 3, 1))


def test_at_eighteen_the_guardians_papers_carry_nothing_and_the_own_one_everything() -> None:
    adult = Family(YOUTH, (MOTHER, FATHER), date(2008, 11, 24))

    assert about_youth(holds(adult, a_paper(MOTHER, ATTENDANCE), a_paper(FATHER, ATTENDANCE)), ATTENDANCE) is None
    assert about_youth(holds(adult, a_paper(YOUTH, ATTENDANCE)), ATTENDANCE) is not None


def test_the_day_before_eighteen_the_guardians_are_still_needed() -> None:
    tomorrow = Family(YOUTH, (MOTHER,), nth_birthday(date(2008, 11, 25), 0))

    assert about_youth(holds(tomorrow, a_paper(YOUTH, ATTENDANCE)), ATTENDANCE) is None


def test_the_age_turns_at_midnight_in_sweden_and_not_in_greenwich() -> None:
    family = Family(YOUTH, (MOTHER,), date(2008, 11, 25))
    ten_minutes_past = (midnight(date(2026, 11, 25)) + timedelta(minutes=10)).astimezone(UTC)
    assert ten_minutes_past.date() == date(2026, 11, 24)

    assert about_youth(holds(family, a_paper(YOUTH, ATTENDANCE), at=ten_minutes_past), ATTENDANCE) is not None


def test_a_paper_ends_at_its_last_moment_and_not_after() -> None:
    child = Family(YOUTH, (MOTHER,), CHILD.born_on)
    paper = a_paper(MOTHER, ATTENDANCE, until=NOW + timedelta(days=1))
    last = paper.until - timedelta(microseconds=1)

    assert about_youth(holds(child, paper, at=last), ATTENDANCE) is not None
    assert about_youth(holds(child, paper, at=paper.until), ATTENDANCE) is None
