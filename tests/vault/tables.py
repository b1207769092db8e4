"""Records to seal in these tests, of no feature: a base of their own, so that migrations never see them."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from sspf.vault.columns import Sealable, Sealed, sealed
from sspf.vault.models import Envelope


class TestBase(DeclarativeBase):
    """Tables that exist in tests only."""

    __test__ = False


class Secret(Sealable, TestBase):
    """A record with two sealed fields, the second optional."""

    __tablename__ = "test_secret"

    envelope_id: Mapped[UUID] = mapped_column(ForeignKey(Envelope.id), index=True)
    title: Mapped[str | None] = mapped_column(String(40))
    statement: Mapped[Sealed] = sealed("test_secret.statement")
    detail: Mapped[Sealed | None] = sealed("test_secret.detail")


class OtherSecret(Sealable, TestBase):
    """A record of another table."""

    __tablename__ = "test_other_secret"

    envelope_id: Mapped[UUID] = mapped_column(ForeignKey(Envelope.id), index=True)
    statement: Mapped[Sealed] = sealed("test_other_secret.statement")


class MisplacedSecret(Sealable, TestBase):
    """A record whose sealed column is declared for another table; it has no table in any database."""

    __tablename__ = "test_misplaced_secret"

    envelope_id: Mapped[UUID] = mapped_column(ForeignKey(Envelope.id), index=True)
    statement: Mapped[Sealed] = sealed("other_table.statement")
