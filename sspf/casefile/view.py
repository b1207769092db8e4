"""What one case page shows, gathered from the reading: plain values, nothing left to open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from auth import queries as accounts
from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.casefile.labels import CASE_ROLES
from sspf.cases import queries as cases
from sspf.cases.models import Case, StatementKind
from sspf.consents.household import place_of
from sspf.consents.labels import kind_label
from sspf.consents.lasting import last_day
from sspf.db.clock import day_of
from sspf.law.grounds import Ground
from sspf.law.kinds import OWN_ALONE
from sspf.people import queries as people
from sspf.texts import Text, _
from sspf.vault.reading import Reading

WHY = {Ground.OWN_RECORD: _("eget underlag"), Ground.CONSENT: _("familjens samtycke")}


@dataclass(frozen=True, slots=True)
class PersonView:
    """A member of the family as the page names them; where that is their place in the case, it says their role."""

    person_id: UUID
    role: Text | None
    called_name: str
    masked_number: str | None


@dataclass(frozen=True, slots=True)
class ShownView:
    """One line of "Det här får du ta del av – och varför": the kinds that have the same source, reason and last day."""

    kinds: tuple[Text, ...]
    source: str
    why: Text
    last_day: date | None


@dataclass(frozen=True, slots=True)
class MemberView:
    user_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """An organisation at the table; ``last_day`` is None while the family has not said yes to it."""

    organisation_id: UUID
    name: str
    members: tuple[MemberView, ...]
    last_day: date | None
    guests: tuple[cases.GuestView, ...] = ()
    reservation: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything on the page that is not another feature's."""

    called_name: str | None
    age: int | None
    family: tuple[PersonView, ...]
    shown: tuple[ShownView, ...]
    participants: tuple[ParticipantView, ...]
    statements: Mapping[StatementKind, str]
    coordinator: str


def view_case(
    session: Session, actor: Actor, case: Case, reading: Reading, names: Mapping[UUID, str], at: datetime
) -> CaseView:
    """Gather what ``reading`` may show ``actor`` of ``case``; ``names`` are the organisations'."""
    parts = people.parts_of(session, reading, [person.person_id for person in case.people])
    users = [member.user_id for party in case.parties for member in party.members]
    staff = accounts.names_of(session, {case.coordinator_id, *users})
    return CaseView(
        called_name=None if case.is_protected else people.called_name(reading, parts.get(case.youth_id)),
        age=people.age(reading, parts.get(case.youth_id), day_of(at)),
        family=_family(reading, case, parts) if holds(actor, Permission.CASE_OPEN) else (),
        shown=_shown(reading, names),
        participants=participants_of(actor, case, names, staff, at, cases.guests_of(session, reading, [case])),
        statements={
            StatementKind(kind): reading.reveal(row, "statement")
            for kind, row in cases.current_statements(session, reading, case).items()
        },
        coordinator=staff[case.coordinator_id],
    )


def _family(reading: Reading, case: Case, parts: Mapping[UUID, people.Parts]) -> tuple[PersonView, ...]:
    """Where somebody has protected identity, by their place in the case: the rest is a reveal, on purpose."""
    if case.is_protected:
        return tuple(PersonView(one.person_id, None, place_of(one), None) for one in case.people)
    return tuple(
        PersonView(
            person.person_id,
            CASE_ROLES[person.role],
            people.called_name(reading, parts.get(person.person_id)) or "",
            people.masked_number(reading, parts.get(person.person_id)),
        )
        for person in case.people
    )


def _shown(reading: Reading, names: Mapping[UUID, str]) -> tuple[ShownView, ...]:
    found = (
        (opened.kind, opened.source_id, ground.ground, ground.valid_until)
        for opened in reading.opened.values()
        for ground in opened.grounds
        if opened.replaced_by is None
    )
    return shown_lines(found, names)


def shown_lines(
    found: Iterable[tuple[str, UUID, str, datetime | None]], names: Mapping[UUID, str]
) -> tuple[ShownView, ...]:
    """Each kind once for each source, ground and last day. How many pieces there are of it is not told apart."""
    kinds: dict[tuple[UUID, str, date | None], set[str]] = {}
    for kind, source_id, ground, until in found:
        if kind not in OWN_ALONE:
            kinds.setdefault((source_id, ground, last_day(until) if until else None), set()).add(kind)
    lines = (
        ShownView(tuple(kind_label(kind) for kind in sorted(its)), names[source_id], WHY[Ground(ground)], last)
        for (source_id, ground, last), its in kinds.items()
    )
    return tuple(sorted(lines, key=lambda line: (line.source, str(line.why), str(line.last_day))))


def participants_of(
    actor: Actor,
    case: Case,
    names: Mapping[UUID, str],
    staff: Mapping[UUID, str],
    at: datetime,
    guests: Mapping[UUID, Sequence[cases.GuestView]] | None = None,
) -> tuple[ParticipantView, ...]:
    """Coordination sees whom it means to ask; others only who takes part now, and their own förbehåll."""
    last = {spell.organisation_id: last_day(spell.valid_until) for spell in case.participations if spell.is_live(at)}
    is_coordination = holds(actor, Permission.CASE_OPEN)
    here = (guests or {}).get(case.id, ())
    return tuple(
        ParticipantView(
            party.organisation_id,
            names[party.organisation_id],
            tuple(
                MemberView(member.user_id, staff[member.user_id]) for member in party.members if member.ended_at is None
            ),
            last.get(party.organisation_id),
            tuple(one for one in here if one.organisation_id == party.organisation_id),
            party.reservation.wording
            if party.reservation and (is_coordination or party.organisation_id == actor.organisation_id)
            else "",
        )
        for party in sorted(case.parties, key=lambda party: names[party.organisation_id])
        if party.organisation_id in last or (is_coordination and party.organisation_id != case.coordination_id)
    )
