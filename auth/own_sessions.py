"""What somebody can see and do about their own sessions, and only theirs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from auth import clock, lifetime, queries, sessions
from auth.actor import Actor
from auth.models import EndReason, UserSession
from auth.sessions import Method


@dataclass(frozen=True)
class OwnSession:
    """One place where the actor is signed in; ``is_current`` is the one that asks."""

    session_id: UUID
    device: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


def list_own(session: Session, actor: Actor, *, now: datetime | None = None) -> list[OwnSession]:
    """The actor's live sessions, oldest first."""
    at = now or clock.now(session)
    return [
        OwnSession(row.id, row.device, row.created_at, row.last_seen_at, is_current=row.id == actor.session_id)
        for row in queries.list_open_sessions(session, actor.user_id)
        if lifetime.over_because(row, at) is None
    ]


def end_own(session: Session, actor: Actor, session_id: UUID, *, now: datetime | None = None) -> bool:
    """End one of the actor's own sessions, at its next request. False if they have no such open session."""
    return _end(session, actor, session_id, EndReason.ENDED_BY_OWNER, now)


def sign_out(session: Session, actor: Actor, *, now: datetime | None = None) -> None:
    """End the session that asks."""
    _end(session, actor, actor.session_id, EndReason.SIGNED_OUT, now)


def change_assignment(
    session: Session, actor: Actor, assignment_id: UUID, *, now: datetime | None = None
) -> str | None:
    """Go on in another of the actor's assignments in force: the token of the session that follows this one.

    It is as old as this one, so that nobody stays signed in for longer by changing.
    None if there is no such assignment.
    """
    queries.lock_user(session, actor.user_id)
    at = now or clock.now(session)
    in_force = {each.id for each in queries.list_assignments_in_force(session, actor.user_id, now=at)}
    current = _open_session(session, actor, actor.session_id)
    if current is None or assignment_id not in in_force:
        return None
    since, device = current.created_at, current.device
    sessions.end(session, actor.who, current, EndReason.RENEWED, now=at)
    started = sessions.start(
        session, actor.user_id, assignment_id, method=Method.OWN_SESSION, device=device, since=since, now=at
    )
    return started.token


def _end(session: Session, actor: Actor, session_id: UUID, because: EndReason, now: datetime | None) -> bool:
    # as in a sign-in, so that both do not end the same session
    queries.lock_user(session, actor.user_id)
    row = _open_session(session, actor, session_id)
    if row is None:
        return False
    sessions.end(session, actor.who, row, because, now=now or clock.now(session))
    return True


def _open_session(session: Session, actor: Actor, session_id: UUID) -> UserSession | None:
    return next((row for row in queries.list_open_sessions(session, actor.user_id) if row.id == session_id), None)
