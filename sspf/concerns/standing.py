"""What stands of a contact, as its forms begin with it; opened to be put right, and on the record as that.

``read`` in a form marks which rows its writer had read: what is sealed never changes, so a row is a version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.concerns import policy, queries
from sspf.concerns.models import Concern, ConcernAccount, ConcernPerson, ConcernYes
from sspf.concerns.telling import NO, YES, newest_weighing, weighed
from sspf.errors import NotFound
from sspf.law.kinds import CONCERN_RECORD, CONCERN_WEIGHING, CONCERN_YES, Kind
from sspf.law.purposes import Purpose
from sspf.overtaken import mark_of
from sspf.people import numbers
from sspf.people import queries as people
from sspf.people.models import Part, PersonPart
from sspf.people.service import Described
from sspf.vault import door
from sspf.vault.reading import Reading
from sspf.web import Submitted, blank


def account_row(session: Session, actor: Actor, concern: Concern) -> tuple[Reading, ConcernAccount]:
    """The newest wording of what was told.

    Raises:
        NotFound: the actor does not read it any more.
    """
    reading = _open(session, actor, concern, CONCERN_RECORD)
    rows = queries.shown(session, reading, concern, ConcernAccount)
    if not rows:
        raise NotFound
    return reading, rows[-1]


def account_form(session: Session, actor: Actor, concern: Concern) -> Submitted[Any]:
    reading, row = account_row(session, actor, concern)
    said = {name: reading.reveal(row, name) for name in ("seen", "basis", "age", "stage", "area") if getattr(row, name)}
    read = mark_of(row.id, concern.source, concern.kind_id)
    return blank(source=concern.source.value, kind=concern.kind_id, read=read, **said)


def yes_row(session: Session, actor: Actor, concern: Concern) -> tuple[Reading, ConcernYes | None]:
    """The newest wording of the family's yes, if they have said it."""
    reading = _open(session, actor, concern, CONCERN_YES)
    rows = queries.shown(session, reading, concern, ConcernYes)
    return reading, rows[-1] if rows else None


def yes_form(session: Session, actor: Actor, concern: Concern, **begun: object) -> Submitted[Any]:
    """``begun``: what the form begins with where nothing stands."""
    reading, row = yes_row(session, actor, concern)
    if row is None:
        return blank(read=mark_of(None), **begun)
    return blank(
        read=mark_of(row.id),
        **{name: reading.reveal(row, name) for name in ("said_by", "said_to", "said_on", "way")},
    )


def weighing_id(session: Session, actor: Actor, concern: Concern) -> UUID | None:
    """Which weighing of the reader's own organisation stands."""
    row = newest_weighing(session, _open(session, actor, concern, CONCERN_WEIGHING), concern)
    return row.id if row else None


def weighing_form(session: Session, actor: Actor, concern: Concern) -> Submitted[Any]:
    reading = _open(session, actor, concern, CONCERN_WEIGHING)
    row, found = newest_weighing(session, reading, concern), weighed(session, reading, concern)
    read = mark_of(row.id if row else None)
    if found is None:
        return blank(made_by=actor.name, read=read)
    return blank(
        suspicion=found.suspicion.value,
        is_made=None if found.is_made is None else YES if found.is_made else NO,
        made_on=found.made_on,
        made_by=found.made_by or actor.name,
        reason=found.reason,
        read=read,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who is written down: who they are in the contact, what is said of them, and in which rows."""

    person: ConcernPerson
    described: Described
    rows: Mapping[Part, PersonPart]


def people_standing(session: Session, actor: Actor, concern: Concern) -> dict[int, Standing]:
    """Those who are written down, by their place in the form: the youth first. One who was taken away is not there."""
    if not concern.people:
        return {}
    kinds = (Kind.IDENTITY, Kind.IDENTITY_FULL, Kind.CONTACT)
    reading = door.open(session, policy.access_to(actor, concern), Purpose.REVEAL, kinds=kinds)
    parts = people.parts_of(session, reading, [one.person_id for one in concern.people])
    return {
        one.position: Standing(one, _described(reading, parts[one.person_id]), parts[one.person_id].by_part)
        for one in concern.people
        if one.person_id in parts
    }


def rows_of(standing: Mapping[int, Standing]) -> list[UUID]:
    """Which rows say so."""
    return sorted(row.id for one in standing.values() for row in one.rows.values())


def identity_form(standing: Mapping[int, Standing]) -> Submitted[Any]:
    typed: dict[str, str] = {"read": mark_of(*rows_of(standing))}
    for place, one in standing.items():
        prefix, told = prefix_of(place), one.described
        typed |= {
            f"{prefix}called_name": told.called_name,
            f"{prefix}full_name": told.full_name,
            f"{prefix}number": numbers.full(told.number.digits) if told.number else "",
            f"{prefix}contact": told.contact,
        }
    return blank(**typed)


def prefix_of(place: int) -> str:
    """What the fields of somebody in this place begin with."""
    return f"guardian_{place}_" if place else ""


def _open(session: Session, actor: Actor, concern: Concern, *kinds: str) -> Reading:
    return door.open(session, policy.access_to(actor, concern), Purpose.CORRECTION, kinds=kinds)


def _described(reading: Reading, parts: people.Parts) -> Described:
    def said(part: Part, field: str) -> str:
        row = parts[part]
        return reading.reveal(row, field) if row else ""

    number = said(Part.NUMBER, "number")
    return Described(
        said(Part.CALLED, "called_name"),
        said(Part.FULL_NAME, "full_name"),
        numbers.parse(number) if number else None,
        said(Part.CONTACT, "contact"),
    )
