"""What may be said in the room as it is: what everyone present may hear, and what only if somebody goes out. Pure.

Attendance × consent. A kind is for everyone exactly if every organisation present, coordination
among them, has the family's yes to hear it from the one who tells.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sspf.consents.agreement import Row
from sspf.law.kinds import TAKING_PART, Kind

_KINDS = list(Kind)


@dataclass(frozen=True, slots=True)
class Told:
    """One organisation may tell these kinds of things about these people."""

    source_id: UUID
    about_ids: frozenset[UUID]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """What may be told once everyone from ``out`` has gone out."""

    out: frozenset[UUID]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class TalkCard:
    """What the leader may let be said now. Both empty: nothing but what is agreed on to do."""

    to_everyone: tuple[Told, ...]
    aside: tuple[Aside, ...]


def talk_card(
    waivers: Iterable[tuple[Row, UUID]], present: Collection[UUID], *, coordination_id: UUID, youth_id: UUID
) -> TalkCard:
    """The card for a case: ``waivers`` are the rows in force with whom each is about, ``present`` who is here.

    Coordination leads and cannot go out: what it may not hear cannot be said here at all.
    """
    room = {*present, coordination_id}
    hearers: dict[tuple[UUID, Kind, UUID], set[UUID]] = {}
    for row, about_id in waivers:
        if row.source_id in room and row.kind not in TAKING_PART:
            hearers.setdefault((row.source_id, row.kind, about_id), set()).add(row.recipient_id)
    by_out: dict[frozenset[UUID], list[tuple[UUID, Kind, UUID]]] = {}
    for said, their in hearers.items():
        listening = room - {said[0]}
        out = frozenset(listening - their)
        if not out or (coordination_id not in out and listening - out):
            by_out.setdefault(out, []).append(said)
    grouped = {out: _grouped(said, youth_id) for out, said in by_out.items()}
    everyone = grouped.pop(frozenset(), ())
    few_first = sorted(grouped, key=lambda out: (len(out), sorted(out)))
    return TalkCard(everyone, tuple(Aside(out, grouped[out]) for out in few_first))


def before_family(
    waivers: Mapping[tuple[Row, UUID], Collection[UUID]], present: Collection[UUID], *, youth_id: UUID
) -> list[tuple[Row, UUID]]:
    """The rows that may be spoken on with ``present`` of the family in the room; ``waivers`` with whose yes each needs.

    Everyone hears of themselves, and of the youth whoever has said yes to it: so not the parents of somebody who
    decides alone. A yes names organisations, so nobody hears of another guardian.
    """
    return [
        (row, about_id)
        for (row, about_id), agreed in waivers.items()
        if all(one == about_id or (about_id == youth_id and one in agreed) for one in present)
    ]


def _grouped(said: Collection[tuple[UUID, Kind, UUID]], youth_id: UUID) -> tuple[Told, ...]:
    """A line for each who tells, and for each set of people that it is about; the youth alone first."""
    about: dict[tuple[UUID, Kind], set[UUID]] = {}
    for source_id, kind, about_id in said:
        about.setdefault((source_id, kind), set()).add(about_id)
    kinds: dict[tuple[UUID, frozenset[UUID]], list[Kind]] = {}
    for (source_id, kind), people in about.items():
        kinds.setdefault((source_id, frozenset(people)), []).append(kind)
    in_order = sorted(kinds, key=lambda one: (one[0], one[1] != {youth_id}, sorted(one[1])))
    return tuple(Told(*one, tuple(sorted(kinds[one], key=_KINDS.index))) for one in in_order)
