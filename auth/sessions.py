"""From a token to an actor: sessions are rows, so that one ended is over at the next request.

The token (``auth.opaque``) is in the browser's cookie and nowhere else. A new one is made at every
sign-in and one from outside is never taken over, so nobody can be handed a session in advance.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from audit.events import SYSTEM_LOG, Event, Who
from audit.log import record
from auth import clock, lifetime, queries
from auth.actor import Actor
from auth.events import SignInEvent
from auth.models import Assignment, EndReason, User, UserSession, new_id
from auth.opaque import digest, new_token
from auth.preferences import AS_THE_BROWSER, Preferences, preferences_of

DEVICE_LENGTH = 80


class Method(StrEnum):
    """How somebody showed who they are; in the trail with every sign-in."""

    PASSWORD_AND_CODE = "password_and_code"  # noqa: S105  # a name
    OWN_SESSION = "own_session"  # changed to another of one's assignments
    NONE = "none"  # the demo's cast


@dataclass(frozen=True)
class Started:
    """A session just begun. ``token`` is for the browser alone; ``replaced`` are older ones that had to go."""

    token: str = field(repr=False)
    session_id: UUID
    replaced: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Visit:
    """A request with a live session: who it is, how long that lasts and how they want their pages.

    ``idle_at`` moves when the session is used, ``too_old_at`` does not. ``touch_is_due`` says that
    the use should be written down with ``touch``.
    """

    actor: Actor
    idle_at: datetime
    too_old_at: datetime
    touch_is_due: bool
    preferences: Preferences = AS_THE_BROWSER


def start(
    session: Session,
    user_id: UUID,
    assignment_id: UUID,
    *,
    method: Method = Method.NONE,
    device: str = "",
    since: datetime | None = None,
    now: datetime | None = None,
) -> Started:
    """Sign a user in, in one of their own assignments, and end the oldest of their sessions if there are too many.

    Whether they have shown who they are is the caller's to know. ``device`` is a short label for the user's own
    list; ``since`` when they showed it, if that was before. An assignment of somebody else's is a ``LookupError``;
    a session for an account that is disabled or unconfirmed can be started but opens nothing.
    """
    user = queries.lock_user(session, user_id)
    at = now or clock.now(session)
    assignment = next((each for each in queries.list_assignments(session, user_id) if each.id == assignment_id), None)
    if assignment is None:
        raise LookupError("the user has no such assignment")
    row, token = _add(session, user, assignment, device, at)
    row.created_at = since or at
    who = Who(
        user_id=user.id,
        assignment_id=assignment.id,
        organisation_id=assignment.organisation_id,
        session_id=row.id,
    )
    others = [
        each
        for each in queries.list_open_sessions(session, user.id)
        if each.id != row.id and each.assignment_id is not None and lifetime.over_because(each, at) is None
    ]
    oldest = others[: max(0, len(others) + 1 - lifetime.MOST_AT_ONCE)]
    for each in oldest:
        end(session, who, each, EndReason.REPLACED, now=at)
    record(session, Event(log=SYSTEM_LOG, tag=SignInEvent.SIGNED_IN, who=who, facts={"method": method.value}))
    return Started(token, row.id, tuple(each.id for each in oldest))


def start_choice(session: Session, user: User, *, device: str = "", now: datetime) -> str:
    """The token of a session in which one's assignment is yet to be chosen. Opens nothing, lives for minutes."""
    _, token = _add(session, user, None, device, now)
    return token


def visit_of(session: Session, token: str, *, now: datetime | None = None) -> Visit | None:
    """Who asks and how long that lasts, judged at this moment by the database's clock, in one statement.

    None if the token opens nothing. Writes nothing.
    """
    return _visit(queries.find_session(session, digest(token)), now)


def visit_by_id(session: Session, session_id: UUID, *, now: datetime | None = None) -> Visit | None:
    """The same by the session's id, for what somebody began in it and what ends with it. No use of the session."""
    return _visit(queries.find_session_by_id(session, session_id), now)


def _visit(found: queries.SessionRow | None, now: datetime | None) -> Visit | None:
    if found is None:
        return None
    row, user, assignment, clock_time = found
    at = now or clock_time
    if assignment is None or lifetime.closed_because(row, user, assignment, at) is not None:
        return None
    actor = actor_in(found)
    touch_is_due = at - row.last_seen_at >= lifetime.SEEN_EVERY
    return Visit(actor, lifetime.idle_at(row), lifetime.too_old_at(row), touch_is_due, preferences_of(user))


def actor_in(found: queries.SessionRow) -> Actor:
    """The actor that a session stands for, in the assignment chosen for it; whether it opens anything is not asked."""
    if found.assignment is None:
        raise LookupError("no assignment is chosen yet")
    return Actor(
        user_id=found.user.id,
        name=found.user.name,
        assignment_id=found.assignment.id,
        organisation_id=found.assignment.organisation_id,
        role=found.assignment.role,
        municipality_id=found.assignment.municipality_id,
        session_id=found.session.id,
    )


def why_ended(session: Session, token: str, *, now: datetime | None = None) -> EndReason | None:
    """Why a token that once opened a session opens nothing now; None if it still does or never did."""
    found = queries.find_session(session, digest(token))
    if found is None:
        return None
    return lifetime.closed_because(found.session, found.user, found.assignment, now or found.now)


def touch(session: Session, session_id: UUID, *, now: datetime | None = None) -> None:
    """Write down that the session is in use, unless that was done within the last minute.

    Made for a short transaction of its own: a request that fails was still a use, and its row
    must not be held while a page is made. What a page asks for by itself (a poll) is not a use.
    """
    at = now or clock.now(session)
    due = UserSession.last_seen_at <= at - lifetime.SEEN_EVERY
    session.execute(update(UserSession).where(UserSession.id == session_id, due).values(last_seen_at=at))


def extend_idle(session: Session, session_id: UUID, *, now: datetime | None = None) -> None:
    """Write down that the session leads or follows a meeting: it may then rest for an hour from now.

    Call it, as ``touch``, for each use of a meeting's pages; it writes once a minute at most. The hour
    passes by itself, wherever the user goes from there.
    """
    at = now or clock.now(session)
    due = or_(UserSession.in_meeting_at.is_(None), UserSession.in_meeting_at <= at - lifetime.SEEN_EVERY)
    session.execute(
        update(UserSession).where(UserSession.id == session_id, due).values(last_seen_at=at, in_meeting_at=at)
    )


def end(session: Session, who: Who, row: UserSession, because: EndReason, *, now: datetime) -> None:
    """End a session at once and record it. ``who`` ended it: its owner, an administrator, the system."""
    row.ended_at, row.ended_because = now, because
    tag = SignInEvent.SIGNED_OUT if because is EndReason.SIGNED_OUT else SignInEvent.ENDED
    facts = {"session": str(row.id), "because": because.value}
    record(session, Event(log=SYSTEM_LOG, tag=tag, who=who, facts=facts))


def end_all(session: Session, who: Who, user_id: UUID, because: EndReason, *, now: datetime) -> None:
    """End every session of a user that nobody has ended, also those the clock has."""
    for row in queries.list_open_sessions(session, user_id):
        end(session, who, row, because, now=now)


def end_previous(session: Session, token: str, *, now: datetime) -> None:
    """End the session a browser still had when it signs in anew. Nothing if the token is no open session's."""
    found = queries.find_session(session, digest(token))
    if found is None or found.session.ended_at is not None:
        return
    who = Who(user_id=found.user.id, session_id=found.session.id)
    end(session, who, found.session, EndReason.RENEWED, now=now)


def _add(
    session: Session, user: User, assignment: Assignment | None, device: str, now: datetime
) -> tuple[UserSession, str]:
    token = new_token()
    row = UserSession(
        id=new_id(),
        municipality_id=user.municipality_id,
        user_id=user.id,
        assignment_id=None if assignment is None else assignment.id,
        token_hash=digest(token),
        device="".join(character for character in device if character.isprintable())[:DEVICE_LENGTH],
        created_at=now,
        last_seen_at=now,
    )
    session.add(row)
    return row, token
