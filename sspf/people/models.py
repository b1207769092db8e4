"""A person has no text of its own: every part is a row of its own, sealed, and corrected by a new row."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from sspf.db import Base, Tenant, record_id
from sspf.db.types import one_of
from sspf.vault.columns import Sealable, Sealed, sealed


class Protection(StrEnum):
    """Skyddade personuppgifter, in Skatteverket's three levels."""

    NONE = "none"
    MARKED = "marked"  # sekretessmarkering
    PROTECTED_REGISTRATION = "protected_registration"  # skyddad folkbokföring
    NEW_IDENTITY = "new_identity"  # fingerade personuppgifter


LEVELS = tuple(Protection)


def is_raised(before: Protection, to: Protection) -> bool:
    """Whether ``to`` protects more than ``before``: what a marking may be changed to."""
    return LEVELS.index(to) > LEVELS.index(before)


class Part(StrEnum):
    """What one row holds, and so what one disclosure can show."""

    CALLED = "called"
    FULL_NAME = "full_name"
    NUMBER = "number"
    CONTACT = "contact"


class Person(Tenant, Base):
    """A young person or a guardian, known by an id alone."""

    __tablename__ = "person"

    id: Mapped[record_id]
    protection: Mapped[Protection] = mapped_column(one_of(Protection), default=Protection.NONE)


class PersonPart(Sealable, Tenant, Base):
    """One part of who somebody is; ``part`` says which of the sealed columns it fills."""

    __tablename__ = "person_part"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    part: Mapped[Part] = mapped_column(one_of(Part))
    called_name: Mapped[Sealed | None] = sealed("person_part.called_name")
    born_in: Mapped[Sealed | None] = sealed("person_part.born_in")
    full_name: Mapped[Sealed | None] = sealed("person_part.full_name")
    number: Mapped[Sealed | None] = sealed("person_part.number")
    born_on: Mapped[Sealed | None] = sealed("person_part.born_on")
    contact: Mapped[Sealed | None] = sealed("person_part.contact")
