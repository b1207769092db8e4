"""The note. What it says is sealed; kind, owner, source and whom it is about stand on its envelope."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from sspf.cases.models import Case
from sspf.db import Base, Tenant
from sspf.db.types import one_of
from sspf.people.basis import Basis as Basis
from sspf.vault.columns import Sealable, Sealed, sealed


class Note(Sealable, Tenant, Base):
    """A few sentences about one person. Never changed: a correction is a new note that replaces this one, once."""

    __tablename__ = "note"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    basis: Mapped[Basis] = mapped_column(one_of(Basis))
    observed_on: Mapped[date] = mapped_column()
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("note.id"), unique=True)
    statement: Mapped[Sealed] = sealed("note.statement")
