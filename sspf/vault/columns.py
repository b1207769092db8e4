"""Sealed columns: what a model says is sealed, and what a reader of the model gets to see of it.

    class Note(Sealable, Tenant, Base):
        __tablename__ = "note"
        statement: Mapped[Sealed] = sealed("note.statement")

A sealed column never opens by itself: it can see neither its row, which the seal is
bound to, nor who is reading. What it holds is a ``Sealed``, which prints as ``***``;
``Reading.reveal(note, "statement")`` is the only way to the text.
"""

from functools import lru_cache
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import Dialect, ForeignKey, LargeBinary, event, inspect
from sqlalchemy.orm import ColumnProperty, InstrumentedAttribute, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

from sspf.db import record_id
from sspf.vault import sealing
from sspf.vault.errors import AlreadySealed


class Sealed:
    """A sealed value as it is stored. Has no way to open itself and equals nothing but itself."""

    __slots__ = ("_stored",)

    def __init__(self, stored: bytes) -> None:
        self._stored = stored

    @property
    def stored(self) -> bytes:
        """The bytes in the database, in ``sealing``'s format."""
        return self._stored

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a sealed value is not copied out of its row")


class SealedColumn(TypeDecorator[Sealed]):
    """The column type: takes and gives ``Sealed``, refuses plaintext, bytes and comparison with either."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def process_bind_param(self, value: Sealed | None, _dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} takes sealed values only")  # never the value itself
        sealing.parse(value.stored)
        return value.stored

    def process_literal_param(self, _value: Sealed | None, _dialect: Dialect) -> NoReturn:
        raise TypeError(f"{self.name} is never written into a statement's text")

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def coerce_compared_value(self, _op: Any, _value: Any) -> "SealedColumn":
        return self


class Sealable:
    """A record with sealed columns, all in one envelope.

    ``seal`` gives both columns their values; the seal is bound to ``id``, so it is
    made by the application and never by the database.
    """

    id: Mapped[record_id]
    envelope_id: Mapped[UUID] = mapped_column(ForeignKey("envelope.id"), index=True)


def sealed(name: str) -> MappedColumn[Any]:
    """A sealed column; ``name`` is exactly ``"table.column"``, the place its values are bound to."""
    return mapped_column(SealedColumn(name))


def place_of(record: Sealable, field: str) -> tuple[str, str, UUID]:
    """Where a record's sealed field stands: table, column, row id.

    Raises:
        TypeError: ``field`` is no sealed column of the record, or is declared under another name.
    """
    model: Any = type(record)  # classes are hashable, which the mixin hides from mypy
    return (*_table_and_column(model, field), record.id)


def sealed_fields(model: type[Sealable]) -> frozenset[str]:
    """The names of a model's sealed fields."""
    columns = inspect(model).columns
    return frozenset(name for name, column in columns.items() if isinstance(column.type, SealedColumn))


@event.listens_for(Sealable, "attribute_instrument", propagate=True)
def _guard(_model: type[Sealable], _key: str, attribute: InstrumentedAttribute[Any]) -> None:
    """Refuse plaintext, and a second text, when it is assigned: a failing statement would print its parameters."""
    found = attribute.property
    if not isinstance(found, ColumnProperty) or not isinstance(found.columns[0].type, SealedColumn):
        return
    name = found.columns[0].type.name

    @event.listens_for(attribute, "set")
    def refuse(_record: Sealable, value: Any, old: Any, _initiator: Any) -> None:
        if not isinstance(value, Sealed | None):
            raise TypeError(f"{name} takes sealed values only")
        if isinstance(old, Sealed):
            raise AlreadySealed


@lru_cache(maxsize=1024)  # asked for every field of every page
def _table_and_column(model: type[Sealable], field: str) -> tuple[str, str]:
    column = inspect(model).columns.get(field)
    if column is None or not isinstance(column.type, SealedColumn):
        raise TypeError(f"{model.__name__}.{field} is not a sealed column")
    place = (str(column.table.name), column.name)
    if ".".join(place) != column.type.name:
        raise TypeError(f"{model.__name__}.{field} is declared as {column.type.name}")
    return place
