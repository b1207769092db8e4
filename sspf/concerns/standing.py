"""What stands of a contact, opened to be put right, and on the record as that.

What is sealed never changes, so a row is a version: a form's ``read`` marks which rows its writer had read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.concerns import policy, queries
from sspf.concerns.models import Concern, ConcernAccount, ConcernPerson, ConcernWeighing, ConcernYes
from sspf.concerns.telling import newest_weighing
from sspf.errors import NotFound
from sspf.law.kinds import CONCERN_RECORD, CONCERN_WEIGHING, CONCERN_YES, Kind
from sspf.law.purposes import Purpose
from sspf.people import numbers
from sspf.people import queries as people
from sspf.people.models import Part, PersonPart
from sspf.people.service import Described
from sspf.vault import door
from sspf.vault.reading import Reading


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


def yes_row(session: Session, actor: Actor, concern: Concern) -> tuple[Reading, ConcernYes | None]:
    """The newest wording of the family's yes, if they have said it."""
    reading = _open(session, actor, concern, CONCERN_YES)
    rows = queries.shown(session, reading, concern, ConcernYes)
    return reading, rows[-1] if rows else None


def weighing_row(session: Session, actor: Actor, concern: Concern) -> tuple[Reading, ConcernWeighing | None]:
    """The newest weighing of the reader's own organisation."""
    reading = _open(session, actor, concern, CONCERN_WEIGHING)
    return reading, newest_weighing(session, reading, concern)


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
