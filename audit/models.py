"""The trail's tables. The application may insert rows and move the head of a log forward, nothing else."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from audit.events import TAG_LENGTH

# the same words as in sspf.db.types, which this package must not know
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


REFUSALS = "'%refused'"
"""What the tag of a refusal is like, as an SQL literal: a partial index is not used for a bound value."""


class Base(DeclarativeBase):
    """The tables of the trail only."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: DateTime(timezone=True), int: BigInteger}


class LogHead(Base):
    """One log and how far it has come; locked by whoever appends, last of all locks.

    ``origin`` is the log's name towards the world, for the first line of a
    checkpoint (C2SP tlog-checkpoint). ``last_at`` is null while the log is empty.
    """

    __tablename__ = "audit_log"
    __table_args__ = (
        CheckConstraint("size >= 0", name="size"),
        CheckConstraint("octet_length(root) = 32", name="root"),
        CheckConstraint("octet_length(frontier) % 32 = 0", name="frontier"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(String(200), unique=True)
    size: Mapped[int]
    frontier: Mapped[bytes]
    root: Mapped[bytes]
    last_at: Mapped[datetime | None]


class StoredLeaf(Base):
    """The bytes of one leaf, as hashed. Kept for ever; holds nothing that can be read about anybody.

    ``node`` is the root of the largest subtree this leaf completes (RFC 6962).
    Nothing is proved by it; it tells *which* entry was changed when the root no
    longer fits, and spares whoever builds a proof from hashing every leaf.
    """

    __tablename__ = "audit_leaf"
    __table_args__ = (CheckConstraint("seq >= 0", name="seq"), CheckConstraint("octet_length(node) = 32", name="node"))

    log_id: Mapped[UUID] = mapped_column(ForeignKey(LogHead.id), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    leaf: Mapped[bytes]
    node: Mapped[bytes]


class EntryFacts(Base):
    """What opens the commitments of an entry to who did it and to its facts, and what an auditor filters by.

    ``event`` and ``at`` repeat the leaf. ``user_id``, ``organisation_id`` and
    ``who_rest`` (the commitment to what is in ``who_sealed``) are the value that
    ``who`` in the leaf commits to under ``who_salt``. A sealed value is salt ‖ value.
    """

    __tablename__ = "audit_entry_facts"
    __table_args__ = (
        ForeignKeyConstraint(["log_id", "seq"], [StoredLeaf.log_id, StoredLeaf.seq]),
        Index(None, "log_id", "at"),
        Index(None, "log_id", "user_id", "seq"),
        Index(None, "log_id", "organisation_id", "seq"),
        Index(None, "log_id", "event", "seq"),
        Index("ix_audit_entry_facts_refusals", "log_id", "seq", postgresql_where=text(f"event LIKE {REFUSALS}")),
    )

    log_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event: Mapped[str] = mapped_column(String(TAG_LENGTH))
    at: Mapped[datetime]
    user_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    who_salt: Mapped[bytes]
    who_rest: Mapped[bytes | None]
    who_sealed: Mapped[bytes | None]
    facts_sealed: Mapped[bytes]


class EntrySubject(Base):
    """What opens an entry's commitment to one of its subjects; the only row of the trail that can be erased.

    ``position`` is its place in the leaf's ``what``, from 1. The other columns
    but ``salt`` and ``sealed`` are the value committed to under ``salt``.
    """

    __tablename__ = "audit_entry_subject"
    __table_args__ = (
        ForeignKeyConstraint(["log_id", "seq"], [StoredLeaf.log_id, StoredLeaf.seq]),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("(redacts_seq IS NULL) = (redacts_position IS NULL)", name="redacts"),
        Index(None, "log_id", "case_id", "seq", postgresql_where=text("case_id IS NOT NULL")),
        Index(None, "log_id", "person_id", "seq", postgresql_where=text("person_id IS NOT NULL")),
        Index(
            None,
            "log_id",
            "redacts_seq",
            "redacts_position",
            unique=True,
            postgresql_where=text("redacts_seq IS NOT NULL"),
        ),
    )

    log_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    redacts_seq: Mapped[int | None]
    redacts_position: Mapped[int | None]
    salt: Mapped[bytes]
    rest: Mapped[bytes | None]
    sealed: Mapped[bytes | None]
