"""Throttling that holds across processes: counted in the database before the password is looked at.

Three buckets each: the account as typed, whether it exists or not; the client's
address; everyone. An attempt is counted in all of them or, if one says wait, in none.

``admit`` belongs in a short transaction of its own, committed before anything is verified: what is
rolled back with a failed request would never have been counted, and parallel guesses must
see each other. It locks the buckets in order and holds them to the end of that transaction.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from auth import clock, queries
from auth.limits import ACCOUNT, ADDRESS, EVERYONE, Level, Limit
from auth.models import Throttle


@dataclass(frozen=True)
class Admission:
    """Whether an attempt may be made now, in whole seconds.

    ``wait`` is 0 if it may; otherwise nothing was counted and nothing is to be verified. ``next_in`` is
    how long the account has to wait after this attempt, should it fail.
    """

    wait: int
    next_in: int = 0


def buckets(key: bytes, account: str, address: str) -> Mapping[bytes, Limit]:
    """The three buckets of an attempt, by HMAC-SHA-256 under ``key``; a key under 32 bytes is a ``ValueError``.

    ``account`` is the sign-in name as ``emails.normal_email`` gives it. Of an IPv6 address only the
    first 64 bits count, since one subscriber has all the rest; all that is no address shares one bucket.
    """
    if len(key) < 32:
        raise ValueError("the throttle's key is shorter than 32 bytes")
    named: dict[str, Limit] = {
        f"account:{account}": ACCOUNT,
        f"address:{_network(address)}": ADDRESS,
        "everyone": EVERYONE,
    }
    return {hmac.digest(key, name.encode(errors="surrogatepass"), "sha256"): named[name] for name in named}


def admit(session: Session, limits: Mapping[bytes, Limit], *, now: datetime | None = None) -> Admission:
    """Count an attempt, or say how long to wait. Commit before verifying anything."""
    rows = _locked(session, limits, now)
    # read when the buckets are ours: a time from before the wait for them would look like a step backwards
    at = now or clock.now(session)
    wait = max(limits[row.bucket].wait(_level(row), at) for row in rows)
    if wait > timedelta(0):
        return Admission(wait=_seconds(wait))
    for row in rows:
        _store(row, limits[row.bucket].count(_level(row), at))
    next_in = max(ACCOUNT.wait(_level(row), at) for row in rows if limits[row.bucket] is ACCOUNT)
    return Admission(wait=0, next_in=_seconds(next_in))


def forgive(session: Session, limits: Mapping[bytes, Limit], *, now: datetime | None = None) -> None:
    """Take back an attempt that was right. Part of the sign-in's own transaction, and last in it."""
    rows = _locked(session, limits, now)
    at = now or clock.now(session)
    for row in rows:
        _store(row, limits[row.bucket].forgive(_level(row), at))


def _locked(session: Session, limits: Mapping[bytes, Limit], now: datetime | None) -> list[Throttle]:
    """All rows of the buckets, made where missing, in the order of their names so that nobody waits in a ring."""
    began = now or func.clock_timestamp()
    empty = [{"bucket": bucket, "attempts": 0, "until": began} for bucket in sorted(limits)]
    session.execute(insert(Throttle).values(empty).on_conflict_do_nothing())
    return queries.lock_buckets(session, list(limits))


def _level(row: Throttle) -> Level:
    return Level(row.attempts, row.until)


def _store(row: Throttle, level: Level) -> None:
    row.attempts, row.until = level.attempts, level.until


def _seconds(wait: timedelta) -> int:
    """Whole seconds, rounded up: who waits that long is let in."""
    return -(-wait // timedelta(seconds=1))


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or parsed.exploded[:19])
    return str(parsed)
