"""Whose session has just run out: for keeping what they had typed, and for nothing else.

An ended session opens nothing. But whoever comes back to it by a form that they were
still writing is known, and may leave the text for themselves to find when they have signed in.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from auth import lifetime, queries
from auth.actor import Actor
from auth.models import EndReason
from auth.opaque import digest
from auth.sessions import actor_in

REMEMBERED = timedelta(hours=24)
_BY_THE_CLOCK = {EndReason.IDLE, EndReason.TOO_OLD}


def who_was(session: Session, token: str, *, now: datetime | None = None) -> Actor | None:
    """Who had the session with this token, if the clock ended it within a day and they could sign in to it again."""
    found = queries.find_session(session, digest(token))
    if found is None or found.assignment is None:
        return None
    at = now or found.now
    if lifetime.over_because(found.session, at) not in _BY_THE_CLOCK:
        return None
    ended_at = min(lifetime.idle_at(found.session), lifetime.too_old_at(found.session))
    is_open = found.user.disabled_at is None and found.user.confirmed_at is not None
    if not is_open or at - ended_at > REMEMBERED or not lifetime.is_in_force(found.assignment, at):
        return None
    return actor_in(found)
