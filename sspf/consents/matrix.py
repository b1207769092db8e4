"""Rows made readable: who tells whom which kinds, and about which of the family, with what is alike said once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sspf.consents.agreement import Row
from sspf.consents.household import Household, Relative
from sspf.consents.models import Waiver
from sspf.law.kinds import Kind


@dataclass(frozen=True, slots=True)
class Pair:
    """Who tells whom which kinds, for one line of text."""

    source_id: UUID
    recipient_id: UUID
    kinds: tuple[Kind, ...]

    @property
    def rows(self) -> frozenset[Row]:
        return frozenset(Row(self.source_id, self.recipient_id, kind) for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Told:
    """The lines that hold about the same people; ``lasts`` is the last day of each line."""

    relatives: tuple[Relative, ...]
    lines: tuple[Pair, ...]
    lasts: Mapping[Pair, date]


def pairs(rows: Iterable[Row], names: Mapping[UUID, str]) -> list[Pair]:
    """The rows gathered by source and recipient, in the order of their names."""
    gathered: dict[tuple[UUID, UUID], set[Kind]] = {}
    for row in rows:
        gathered.setdefault((row.source_id, row.recipient_id), set()).add(row.kind)
    order = list(Kind)
    return [
        Pair(source, recipient, tuple(sorted(kinds, key=order.index)))
        for (source, recipient), kinds in sorted(
            gathered.items(), key=lambda item: (names[item[0][0]], names[item[0][1]], item[0])
        )
    ]


def by_people(keys: Iterable[tuple[Row, UUID]]) -> dict[frozenset[UUID], frozenset[Row]]:
    """The rows by exactly whom they are about, the rows about most people first."""
    people: dict[Row, set[UUID]] = {}
    for row, about_id in keys:
        people.setdefault(row, set()).add(about_id)
    found: dict[frozenset[UUID], set[Row]] = {}
    for row, about in people.items():
        found.setdefault(frozenset(about), set()).add(row)
    return {about: frozenset(found[about]) for about in sorted(found, key=lambda about: (-len(about), sorted(about)))}


def told_of(household: Household, waivers: Iterable[Waiver], names: Mapping[UUID, str]) -> list[Told]:
    """What may be told now, about whom, and until when."""
    last: dict[tuple[Row, UUID], date] = {(one.as_row, one.about_id): one.last_day for one in waivers}
    found = []
    for about, rows in by_people(last).items():
        lines = tuple(pairs(rows, names))
        lasts = {line: min(last[row, one] for row in line.rows for one in about) for line in lines}
        found.append(Told(household.some(about), lines, lasts))
    return found
