"""Who goes first: advisory locks on records, held to the end of the transaction.

A reader takes a case's lock shared, whoever may change what others see takes it
exclusive, always before any row of the case is read and always in the order of
the ids. Without it a read can commit after the withdrawal that should have
stopped it.
"""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

# One statement however many, taken in the order of the list: volatile functions run after the sort.
_IN_ORDER = "FROM unnest(CAST(:keys AS bigint[])) WITH ORDINALITY AS wanted (key, place) ORDER BY place"
_SHARED = text(f"SELECT pg_advisory_xact_lock_shared(key) {_IN_ORDER}")
_EXCLUSIVE = text(f"SELECT pg_advisory_xact_lock(key) {_IN_ORDER}")


def key_of(record_id: UUID) -> int:
    """The record's 64-bit lock key; a collision makes two records wait for each other, no more."""
    return int.from_bytes(hashlib.sha256(record_id.bytes).digest()[:8], "big", signed=True)


def shared(session: Session, *record_ids: UUID) -> None:
    """Wait until nobody is changing these records, and keep it so until the transaction ends."""
    if record_ids:
        session.execute(_SHARED, {"keys": _keys(record_ids)})


def exclusive(session: Session, *record_ids: UUID) -> None:
    """Wait until nobody reads or changes these records, and keep it so until the transaction ends."""
    if record_ids:
        session.execute(_EXCLUSIVE, {"keys": _keys(record_ids)})


def _keys(record_ids: Iterable[UUID]) -> list[int]:
    return [key_of(record_id) for record_id in sorted(set(record_ids))]
