"""People and their roles: added, confirmed, given and taken from, by an administrator or the command line.

Every function checks, changes and records (in the municipality's log), and never commits.
``by`` is an ``Actor`` or ``Who(system=…)``; a refusal is ``NotPermitted`` with a ``policy.Refusal`` or a
``permissions.RolesExclude``, an unknown user id ``sqlalchemy.exc.NoResultFound``. An account that
was added, given a role, reset or given another name or address opens nothing until it is confirmed.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from audit.canonical import JSON
from audit.events import Event, EventTag
from audit.log import record
from auth import clock, policy, queries, sessions
from auth.decisions import NotPermitted, require
from auth.emails import is_email, normal_email
from auth.events import AccountEvent
from auth.models import Assignment, EndReason, OneTimeLink, User, new_id
from auth.opaque import digest, new_link_token
from auth.permissions import Role
from auth.policy import By, Refusal

LINK_LIVES = timedelta(hours=24)


def add_user(
    session: Session, by: By, *, municipality_id: UUID, email: str, name: str, now: datetime | None = None
) -> User:
    """Add an account without password, roles or confirmation. An ill-formed name or address is a ``ValueError``."""
    require(policy.can_administer(by, municipality_id))
    address, name = _well_formed(email, name)
    if queries.find_user(session, address) is not None:
        raise NotPermitted(Refusal.EMAIL_TAKEN)
    user = User(
        id=new_id(),
        municipality_id=municipality_id,
        email=address,
        name=name,
        created_at=now or clock.now(session),
        changed_by=policy.user_id_of(by),
    )
    session.add(user)
    session.flush()  # its rows in other tables refer to it
    _record(session, by, AccountEvent.ADDED, user)
    return user


def change_user(session: Session, by: By, user_id: UUID, *, email: str, name: str, now: datetime | None = None) -> None:
    """Put right what somebody is called and signs in with. An ill-formed name or address is a ``ValueError``.

    "Ja, det är …" was said of somebody by that name at that address, so with another of either it has to be said
    (again), and until then the account opens nothing. At a new address it may be somebody else, so its sessions
    end, as when it is reset; password and second factor are in its owner's hands and stay.
    """
    user = queries.lock_user(session, user_id)
    address, name = _well_formed(email, name)
    changed = [what for what, is_so in (("email", address != user.email), ("name", name != user.name)) if is_so]
    if not changed:
        require(policy.can_administer(by, user.municipality_id))
        return
    require(policy.can_change(by, user))
    if "email" in changed and queries.find_user(session, address) is not None:
        raise NotPermitted(Refusal.EMAIL_TAKEN)
    user.email, user.name = address, name
    if "email" in changed:
        at = now or clock.now(session)
        sessions.end_all(session, policy.who_of(by), user.id, EndReason.ENDED_BY_ADMINISTRATOR, now=at)
    _await_confirmation(user, by)
    _record(session, by, AccountEvent.CHANGED, user, changed=changed)


def give_assignment(
    session: Session,
    by: By,
    user_id: UUID,
    *,
    organisation_id: UUID,
    role: Role,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    now: datetime | None = None,
) -> Assignment:
    """Give a role at an organisation, from now unless said otherwise, until it is ended unless said otherwise.

    Casework, auditing and administration exclude each other for every moment the periods overlap
    (``permissions.can_hold``). A period that ends before it starts is a ``ValueError``.
    """
    user = queries.lock_user(session, user_id)
    require(policy.can_administer(by, user.municipality_id))
    begins = starts_at or now or clock.now(session)
    if ends_at is not None and ends_at <= begins:
        raise ValueError("the assignment ends before it starts")
    require(policy.can_be_given(role, queries.list_assignments(session, user_id), begins, ends_at))
    assignment = Assignment(
        id=new_id(),
        municipality_id=user.municipality_id,
        user_id=user.id,
        organisation_id=organisation_id,
        role=role,
        starts_at=begins,
        ends_at=ends_at,
    )
    session.add(assignment)
    _await_confirmation(user, by)
    session.flush()  # sessions refer to it
    facts = {"assignment": str(assignment.id), "organisation": str(organisation_id), "role": role.value}
    _record(session, by, AccountEvent.ASSIGNED, user, **facts)
    return assignment


def end_assignment(session: Session, by: By, assignment_id: UUID, *, now: datetime | None = None) -> None:
    """End a role now, or before it begins; sessions in it open nothing from then on. Nothing if it is over already."""
    assignment = queries.get_assignment(session, assignment_id)
    user = queries.lock_user(session, assignment.user_id)
    require(policy.can_administer(by, user.municipality_id))
    at = now or clock.now(session)
    if assignment.ends_at is not None and assignment.ends_at <= at:
        return
    assignment.ends_at = max(at, assignment.starts_at)
    _record(session, by, AccountEvent.ASSIGNMENT_ENDED, user, assignment=str(assignment.id))


def confirm_user(session: Session, by: By, user_id: UUID, *, now: datetime | None = None) -> None:
    """Say "Ja, det är …": from now on the account opens what its roles may."""
    user, at = queries.lock_user(session, user_id), now or clock.now(session)
    require(policy.can_confirm(by, user, queries.list_assignments_not_over(session, user_id, now=at)))
    user.confirmed_at, user.confirmed_by = at, policy.user_id_of(by)
    user.not_recognised_at = user.not_recognised_by = None
    _record(session, by, AccountEvent.CONFIRMED, user)


def refuse_user(session: Session, by: By, user_id: UUID, *, now: datetime | None = None) -> None:
    """Say "Nej, jag känner inte igen": the account goes on waiting, and the administrator sees that somebody did."""
    user, at = queries.lock_user(session, user_id), now or clock.now(session)
    require(policy.can_confirm(by, user, queries.list_assignments_not_over(session, user_id, now=at)))
    user.not_recognised_at, user.not_recognised_by = at, policy.user_id_of(by)
    _record(session, by, AccountEvent.NOT_RECOGNISED, user)


def one_time_link(session: Session, by: By, user_id: UUID, *, now: datetime | None = None) -> str:
    """The token of a link, good once and for a day, by which the user chooses a password and a second factor.

    Resets the account: what it had of both is gone, its sessions end, earlier links close, and it has to be confirmed
    (again). Give the token to the person and to nobody else; only its digest is stored.
    """
    user = queries.lock_user(session, user_id)
    require(policy.can_administer(by, user.municipality_id))
    if user.disabled_at is not None:
        raise NotPermitted(Refusal.ACCOUNT_DISABLED)
    at = now or clock.now(session)
    user.password_hash = user.totp_secret = user.totp_last_step = None
    _await_confirmation(user, by)
    _close_links(session, user, at)
    sessions.end_all(session, policy.who_of(by), user.id, EndReason.CREDENTIALS_CHANGED, now=at)
    token = new_link_token()
    session.add(
        OneTimeLink(
            municipality_id=user.municipality_id,
            user_id=user.id,
            token_hash=digest(token),
            created_at=at,
            expires_at=at + LINK_LIVES,
        )
    )
    _record(session, by, AccountEvent.LINK_MADE, user)
    return token


def disable_user(session: Session, by: By, user_id: UUID, *, now: datetime | None = None) -> None:
    """Close an account for good: its sessions end and its links close. What it has done keeps its name."""
    user = queries.lock_user(session, user_id)
    require(policy.can_disable(by, user))
    at = now or clock.now(session)
    user.disabled_at = user.disabled_at or at
    _close_links(session, user, at)
    sessions.end_all(session, policy.who_of(by), user.id, EndReason.ACCOUNT_DISABLED, now=at)
    _record(session, by, AccountEvent.DISABLED, user)


def end_sessions(session: Session, by: By, user_id: UUID, *, now: datetime | None = None) -> None:
    """Sign somebody out everywhere, at their next request. They may sign in again."""
    user = queries.lock_user(session, user_id)
    require(policy.can_administer(by, user.municipality_id))
    at = now or clock.now(session)
    sessions.end_all(session, policy.who_of(by), user.id, EndReason.ENDED_BY_ADMINISTRATOR, now=at)
    _record(session, by, AccountEvent.SESSIONS_ENDED, user)


def _well_formed(email: str, name: str) -> tuple[str, str]:
    address, name = normal_email(email), " ".join(name.split())
    if not is_email(address):
        raise ValueError("not an e-mail address")
    if not name or len(name) > 120:
        raise ValueError("a name has 1 to 120 characters")
    return address, name


def _await_confirmation(user: User, by: By) -> None:
    user.confirmed_at = user.confirmed_by = None
    user.not_recognised_at = user.not_recognised_by = None
    user.changed_by = policy.user_id_of(by)


def _close_links(session: Session, user: User, now: datetime) -> None:
    for link in queries.list_open_links(session, user.id):
        link.closed_at, link.password_hash, link.totp_secret = now, None, None


def _record(session: Session, by: By, tag: EventTag, user: User, **facts: JSON) -> None:
    event = Event(log=user.municipality_id, tag=tag, who=policy.who_of(by), facts={"user": str(user.id), **facts})
    record(session, event)
