"""The twin's tables: everything that is sealed for the case page, plainly. They exist in the bench's database alone."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from sspf.cases.models import StatementKind
from sspf.db import new_id
from sspf.db.types import NAMING, Base, one_of
from sspf.notes.models import Basis
from sspf.plans.models import Status
from sspf.vault.models import AboutKind


class TwinBase(DeclarativeBase):
    """Apart from ``sspf.db.Base``, whose tables are every installation's."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = Base.type_annotation_map


class PlainShare(TwinBase):
    """That an organisation may see an item, why and until when: what a disclosure is without its key."""

    __tablename__ = "plain_share"
    __table_args__ = (Index(None, "case_id", "organisation_id"), Index(None, "item_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID]
    item_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    kind: Mapped[str]
    source_id: Mapped[UUID]
    ground: Mapped[str]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]


class PlainPerson(TwinBase):
    __tablename__ = "plain_person"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(index=True)
    called_name: Mapped[str]
    born_on: Mapped[date]


class PlainStatement(TwinBase):
    __tablename__ = "plain_statement"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(index=True)
    item_id: Mapped[UUID]
    kind: Mapped[StatementKind] = mapped_column(one_of(StatementKind))
    statement: Mapped[str]


class PlainNote(TwinBase):
    __tablename__ = "plain_note"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(index=True)
    item_id: Mapped[UUID]
    kind: Mapped[str]
    about: Mapped[AboutKind] = mapped_column(one_of(AboutKind))
    basis: Mapped[Basis] = mapped_column(one_of(Basis))
    observed_on: Mapped[date]
    written_at: Mapped[datetime]
    written_by: Mapped[UUID]
    owner_id: Mapped[UUID]
    source_id: Mapped[UUID]
    statement: Mapped[str]


class PlainAction(TwinBase):
    __tablename__ = "plain_action"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(index=True)
    item_id: Mapped[UUID]
    wording: Mapped[str]
    organisation_id: Mapped[UUID | None]
    user_id: Mapped[UUID | None]
    is_family: Mapped[bool]
    due_on: Mapped[date]
    status: Mapped[Status] = mapped_column(one_of(Status))
    version: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID]
