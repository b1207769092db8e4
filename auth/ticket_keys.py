"""The keys that sign tickets: made when the first one is needed, and followed by a new one each quarter.

Each is sealed for its own row. The one before the newest still verifies, since a ticket may be hours
old when its key is replaced; the one before that is retired. Nothing of it is recorded: a ticket opens
nothing by itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from audit.sealing import Context, Sealer
from auth import clock, queries
from auth.models import TicketKey
from auth.tokens import MOST_KEYS, Ring, new_key, ring_of

REPLACED_AFTER = timedelta(days=90)


def find_ring(session: Session, sealer: Sealer) -> Ring | None:
    """The keys that verify; None if no ticket has ever been given out."""
    rows = queries.list_ticket_keys(session)
    return _ring(rows, sealer) if rows else None


def signing_ring(session: Session, sealer: Sealer, *, now: datetime | None = None) -> Ring:
    """The same, with a key to sign by that is no older than a quarter."""
    at = now or clock.now(session)
    rows = queries.list_ticket_keys(session)
    if not rows or _is_old(rows[-1], at):
        rows = queries.lock_ticket_keys(session)
    if not rows or _is_old(rows[-1], at):
        for row in rows[:-1]:
            row.retired_at = at
        rows = [*rows[-1:], _add(session, sealer, at)]
    return _ring(rows, sealer)


def _add(session: Session, sealer: Sealer, now: datetime) -> TicketKey:
    kid, private = new_key()
    row = TicketKey(kid=kid, sealed=sealer.seal(private, _context(kid)), created_at=now)
    session.add(row)
    session.flush()
    return row


def _ring(rows: Sequence[TicketKey], sealer: Sealer) -> Ring:
    # several processes may have made the first key at once
    return ring_of({row.kid: sealer.open(row.sealed, _context(row.kid)) for row in rows[-MOST_KEYS:]})


def _is_old(row: TicketKey, now: datetime) -> bool:
    return now - row.created_at >= REPLACED_AFTER


def _context(kid: str) -> Context:
    return ("ticket_key", "sealed", kid)
