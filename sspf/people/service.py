"""Adds people, part by part, each part under a seal of its own. Never commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from sspf.db import new_id
from sspf.errors import ValidationFailed
from sspf.law.kinds import Kind
from sspf.people.events import PersonEvent
from sspf.people.models import Part, Person, PersonPart, Protection, is_raised
from sspf.people.numbers import Number
from sspf.texts import _
from sspf.vault.writing import About, Unit, seal

KIND_OF_PART = {
    Part.CALLED: Kind.IDENTITY,
    Part.FULL_NAME: Kind.IDENTITY_FULL,
    Part.NUMBER: Kind.IDENTITY_FULL,
    Part.CONTACT: Kind.CONTACT,
}


@dataclass(frozen=True, slots=True)
class Described:
    """Who somebody is, as typed in; ``repr`` shows nothing of it."""

    called_name: str
    full_name: str
    number: Number | None = None
    contact: str = ""
    protection: Protection = Protection.NONE

    def __repr__(self) -> str:
        return "Described(***)"


def new_person(session: Session, actor: Actor, *, protection: Protection = Protection.NONE) -> Person:
    """A person nothing is known of yet; their parts are sealed once it is decided whom they are about."""
    person = Person(id=new_id(), municipality_id=actor.municipality_id, protection=protection)
    session.add(person)
    session.flush()  # parts point at it
    record(session, actor.did(PersonEvent.ADDED, Subject(person_id=person.id)))
    return person


def protect(session: Session, actor: Actor, person: Person, *, level: Protection) -> None:
    """Mark that somebody has protected identity, or more of it than was known.

    Raises:
        ValidationFailed: it would be less, or the same; a marking is never taken off.
    """
    if not is_raised(person.protection, level):
        raise ValidationFailed(level=_("Välj en starkare markering. En markering kan inte tas bort här."))
    before, person.protection = person.protection, level
    facts = {"from": before.value, "to": level.value}
    record(session, actor.did(PersonEvent.PROTECTED, Subject(person_id=person.id), **facts))


def describe(
    session: Session,
    actor: Actor,
    person: Person,
    *,
    about: About,
    described: Described,
    until: datetime | None = None,
) -> None:
    """Seal each part of ``described`` under the person's own erasure unit, owned by the actor's organisation.

    With ``until`` nobody reads it from then on, the owner included.
    """
    for part, fields in _parts_of(described).items():
        if any(fields.values()):
            _seal_part(session, actor, person.id, about, part, fields, until)


def correct(
    session: Session,
    actor: Actor,
    person_id: UUID,
    *,
    about: About,
    before: Described,
    described: Described,
    rows: Mapping[Part, PersonPart],
    until: datetime | None = None,
) -> bool:
    """Seal anew each part that is not what it was ``before``, in place of its row; whether any was.

    A part that has been emptied is sealed empty: what stood there is not the newest any more.
    """
    was, changed = _parts_of(before), False
    for part, fields in _parts_of(described).items():
        if fields != was[part]:
            _seal_part(session, actor, person_id, about, part, fields, until, replaces=rows.get(part))
            changed = True
    return changed


def _parts_of(described: Described) -> dict[Part, dict[str, str]]:
    """What each part holds; the called name's the month of birth too, for those who may know the age alone."""
    number = described.number
    born_on = {"born_on": number.born_on.isoformat()} if number else {}
    born_in = {"born_in": f"{number.born_on:%Y-%m}"} if number else {}
    return {
        Part.CALLED: {"called_name": described.called_name, **born_in},
        Part.FULL_NAME: {"full_name": described.full_name},
        Part.NUMBER: {"number": number.digits if number else "", **born_on},
        Part.CONTACT: {"contact": described.contact},
    }


def _seal_part(
    session: Session,
    actor: Actor,
    person_id: UUID,
    about: About,
    part: Part,
    fields: dict[str, str],
    until: datetime | None,
    replaces: PersonPart | None = None,
) -> None:
    row = PersonPart(municipality_id=actor.municipality_id, person_id=person_id, part=part)
    seal(
        session,
        actor,
        row,
        unit=Unit("person", person_id),
        owner=actor.organisation_id,
        source=actor.organisation_id,
        kind=KIND_OF_PART[part],
        about=about,
        fields=fields,
        replaces=replaces.envelope_id if replaces else None,
        until=until,
    )
    session.add(row)
