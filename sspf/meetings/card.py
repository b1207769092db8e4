"""The leader's talk card in words: ``talking``'s rule on the rows in force, by name. For the leader alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.consents import queries as consents
from sspf.consents.labels import kind_label
from sspf.law.kinds import TAKING_PART
from sspf.meetings.models import Attendance, Presence
from sspf.meetings.talking import Told, before_family, talk_card
from sspf.texts import Text, _

# as many as are read aloud in ten seconds; the rest stands on paper
MOST_ASIDE = 3


@dataclass(frozen=True, slots=True)
class Line:
    """Who tells what, about whom."""

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
    """``here`` are the organisations that it counts with, coordination not among them.

    ``is_before_family``: something is left out, since somebody else of the family would hear it.
    """

    here: tuple[str, ...]
    to_everyone: tuple[Line, ...]
    aside: tuple[WithoutThem, ...]
    is_before_family: bool

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
    in_room = [row for row in attendance if row.presence is Presence.PRESENT]
    here = {row.organisation_id for row in in_room if row.organisation_id}
    family = {row.person_id for row in in_room if row.person_id}
    waivers = [(one.as_row, one.about_id) for one in consents.live_waivers(session, actor, case)]
    agreed = consents.agreed_by(session, case) if family else {}
    may_be_said = before_family(agreed, family, youth_id=case.youth_id) if family else waivers
    found = talk_card(may_be_said, here, coordination_id=case.coordination_id, youth_id=case.youth_id)
    roles = _roles(case)
    return Card(
        here=_names(here - {case.coordination_id}, names),
        to_everyone=_lines(found.to_everyone, names, roles),
        aside=tuple(WithoutThem(_names(one.out, names), _lines(one.told, names, roles)) for one in found.aside),
        is_before_family=any(row.kind not in TAKING_PART for row, _about in set(waivers) - set(may_be_said)),
    )


def _lines(told: Iterable[Told], names: Mapping[UUID, str], roles: Mapping[UUID, Text]) -> tuple[Line, ...]:
    lines = (
        Line(names[one.source_id], tuple(kind_label(kind) for kind in one.kinds), _about(one.about_ids, roles))
        for one in told
    )
    return tuple(sorted(lines, key=lambda line: (line.who, len(line.about))))


def _about(person_ids: Collection[UUID], roles: Mapping[UUID, Text]) -> tuple[Text, ...]:
    if roles.keys() <= set(person_ids):
        return (_("familjen"),)
    return tuple(words for person_id, words in roles.items() if person_id in person_ids)


def _roles(case: Case) -> dict[UUID, Text]:
    """Everyone in the family by their part in it, the youth first."""
    guardians = case.guardian_ids
    if len(guardians) == 1:
        return {case.youth_id: _("den unge"), guardians[0]: _("vårdnadshavaren")}
    numbered = {one: _("vårdnadshavare %(number)s", number=place) for place, one in enumerate(guardians, start=1)}
    return {case.youth_id: _("den unge"), **numbered}


def _names(organisation_ids: Iterable[UUID], names: Mapping[UUID, str]) -> tuple[str, ...]:
    return tuple(sorted(names[one] for one in organisation_ids))
