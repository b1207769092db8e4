"""Conventions said once: ids, times, enums as plain strings, and the tenant of every row."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7

__all__ = ["Base", "Tenant", "new_id", "one_of", "record_id"]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562): made by the application, since a sealed value is bound to its row's id."""
    return UUID(bytes=uuid7().bytes)


record_id = Annotated[UUID, mapped_column(primary_key=True, default=new_id)]


def one_of(kind: type[StrEnum]) -> Enum:
    """A column for a string enum, stored as its value: native types survive a downgrade."""
    return Enum(kind, native_enum=False, create_constraint=False, length=32, values_callable=list)


class Base(DeclarativeBase):
    """All tables of sspf; audit and auth have a base of their own and the same naming."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: DateTime(timezone=True)}


class Tenant:
    """Every row says which municipality it is of, also while there is one per installation."""

    municipality_id: Mapped[UUID] = mapped_column()
