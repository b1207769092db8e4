"""The leader's talk card in words: ``talking``'s rule on the rows in force, by name. For the leader alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.consents import queries as consents
from sspf.consents.labels import kind_label
from sspf.consents.settling import guardians_of, youth_of
from sspf.meetings.models import Attendance, Presence
from sspf.meetings.talking import Told, talk_card
from sspf.texts import Text, _

# as many as are read aloud in ten seconds; the rest stands on paper
MOST_ASIDE = 3


@dataclass(frozen=True, slots=True)
class Line:
    """Who tells what; ``about`` is empty when it is about the youth alone."""

    who: str
    kinds: tuple[Text, ...]
    about: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class WithoutThem:
    """What may be told when these have gone out."""

    out: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """``here`` are the organisations that it counts with, coordination not among them."""

    here: tuple[str, ...]
    to_everyone: tuple[Line, ...]
    aside: tuple[WithoutThem, ...]

    @property
    def first_aside(self) -> tuple[WithoutThem, ...]:
        return self.aside[:MOST_ASIDE]

    @property
    def more_aside(self) -> int:
        return len(self.aside) - len(self.first_aside)


def card_for(
    session: Session, actor: Actor, case: Case, attendance: Sequence[Attendance], names: Mapping[UUID, str]
) -> Card:
    """The card for ``case`` in the room as it is; ``names`` are the organisations'."""
    here = {row.organisation_id for row in attendance if row.presence is Presence.PRESENT and row.organisation_id}
    waivers = [(one.as_row, one.about_id) for one in consents.live_waivers(session, actor, case)]
    found = talk_card(waivers, here, coordination_id=case.coordination_id, youth_id=youth_of(case))
    roles = _roles(case)
    return Card(
        here=_names(here - {case.coordination_id}, names),
        to_everyone=_lines(found.to_everyone, names, roles),
        aside=tuple(WithoutThem(_names(one.out, names), _lines(one.told, names, roles)) for one in found.aside),
    )


def _lines(told: Iterable[Told], names: Mapping[UUID, str], roles: Mapping[UUID, Text]) -> tuple[Line, ...]:
    lines = (
        Line(
            names[one.source_id],
            tuple(kind_label(kind) for kind in one.kinds),
            tuple(words for person_id, words in roles.items() if person_id in one.about_ids),
        )
        for one in told
    )
    youth_alone = tuple(roles.values())[:1]
    plain = (Line(one.who, one.kinds, ()) if one.about == youth_alone else one for one in lines)
    return tuple(sorted(plain, key=lambda line: (line.who, len(line.about))))


def _roles(case: Case) -> dict[UUID, Text]:
    """Everyone in the family by their part in it, the youth first."""
    guardians = guardians_of(case)
    words = (
        [_("vårdnadshavaren")]
        if len(guardians) == 1
        else [_("vårdnadshavare %(number)s", number=number) for number in range(1, len(guardians) + 1)]
    )
    return {youth_of(case): _("den unge"), **dict(zip(guardians, words, strict=True))}


def _names(organisation_ids: Iterable[UUID], names: Mapping[UUID, str]) -> tuple[str, ...]:
    return tuple(sorted(names[one] for one in organisation_ids))
