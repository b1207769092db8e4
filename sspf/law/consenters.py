"""Who must have said yes: a small table of ages, until the municipality's lawyer has decided on one.

Offentlighets- och sekretesslagen (2009:400) 12 kap. 3 § lets a guardian, or a minor
alone, waive secrecy "beroende på ålder och mognad" and names no age. Föräldrabalken
6 kap. 11 and 13 §§: guardians decide together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

MAJORITY = 18


@dataclass(frozen=True, slots=True)
class AgeRule:
    """From ``from_age`` whole years: whose yes is needed, and by which provisions, for people to check."""

    from_age: int
    guardians: bool
    youth: bool
    provision: str


_GUARDIANS_TOGETHER = "Offentlighets- och sekretesslagen 12 kap. 3 §, föräldrabalken 6 kap. 11 och 13 §§"

AGE_TABLE = (
    AgeRule(from_age=0, guardians=True, youth=False, provision=_GUARDIANS_TOGETHER),
    AgeRule(from_age=15, guardians=True, youth=True, provision=_GUARDIANS_TOGETHER),
    AgeRule(
        from_age=MAJORITY,
        guardians=False,
        youth=True,
        provision="Offentlighets- och sekretesslagen 12 kap. 2 §, föräldrabalken 9 kap. 1 §",
    ),
)


def age_on(born_on: date, day: date) -> int:
    """Whole years lived on ``day``; whoever is born on 29 February turns a year older on 1 March.

    Raises:
        ValueError: ``day`` is before the birth.
    """
    if day < born_on:
        raise ValueError("not yet born")
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def rule_for(age: int) -> AgeRule:
    """The row of the table that holds at ``age`` whole years."""
    return max((rule for rule in AGE_TABLE if rule.from_age <= age), key=lambda rule: rule.from_age)


def needed(born_on: date, day: date, *, youth: UUID, guardians: Iterable[UUID]) -> frozenset[UUID]:
    """Everyone whose yes is needed on ``day`` for information about the youth.

    Empty when the table names guardians and none is recorded, also where the youth's own
    yes is needed beside theirs: then there is nobody to complete it, and an empty set must
    be read as a no, never as "all of none have agreed".

    Raises:
        ValueError: ``day`` is before the birth.
    """
    rule = rule_for(age_on(born_on, day))
    asked = frozenset(guardians) if rule.guardians else frozenset()
    if rule.guardians and not asked:
        return frozenset()
    return asked | {youth} if rule.youth else asked


def nth_birthday(born_on: date, age: int) -> date:
    """The day somebody becomes ``age``; whoever is born on 29 February does on 1 March in other years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def turns_adult_on(born_on: date) -> date:
    """The 18th birthday: no guardian's consent runs past it."""
    return nth_birthday(born_on, MAJORITY)
