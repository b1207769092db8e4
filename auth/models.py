"""The tables of auth, on a base of its own. Nothing here is readable as a password, a seed or a token."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Enum,
    ForeignKey,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7

from auth.permissions import Role

# the same convention as in sspf.db, written twice so that auth stands without it
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562), made before the row so that a sealed seed can be bound to it."""
    return UUID(bytes=uuid7().bytes)


record_id = Annotated[UUID, mapped_column(primary_key=True, default=new_id)]


def _one_of(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, create_constraint=False, length=32, values_callable=list)


class Base(DeclarativeBase):
    """The tables of auth. All times are UTC ``timestamptz``."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: DateTime(timezone=True), bytes: LargeBinary}


class EndReason(StrEnum):
    """Why a session opens nothing any more; the page that shows it has the words."""

    SIGNED_OUT = "signed_out"
    ENDED_BY_OWNER = "ended_by_owner"  # from another of the owner's sessions
    ENDED_BY_ADMINISTRATOR = "ended_by_administrator"
    REPLACED = "replaced"  # too many at once: the oldest had to go
    RENEWED = "renewed"  # the browser signed in anew, or the assignment was chosen
    CREDENTIALS_CHANGED = "credentials_changed"
    ACCOUNT_DISABLED = "account_disabled"
    # the rest are never stored: they follow from the clock and the account
    IDLE = "idle"
    TOO_OLD = "too_old"
    UNCONFIRMED = "unconfirmed"
    ASSIGNMENT_OVER = "assignment_over"


class User(Base):
    """A member of staff with an account.

    It opens nothing before ``confirmed_at`` and after ``disabled_at``. ``changed_by`` made, reset,
    gave it a role, another name or address most recently and so may not be the one who confirms it; null for the
    command line, like ``confirmed_by``. ``not_recognised_at`` is when somebody who was asked since last said that they
    do not know whose it is. ``totp_secret`` is sealed by the sealer that ``app`` hands over.
    """

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("(password_hash IS NULL) = (totp_secret IS NULL)", name="both_factors_or_none"),)

    id: Mapped[record_id]
    municipality_id: Mapped[UUID]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(Text)
    totp_secret: Mapped[bytes | None]
    totp_last_step: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    not_recognised_at: Mapped[datetime | None]
    not_recognised_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    disabled_at: Mapped[datetime | None]
    # chosen by themselves; null leaves it to the browser
    language: Mapped[str | None] = mapped_column(String(8))
    theme: Mapped[str | None] = mapped_column(String(8))
    shortcuts: Mapped[bool] = mapped_column(default=True)


class Assignment(Base):
    """A role at an organisation, from and until; the organisation is the application's, known by id alone."""

    __tablename__ = "assignment"
    __table_args__ = (CheckConstraint("ends_at >= starts_at", name="ends_after_start"),)

    id: Mapped[record_id]
    municipality_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id), index=True)
    organisation_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[Role] = mapped_column(_one_of(Role))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]


class UserSession(Base):
    """One browser signed in as one user in one assignment.

    ``assignment_id`` is null while the user has yet to choose one: such a session lives for
    minutes and opens nothing. Rows outlive their session for a while, so that it can be said why it ended.
    """

    __tablename__ = "session"

    id: Mapped[record_id]
    municipality_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id), index=True)
    assignment_id: Mapped[UUID | None] = mapped_column(ForeignKey(Assignment.id))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    in_meeting_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[EndReason | None] = mapped_column(_one_of(EndReason))


class OneTimeLink(Base):
    """Leave to choose a password and enrol a second factor, once, within a day.

    Holds both until the first code has proved that the seed arrived; then they move to the user.
    """

    __tablename__ = "one_time_link"

    id: Mapped[record_id]
    municipality_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(Text)
    totp_secret: Mapped[bytes | None]


class ThrottleKey(Base):
    """The key of ``Throttle.bucket``, sealed; one row for the whole installation."""

    __tablename__ = "throttle_key"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    sealed: Mapped[bytes]


class Throttle(Base):
    """How hard one account, address or the whole installation has been tried lately.

    ``bucket`` is an HMAC: what was typed as a name, which may be a password in the wrong field, cannot
    be found from it. No municipality, since a name that does not exist belongs to none.
    """

    __tablename__ = "throttle"

    bucket: Mapped[bytes] = mapped_column(primary_key=True)
    attempts: Mapped[int]
    until: Mapped[datetime]


class TicketKey(Base):
    """A key that signs tickets, sealed; those not retired verify them.

    The public half stands nowhere by itself: it is taken from the private one, so that nobody who
    writes in the table can put a key of their own there.
    """

    __tablename__ = "ticket_key"

    kid: Mapped[str] = mapped_column(String(16), primary_key=True)
    sealed: Mapped[bytes]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
