"""What a reading may show of people. There is no way from here to a person the reading does not cover."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sspf.law.kinds import Kind
from sspf.people import numbers
from sspf.people.models import Part, Person, PersonPart
from sspf.vault.reading import Reading

# what the parts are sealed as; a page opens many envelopes of other kinds
_KINDS = (Kind.IDENTITY, Kind.IDENTITY_FULL, Kind.CONTACT)


@dataclass(frozen=True, slots=True)
class Parts:
    """The current parts of one person that the reading opened, still sealed."""

    by_part: dict[Part, PersonPart]

    def __getitem__(self, part: Part) -> PersonPart | None:
        return self.by_part.get(part)


@dataclass(frozen=True, slots=True)
class Revealed:
    """Who somebody is, as far as the reading opened it; ``repr`` shows nothing of it."""

    called_name: str | None
    full_name: str | None
    number: str | None
    contact: str | None

    def __repr__(self) -> str:
        return "Revealed(***)"


def people_by_id(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """The people themselves, of whom nothing but their protection is in the open."""
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(list(person_ids))))}


def parts_of(session: Session, reading: Reading, person_ids: Iterable[UUID]) -> dict[UUID, Parts]:
    """The newest row of each part, for each person; someone of whom nothing is shown has no entry."""
    rows = session.scalars(
        select(PersonPart)
        .where(PersonPart.person_id.in_(list(person_ids)), PersonPart.envelope_id.in_(reading.envelope_ids(*_KINDS)))
        .order_by(PersonPart.id)
    )
    found: dict[UUID, Parts] = {}
    for row in rows:
        found.setdefault(row.person_id, Parts({})).by_part[row.part] = row
    return found


def envelope_ids(session: Session, person_id: UUID) -> list[UUID]:
    """The envelopes of everything said of one person: what the door is asked for when only they matter."""
    return list(session.scalars(select(PersonPart.envelope_id).where(PersonPart.person_id == person_id)))


def called_name(reading: Reading, parts: Parts | None) -> str | None:
    """The called name, if it has been disclosed."""
    row = parts[Part.CALLED] if parts else None
    return reading.reveal(row, "called_name") if row else None


def age(reading: Reading, parts: Parts | None, today: date) -> int | None:
    """Whole years by the month of birth: what the called name's seal holds is no more exact than that."""
    row = parts[Part.CALLED] if parts else None
    if row is None or row.born_in is None:
        return None
    year, month = (int(number) for number in reading.reveal(row, "born_in").split("-"))
    return today.year - year - (today.month < month)


def revealed(reading: Reading, parts: Parts) -> Revealed:
    """Everything the reading shows of one person, for a page that was opened for it."""
    full_name, row, contact = parts[Part.FULL_NAME], parts[Part.NUMBER], parts[Part.CONTACT]
    number = reading.reveal(row, "number") if row else ""  # empty too where a wrong one was taken away
    return Revealed(
        called_name=called_name(reading, parts),
        full_name=reading.reveal(full_name, "full_name") if full_name else None,
        number=numbers.full(number) if number else None,
        contact=reading.reveal(contact, "contact") if contact else None,
    )


def born_on(reading: Reading, parts: Parts | None) -> date | None:
    """The birth date, which only the owner's access opens; the age rules need it."""
    row = parts[Part.NUMBER] if parts else None
    if row is None or row.born_on is None:
        return None
    return date.fromisoformat(reading.reveal(row, "born_on"))


def masked_number(reading: Reading, parts: Parts | None) -> str | None:
    """The number with its last four hidden. Opens the birth date alone."""
    birthday = born_on(reading, parts)
    return None if birthday is None else numbers.masked(f"{birthday:%Y%m%d}")
