"""Every read of auth's tables. Those named ``lock_`` hold their rows to the end of the transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Function, and_, func, or_, select
from sqlalchemy.orm import Session

from auth.models import Assignment, OneTimeLink, Throttle, ThrottleKey, TicketKey, User, UserSession
from auth.permissions import Role

_NAMES = "auth.names"


@dataclass(frozen=True)
class Staff:
    """A member of staff in one role at one organisation, as pages and choices name them."""

    user_id: UUID
    name: str
    assignment_id: UUID
    organisation_id: UUID
    role: Role


class SessionRow(NamedTuple):
    """A session with all that decides whether it opens anything, and the database's time."""

    session: UserSession
    user: User
    assignment: Assignment | None
    now: datetime


def find_user(session: Session, email: str) -> User | None:
    """The account with this sign-in name, given in its normal form."""
    return session.scalars(select(User).where(User.email == email)).one_or_none()


def get_user(session: Session, user_id: UUID) -> User:
    """The account, or ``sqlalchemy.exc.NoResultFound``."""
    return session.scalars(select(User).where(User.id == user_id)).one()


def lock_user(session: Session, user_id: UUID) -> User:
    """The account as it is now, kept from others that sign in to it or change it; or ``NoResultFound``."""
    found = select(User).where(User.id == user_id).with_for_update(key_share=True)
    return session.scalars(found, execution_options={"populate_existing": True}).one()


def names_of(session: Session, user_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Staff names by user id, for pages that mention many; disabled accounts too.

    The session remembers what it has been told: a page whose parts mention the same people asks once.
    """
    known: dict[UUID, str] = session.info.setdefault(_NAMES, {})
    if unknown := set(user_ids) - known.keys():
        found = session.execute(select(User.id, User.name).where(User.id.in_(unknown)))
        known |= {row.id: row.name for row in found}
    return {user_id: known[user_id] for user_id in user_ids if user_id in known}


def list_staff(session: Session, organisation_ids: Collection[UUID], *, now: datetime) -> list[Staff]:
    """Who can be named for these organisations now: assignments in force of accounts not disabled, by name."""
    found = (
        select(User.id, User.name, Assignment.id, Assignment.organisation_id, Assignment.role)
        .join(Assignment, Assignment.user_id == User.id)
        .where(Assignment.organisation_id.in_(organisation_ids), User.disabled_at.is_(None), _in_force(now))
        .order_by(User.name, Assignment.id)
    )
    return [Staff(*row) for row in session.execute(found)]


def get_assignment(session: Session, assignment_id: UUID) -> Assignment:
    """The assignment, or ``sqlalchemy.exc.NoResultFound``."""
    return session.scalars(select(Assignment).where(Assignment.id == assignment_id)).one()


def list_assignments(session: Session, user_id: UUID) -> list[Assignment]:
    """All of a user's assignments, also those over, oldest first."""
    found = select(Assignment).where(Assignment.user_id == user_id).order_by(Assignment.starts_at, Assignment.id)
    return list(session.scalars(found))


def list_assignments_in_force(session: Session, user_id: UUID, *, now: datetime) -> list[Assignment]:
    """What the user can choose between at sign-in, oldest first."""
    found = select(Assignment).where(Assignment.user_id == user_id, _in_force(now))
    return list(session.scalars(found.order_by(Assignment.starts_at, Assignment.id)))


def list_assignments_not_over(session: Session, user_id: UUID, *, now: datetime) -> list[Assignment]:
    """What the user has or will have, oldest first."""
    found = select(Assignment).where(Assignment.user_id == user_id, _not_over(now))
    return list(session.scalars(found.order_by(Assignment.starts_at, Assignment.id)))


def list_users(session: Session, municipality_id: UUID, *, now: datetime) -> list[tuple[User, list[Assignment]]]:
    """Every account of the municipality by name, closed ones too, each with its assignments that are not over."""
    return _with_assignments(session, now, User.municipality_id == municipality_id)


def list_waiting(
    session: Session, municipality_id: UUID, *, now: datetime | None = None
) -> list[tuple[User, list[Assignment]]]:
    """The accounts whose owners have chosen a password and wait for somebody's yes, by name, in one statement."""
    return _with_assignments(
        session,
        now or func.clock_timestamp(),
        User.municipality_id == municipality_id,
        User.confirmed_at.is_(None),
        User.disabled_at.is_(None),
        User.password_hash.is_not(None),
    )


def _with_assignments(
    session: Session, now: datetime | Function[datetime], *which: ColumnElement[bool]
) -> list[tuple[User, list[Assignment]]]:
    found = session.execute(
        select(User, Assignment)
        .outerjoin(Assignment, and_(Assignment.user_id == User.id, _not_over(now)))
        .where(*which)
        .order_by(User.name, User.id, Assignment.starts_at, Assignment.id)
    )
    users: dict[UUID, tuple[User, list[Assignment]]] = {}
    for user, assignment in found:
        held = users.setdefault(user.id, (user, []))[1]
        held.extend([assignment] if assignment is not None else [])
    return list(users.values())


def find_session(session: Session, token_hash: bytes) -> SessionRow | None:
    """The session with this token, whatever its state, in one statement with the time it is judged by."""
    return _session_row(session, UserSession.token_hash == token_hash)


def find_session_by_id(session: Session, session_id: UUID) -> SessionRow | None:
    """The same by the session's id: for what lives as long as it does."""
    return _session_row(session, UserSession.id == session_id)


def _session_row(session: Session, condition: ColumnElement[bool]) -> SessionRow | None:
    found = (
        select(UserSession, User, Assignment, func.clock_timestamp())
        .join(User, User.id == UserSession.user_id)
        .outerjoin(Assignment, Assignment.id == UserSession.assignment_id)
        .where(condition)
    )
    row = session.execute(found, execution_options={"populate_existing": True}).one_or_none()
    return None if row is None else SessionRow(*row)


def list_open_sessions(session: Session, user_id: UUID) -> list[UserSession]:
    """The user's sessions that nobody has ended, oldest first; the clock may have."""
    found = select(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    return list(session.scalars(found.order_by(UserSession.created_at, UserSession.id)))


def find_link(session: Session, token_hash: bytes) -> OneTimeLink | None:
    """The one-time link with this token, whatever its state."""
    return session.scalars(select(OneTimeLink).where(OneTimeLink.token_hash == token_hash)).one_or_none()


def lock_link(session: Session, link_id: UUID) -> OneTimeLink:
    """The link as it is now, so that it is used once however often it is sent."""
    found = select(OneTimeLink).where(OneTimeLink.id == link_id).with_for_update()
    return session.scalars(found, execution_options={"populate_existing": True}).one()


def newest_links(session: Session, user_ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """By user id, the last one-time link that was made for them: with which they chose what they have."""
    found = select(OneTimeLink.user_id, OneTimeLink.id).where(OneTimeLink.user_id.in_(user_ids))
    return {row.user_id: row.id for row in session.execute(found.order_by(OneTimeLink.id))}


def list_open_links(session: Session, user_id: UUID) -> list[OneTimeLink]:
    """The user's links that are neither used nor replaced."""
    found = select(OneTimeLink).where(OneTimeLink.user_id == user_id, OneTimeLink.closed_at.is_(None))
    return list(session.scalars(found))


def get_throttle_key(session: Session) -> bytes:
    """The sealed key of the throttle, or ``sqlalchemy.exc.NoResultFound``."""
    return session.scalars(select(ThrottleKey.sealed)).one()


_TICKET_KEYS = select(TicketKey).where(TicketKey.retired_at.is_(None)).order_by(TicketKey.created_at, TicketKey.kid)


def list_ticket_keys(session: Session) -> list[TicketKey]:
    """The keys that are not retired, oldest first."""
    return list(session.scalars(_TICKET_KEYS))


def lock_ticket_keys(session: Session) -> list[TicketKey]:
    """The same as they are now, kept from another process that would replace them."""
    return list(session.scalars(_TICKET_KEYS.with_for_update(), execution_options={"populate_existing": True}))


def lock_buckets(session: Session, buckets: Collection[bytes]) -> list[Throttle]:
    """The throttle's rows, locked in the order of their names."""
    found = select(Throttle).where(Throttle.bucket.in_(buckets)).order_by(Throttle.bucket).with_for_update()
    return list(session.scalars(found, execution_options={"populate_existing": True}))


def _in_force(now: datetime) -> ColumnElement[bool]:
    return and_(Assignment.starts_at <= now, _not_over(now))


def _not_over(now: datetime | Function[datetime]) -> ColumnElement[bool]:
    return or_(Assignment.ends_at.is_(None), Assignment.ends_at > now)
