"""Forgets what is over: called by ``sspf sweep``, in the caller's transaction."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from auth import clock, lifetime
from auth.models import OneTimeLink, Throttle, UserSession

# long enough for whoever comes back from a holiday to be told why they have to sign in
SESSIONS_KEPT = timedelta(days=30)
LINKS_KEPT = timedelta(days=1)
BUCKETS_KEPT = timedelta(days=1)


def sweep(session: Session, *, now: datetime | None = None) -> int:
    """Delete sessions a month old, links a day past their time and buckets not tried for a day; how many rows.

    The trail keeps what happened in them. Nothing that still opens anything is touched.
    """
    at = now or clock.now(session)
    sweeps = (
        delete(UserSession)
        .where(UserSession.created_at < at - lifetime.ABSOLUTE - SESSIONS_KEPT)
        .returning(UserSession.id),
        delete(OneTimeLink).where(OneTimeLink.expires_at < at - LINKS_KEPT).returning(OneTimeLink.id),
        delete(Throttle).where(Throttle.until < at - BUCKETS_KEPT).returning(Throttle.bucket),
    )
    return sum(len(session.execute(each).all()) for each in sweeps)
