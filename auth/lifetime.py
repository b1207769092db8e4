"""How long a session lives; pure functions of its row, its account and the time.

Fifteen minutes without use, sixty after the last use of a meeting's pages, eight hours in all
(OWASP ASVS 5.0, 7.1.1 and 7.3: the low end for a system like this one; the hour is so that nobody signs in
again in front of a family). ``last_seen_at`` is at most a minute behind, on the strict side.
"""

from datetime import datetime, timedelta

from auth.models import Assignment, EndReason, User, UserSession

IDLE = timedelta(minutes=15)
IDLE_IN_MEETING = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=8)
# to choose between one's assignments, after the password and the code
TO_CHOOSE = timedelta(minutes=5)
# written no more often than this
SEEN_EVERY = timedelta(minutes=1)
# signed in at once, per user; a phone and a desk
MOST_AT_ONCE = 2


def idle_at(row: UserSession) -> datetime:
    """When the session ends unless it is used again."""
    if row.in_meeting_at is None:
        return row.last_seen_at + IDLE
    return max(row.last_seen_at + IDLE, row.in_meeting_at + IDLE_IN_MEETING)


def too_old_at(row: UserSession) -> datetime:
    """When the session ends however much it is used."""
    return row.created_at + (ABSOLUTE if row.assignment_id is not None else TO_CHOOSE)


def is_in_force(assignment: Assignment, now: datetime) -> bool:
    """Whether the assignment has begun and is not over."""
    return assignment.starts_at <= now and (assignment.ends_at is None or now < assignment.ends_at)


def over_because(row: UserSession, now: datetime) -> EndReason | None:
    """Why the session itself is over, whatever the account; None if it is not."""
    if row.ended_at is not None:
        return row.ended_because
    if now >= too_old_at(row):
        return EndReason.TOO_OLD
    if now >= idle_at(row):
        return EndReason.IDLE
    return None


def closed_because(row: UserSession, user: User, assignment: Assignment | None, now: datetime) -> EndReason | None:
    """Why the session opens nothing at this moment, or None if it does.

    ``assignment`` is the session's own; without one, which is the case until one has been chosen, only
    the session and the account are judged.
    """
    over = over_because(row, now)
    if over is not None:
        return over
    if user.disabled_at is not None:
        return EndReason.ACCOUNT_DISABLED
    if user.confirmed_at is None:
        return EndReason.UNCONFIRMED
    if assignment is not None and not is_in_force(assignment, now):
        return EndReason.ASSIGNMENT_OVER
    return None
