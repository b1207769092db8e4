"""The family in words: who must agree today and next, who can sign, and how each of them stands."""

from datetime import date, timedelta

import pytest

from sspf.cases.models import CaseRole
from sspf.consents.agreement import Family
from sspf.consents.answers import Answer, Answers
from sspf.consents.household import Household, Relative
from sspf.consents.labels import from_age, kind_label, who_must_agree
from sspf.consents.lasting import begin_of, end_of, last_day
from sspf.consents.models import Consent, EndReason
from sspf.consents.standing import Stand, stand_of
from sspf.errors import NotFound
from sspf.law.consenters import AGE_TABLE
from sspf.law.kinds import CONSENT_RECORD, Kind
from tests.consents.family import FATHER, MOTHER, NOW, YOUTH

TODAY = date(2026, 11, 24)
CHILD = Relative(YOUTH, CaseRole.YOUTH, "Pricken")
PARENT = Relative(MOTHER, CaseRole.GUARDIAN, "Vuxen1")


def household(born_on: date | None) -> Household:
    family = None if born_on is None else Family(YOUTH, (MOTHER,), born_on)
    return Household((CHILD, PARENT), family, TODAY, AGE_TABLE)


@pytest.mark.parametrize(
    ("born_on", "age", "needed", "turns"),
    [
        (date(2017, 4, 12), 9, {MOTHER}, date(2032, 4, 12)),
        (date(2011, 11, 25), 14, {MOTHER}, date(2026, 11, 25)),
        (date(2011, 11, 24), 15, {MOTHER, YOUTH}, date(2029, 11, 24)),
        (date(2008, 11, 24), 18, {YOUTH}, None),
    ],
)
def test_the_household_knows_who_is_needed_today_and_when_that_changes(
    born_on: date, age: int, needed: set, turns: date | None
) -> None:
    found = household(born_on)

    assert found.age == age
    assert found.needed == needed
    assert (found.next_turn[0] if found.next_turn else None) == turns


def test_without_a_birth_date_nobody_is_needed_and_nobody_can_sign() -> None:
    unknown = household(None)

    assert (unknown.age, unknown.rule, unknown.next_turn) == (None, None, None)
    assert unknown.needed == frozenset()
    assert not unknown.can_sign(CHILD)
    assert "födelsedatum saknas" in str(unknown.can_sign(PARENT).reason)


def test_a_guardian_signs_until_the_eighteenth_birthday_and_the_youth_at_any_age() -> None:
    last_day_before, birthday = household(date(2008, 11, 25)), household(date(2008, 11, 24))

    assert last_day_before.can_sign(PARENT)
    assert "fyllt 18 år" in str(birthday.can_sign(PARENT).reason)
    assert birthday.can_sign(CHILD)
    assert household(date(2017, 4, 12)).can_sign(CHILD)


def test_only_the_family_is_found_in_the_household() -> None:
    found = household(date(2017, 4, 12))

    assert found[MOTHER] is PARENT
    assert found.some({MOTHER, YOUTH}) == (CHILD, PARENT)
    with pytest.raises(NotFound):
        found[FATHER]


def test_a_name_is_not_printed_by_accident() -> None:
    assert "Pricken" not in repr(household(date(2017, 4, 12)))


def a_consent(*, ended: bool = False, reason: EndReason | None = None, days: int = 30) -> Consent:
    return Consent(
        valid_from=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=days),
        ended_at=NOW if ended else None,
        end_reason=reason,
    )


YES, NO = Answers(Answer.YES, {}, {}), Answers(Answer.NO, {}, {})


@pytest.mark.parametrize(
    ("newest", "answers", "is_needed", "stand"),
    [
        (None, None, True, Stand.WAITING),
        (None, None, False, Stand.NOT_ASKED),
        (a_consent(), YES, True, Stand.WANTS),
        (a_consent(), NO, True, Stand.DECLINED),
        (a_consent(ended=True, reason=EndReason.WITHDRAWN), YES, True, Stand.WITHDRAWN),
        (a_consent(ended=True, reason=EndReason.RECEIVED), YES, True, Stand.RECEIVED),
        (a_consent(days=0), YES, True, Stand.RUN_OUT),
    ],
)
def test_how_somebody_stands_in_one_word(
    newest: Consent | None, answers: Answers | None, is_needed: bool, stand: Stand
) -> None:
    assert stand_of(newest, answers, NOW, is_needed=is_needed) is stand


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 31)])
def test_what_holds_through_a_day_ends_at_the_midnight_after_it_also_when_the_clock_changes(day: date) -> None:
    assert last_day(end_of(day)) == day
    assert last_day(begin_of(day)) == day - timedelta(days=1)
    assert end_of(day) == begin_of(day + timedelta(days=1))


def test_the_age_table_is_read_out_without_a_gap() -> None:
    untils = [*(rule.from_age for rule in AGE_TABLE[1:]), None]

    assert [str(from_age(rule, until)) for rule, until in zip(AGE_TABLE, untils, strict=True)] == [
        "Under 15 år",
        "15–17 år",
        "Från 18 år",
    ]
    assert len({str(who_must_agree(rule)) for rule in AGE_TABLE}) == 3


def test_every_kind_has_a_label() -> None:
    assert all(str(kind_label(kind)) for kind in Kind)
    assert str(kind_label(CONSENT_RECORD)) == "Samordningens egen handling"
