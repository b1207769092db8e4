"""Who must have said yes: a small table of ages. Ours holds until the municipality's lawyer has decided on another.

Offentlighets- och sekretesslagen (2009:400) 12 kap. 3 § lets a guardian, or a minor
alone, waive secrecy "beroende på ålder och mognad" and names no age. Föräldrabalken
6 kap. 11 and 13 §§: guardians decide together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from sspf.texts import Text, _

MAJORITY = 18


@dataclass(frozen=True, slots=True)
class AgeRule:
    """From ``from_age`` whole years: whose yes is needed, and by which provisions, for people to check."""

    from_age: int
    guardians: bool
    youth: bool
    provision: str


AgeTable: TypeAlias = tuple[AgeRule, ...]

_GUARDIANS_TOGETHER = "Offentlighets- och sekretesslagen 12 kap. 3 §, föräldrabalken 6 kap. 11 och 13 §§"

AGE_TABLE: AgeTable = (
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


@dataclass(frozen=True, slots=True)
class Fault:
    """What makes a table one that cannot hold, and in which of its rows."""

    row: int
    sentence: Text


def fault_of(table: Sequence[AgeRule]) -> Fault | None:
    """The first thing that is wrong with a table that somebody wants to decide on; None if it can hold.

    It says something about every age, somebody is always needed, and whoever is of age decides alone
    (föräldrabalken 9 kap. 1 §).
    """
    if not table or table[0].from_age != 0:
        return Fault(0, _("Tabellen behöver börja vid 0 år, så att den säger något om alla åldrar."))
    for row, rule in enumerate(table):
        sentence = _wrong_with(rule, table[row - 1] if row else None)
        if sentence is not None:
            return Fault(row, sentence)
    if rule_for(MAJORITY, table).guardians:
        return Fault(len(table) - 1, _("Tabellen behöver en rad från 18 år, där den unge bestämmer själv."))
    return None


def _wrong_with(rule: AgeRule, before: AgeRule | None) -> Text | None:
    """What is wrong with one row, knowing the one above it."""
    faults = (
        (
            before is not None and rule.from_age <= before.from_age,
            _("Åldrarna behöver stå i ordning, och var och en en gång."),
        ),
        (not (rule.guardians or rule.youth), _("Någon behöver alltid säga ja.")),
        (not rule.provision, _("Skriv vilken bestämmelse det vilar på.")),
        (
            rule.from_age >= MAJORITY and rule.guardians,
            _("Den som har fyllt 18 år bestämmer själv. Då behövs inga vårdnadshavare."),
        ),
    )
    return next((sentence for is_so, sentence in faults if is_so), None)


def rule_for(age: int, table: Sequence[AgeRule] = AGE_TABLE) -> AgeRule:
    """The row of the table that holds at ``age`` whole years."""
    return max((rule for rule in table if rule.from_age <= age), key=lambda rule: rule.from_age)


def turns(born_on: date, table: AgeTable = AGE_TABLE) -> list[tuple[date, AgeRule]]:
    """The birthdays on which the table names other people, in order, each with the rule from then on."""
    return [(nth_birthday(born_on, rule.from_age), rule) for rule in table if rule.from_age]


def needed(
    born_on: date, day: date, *, youth: UUID, guardians: Iterable[UUID], table: AgeTable = AGE_TABLE
) -> frozenset[UUID]:
    """Everyone whose yes is needed on ``day`` for information about the youth.

    Empty when the table names guardians and none is recorded, also where the youth's own
    yes is needed beside theirs: then there is nobody to complete it, and an empty set must
    be read as a no, never as "all of none have agreed".

    Raises:
        ValueError: ``day`` is before the birth.
    """
    rule = rule_for(age_on(born_on, day), table)
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
