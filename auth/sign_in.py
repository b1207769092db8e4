"""Signing in: name, password and code in, a session or one answer for everything else out.

A name that does not exist is answered like a wrong password and takes the same work: the same wait,
one Argon2 verification, one seed opened, the same statements. What was typed as a name is
stored nowhere.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.canonical import JSON
from audit.events import SYSTEM_LOG, Event, Who
from audit.log import record
from audit.sealing import Sealer
from auth import clock, lifetime, passwords, queries, sessions, throttle
from auth.emails import normal_email
from auth.events import SignInEvent
from auth.models import Assignment, EndReason, User
from auth.opaque import digest
from auth.outcomes import Choice, ChooseAssignment, Hindrance, NotOpen, Outcome, Refused, SignedIn, Wait
from auth.policy import WhoConfirms, who_confirms
from auth.seeds import nobodys_seed, open_seed
from auth.sessions import Method
from auth.totp import matching_step


@dataclass(frozen=True)
class Means:
    """What ``app`` hands over once.

    ``begin`` begins a short transaction and commits it (``sessionmaker.begin``). ``sealer`` is for TOTP seeds.
    ``throttle_key`` is what ``throttle_key.load`` gives.
    """

    begin: Callable[[], AbstractContextManager[Session]]
    sealer: Sealer
    throttle_key: bytes = field(repr=False)


@dataclass(frozen=True)
class Origin:
    """Where an attempt comes from: the client's address, a short label of its browser, the token it still had."""

    address: str
    device: str = ""
    token: str | None = field(default=None, repr=False)


def sign_in(
    session: Session,
    name: str,
    password: str,
    code: str,
    *,
    means: Means,
    origin: Origin,
    now: datetime | None = None,
) -> Outcome:
    """Sign in with e-mail address, password and code.

    Counts the attempt first, in a short transaction of its own (``means.begin``): call it before ``session``
    has been used, or two connections are taken at once. Never raises for anything that was typed, so that
    the transaction commits and with it the record of a refusal.
    """
    email = normal_email(name)
    limits = throttle.buckets(means.throttle_key, email, origin.address)
    with means.begin() as short:
        admission = throttle.admit(short, limits, now=now)
    if admission.wait:
        return Wait(admission.wait)
    at = now or clock.now(session)
    found = queries.find_user(session, email)
    user = _proved(session, found, password, code, means.sealer, at)
    if user is None:
        _record_refusal(session, found, next_in=admission.next_in)
        return Refused()
    outcome = _opened(session, user, origin, at)
    throttle.forgive(session, limits, now=now)
    return outcome


def choose_assignment(
    session: Session, token: str, assignment_id: UUID, *, device: str = "", now: datetime | None = None
) -> SignedIn | None:
    """Sign in with one of the assignments that ``sign_in`` offered, under a new token.

    None if the choice is over (five minutes, or made before) or the assignment is not
    one of the user's in force: back to signing in.
    """
    found = queries.find_session(session, digest(token))
    if found is None or found.assignment is not None:
        return None
    at = now or found.now
    # locked, then read again: a choice sent twice is made once
    user = queries.lock_user(session, found.user.id)
    found = queries.find_session(session, digest(token))
    if found is None or lifetime.closed_because(found.session, user, None, at) is not None:
        return None
    if assignment_id not in {each.id for each in queries.list_assignments_in_force(session, user.id, now=at)}:
        return None
    found.session.ended_at, found.session.ended_because = at, EndReason.RENEWED
    return _signed_in(session, user, assignment_id, device, at)


def waits_for(session: Session, token: str, *, now: datetime | None = None) -> WhoConfirms | None:
    """Whose yes the account that was proved with ``sign_in`` waits for; None if it waits for nobody's any more."""
    found = queries.find_session(session, digest(token))
    if found is None or found.assignment is not None:
        return None
    at = now or found.now
    if lifetime.closed_because(found.session, found.user, None, at) is not EndReason.UNCONFIRMED:
        return None
    return who_confirms(queries.list_assignments_not_over(session, found.user.id, now=at))


def _proved(
    session: Session, found: User | None, password: str, code: str, sealer: Sealer, now: datetime
) -> User | None:
    """The account, locked and its code spent, if both factors are right. The same work up to there for no account."""
    user = found if found is not None and found.disabled_at is None else None
    password_hash = None if user is None else user.password_hash
    sealed = None if user is None else user.totp_secret
    last_step = None if user is None else user.totp_last_step
    is_right = passwords.verify(password_hash, password)
    seed = nobodys_seed(sealer) if user is None or sealed is None else open_seed(sealer, user.id, sealed)
    step = matching_step(seed, code, now, last_step)
    if user is None or password_hash is None or not is_right or step is None:
        return None
    user = queries.lock_user(session, user.id)
    # in the meantime somebody may have spent the code, reset the account or closed it
    is_unchanged = user.password_hash == password_hash and user.disabled_at is None
    if not is_unchanged or (user.totp_last_step is not None and user.totp_last_step >= step):
        return None
    user.totp_last_step = step
    if passwords.needs_rehash(password_hash):
        user.password_hash = passwords.hash_password(password)
    return user


def _opened(session: Session, user: User, origin: Origin, now: datetime) -> SignedIn | ChooseAssignment | NotOpen:
    assignments = queries.list_assignments_in_force(session, user.id, now=now)
    if user.confirmed_at is None or not assignments:
        hindrance = Hindrance.UNCONFIRMED if user.confirmed_at is None else Hindrance.NO_ASSIGNMENT
        _record_refusal(session, user, because=hindrance.value)
        if hindrance is Hindrance.NO_ASSIGNMENT:
            return NotOpen(hindrance)
        _end_previous(session, origin, now)
        return NotOpen(hindrance, sessions.start_choice(session, user, device=origin.device, now=now))
    _end_previous(session, origin, now)
    if len(assignments) == 1:
        return _signed_in(session, user, assignments[0].id, origin.device, now)
    token = sessions.start_choice(session, user, device=origin.device, now=now)
    return ChooseAssignment(token, tuple(_choice(each) for each in assignments))


def _end_previous(session: Session, origin: Origin, now: datetime) -> None:
    if origin.token is not None:
        sessions.end_previous(session, origin.token, now=now)


def _signed_in(session: Session, user: User, assignment_id: UUID, device: str, now: datetime) -> SignedIn:
    started = sessions.start(session, user.id, assignment_id, method=Method.PASSWORD_AND_CODE, device=device, now=now)
    return SignedIn(started.token, started.session_id, started.replaced)


def _choice(assignment: Assignment) -> Choice:
    return Choice(assignment.id, assignment.organisation_id, assignment.role)


def _record_refusal(session: Session, user: User | None, **facts: JSON) -> None:
    """Name the account that was tried, if there is one; never what was typed."""
    who = Who() if user is None else Who(user_id=user.id)
    record(session, Event(log=SYSTEM_LOG, tag=SignInEvent.REFUSED, who=who, facts=facts))
