"""The vault's tables: what is sealed, for whom, why, and the keys under keys.

Organisations, cases, persons and users are ids without foreign keys: the vault lies
below them. ``docs/keys.md`` lists every column here that is not a key, with its reason.
Envelopes, disclosures and their ends are never changed; wrapped keys and unit secrets
are never changed either, only destroyed.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sspf.db import Base, Tenant, record_id
from sspf.db.types import one_of

OWN_RECORD = "own_record"


class AboutKind(StrEnum):
    """Whom a piece of information is about, by role in the case."""

    YOUTH = "youth"
    GUARDIAN = "guardian"
    OTHER = "other"


class ErasureUnit(Tenant, Base):
    """What is erased together: a person, a case × owner authority, a concern, …; it has one secret."""

    __tablename__ = "erasure_unit"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "authority_id", postgresql_nulls_not_distinct=True),
        Index(None, "subject_id"),
    )

    id: Mapped[record_id]
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[UUID]
    authority_id: Mapped[UUID | None]


class UnitSecret(Tenant, Base):
    """Half of every wrapping key in the unit, wrapped under an epoch. Deleting the row is the erasure."""

    __tablename__ = "unit_secret"

    unit_id: Mapped[UUID] = mapped_column(ForeignKey(ErasureUnit.id), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class OrganisationKey(Tenant, Base):
    """One version of an organisation's key, the other half, wrapped under an epoch. The newest wraps, all unwrap."""

    __tablename__ = "organisation_key"

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Envelope(Tenant, Base):
    """One sealed unit with a data key of its own; the text lies in the record that names it, and never changes.

    ``owner_id`` decides over it, ``source_id`` is whose information it is; grounds are judged on the source.
    """

    __tablename__ = "envelope"

    id: Mapped[record_id]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey(ErasureUnit.id), index=True)
    owner_id: Mapped[UUID]
    source_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(32))
    about_kind: Mapped[AboutKind] = mapped_column(one_of(AboutKind))
    about_id: Mapped[UUID | None]
    sealed_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(64))
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("envelope.id"), unique=True)


class Disclosure(Tenant, Base):
    """One envelope to one organisation, for one reason, from one moment to another.

    Every column but the tenant is bound into the key in ``WrappedKey``.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name="ends_after_it_begins"),
        Index(None, "envelope_id", "organisation_id"),
    )

    id: Mapped[record_id]
    envelope_id: Mapped[UUID] = mapped_column(ForeignKey(Envelope.id))
    organisation_id: Mapped[UUID]
    ground: Mapped[str] = mapped_column(String(32))
    rule_version: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(64))
    decided_by: Mapped[str] = mapped_column(String(64))
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]


class DisclosureRestsOn(Tenant, Base):
    """A record the disclosure needs, such as a consent; when one of them ends, so does the disclosure."""

    __tablename__ = "disclosure_rests_on"

    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey(Disclosure.id), primary_key=True)
    record_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)


class DisclosureEnd(Tenant, Base):
    """A disclosure ended before its time. Its key is destroyed in the same transaction."""

    __tablename__ = "disclosure_end"

    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey(Disclosure.id), primary_key=True)
    ended_at: Mapped[datetime]
    ended_by: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(64))


class WrappedKey(Tenant, Base):
    """The envelope's data key for the disclosure's organisation, in ``wrap``'s format. Gone when the ground is."""

    __tablename__ = "wrapped_key"

    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey(Disclosure.id), primary_key=True)
    key_version: Mapped[int]
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class SealerKey(Base):
    """A key of a narrow sealer, wrapped under an epoch. The installation's own, so it has no municipality."""

    __tablename__ = "sealer_key"

    id: Mapped[record_id]
    name: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("name", "version"),)
