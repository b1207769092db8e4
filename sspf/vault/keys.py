"""The key tree below the root: organisations' keys and units' secrets, wrapped in their rows, unwrapped for a while.

``KeyStore`` remembers what a provider unwrapped for at most ten minutes, by the wrapped
bytes themselves. The row is read afresh every time, so a deleted secret is dead at
once and not ten minutes later. Data keys never pass through here.
"""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from sqlalchemy import func, insert, select, true
from sqlalchemy.orm import Session

import audit.log
from audit.canonical import JSON
from audit.events import Event
from sspf.db import clock
from sspf.vault import sealing
from sspf.vault.actors import Acting
from sspf.vault.errors import NoKey
from sspf.vault.events import VaultEvent
from sspf.vault.keyring import Context, KeyProvider
from sspf.vault.models import OrganisationKey, UnitSecret
from sspf.vault.wrap import wrapping_key

LIFETIME = 600.0


class KeyStore:
    """A key provider with a short memory, shared by the threads of a process. Sessions carry it in ``info["keys"]``."""

    def __init__(
        self, provider: KeyProvider, *, lifetime: float = LIFETIME, tick: Callable[[], float] = time.monotonic
    ) -> None:
        """``lifetime`` in seconds, ten minutes at most."""
        self._provider = provider
        self._lifetime = min(lifetime, LIFETIME)
        self._tick = tick
        self._held: dict[tuple[Context, bytes], tuple[float, bytes]] = {}
        self._lock = Lock()

    def wrap(self, context: Context, secret: bytes) -> bytes:
        """Wrap one fresh secret under the newest epoch."""
        return self._provider.wrap_many([(context, secret)])[0]

    def unwrap(self, wrapped: Sequence[tuple[Context, bytes]]) -> list[bytes]:
        """The secrets, in order; asks the provider once, for those not remembered.

        Raises:
            CannotOpen: one of them does not open; none is given.
        """
        found = {item: self._remembered(item) for item in wrapped}
        missing = [item for item, secret in found.items() if secret is None]
        if missing:
            fresh = dict(zip(missing, self._provider.unwrap_many(missing), strict=True))
            self._remember(fresh)
            return [found[item] or fresh[item] for item in wrapped]
        return [secret for item in wrapped if (secret := found[item]) is not None]

    def _remembered(self, item: tuple[Context, bytes]) -> bytes | None:
        held = self._held.get(item)
        return held[1] if held is not None and self._tick() - held[0] < self._lifetime else None

    def _remember(self, fresh: dict[tuple[Context, bytes], bytes]) -> None:
        now = self._tick()
        with self._lock:
            live = {item: held for item, held in self._held.items() if now - held[0] < self._lifetime}
            self._held = live | {item: (now, secret) for item, secret in fresh.items()}


@dataclass(frozen=True, slots=True)
class WrappingKeys:
    """One organisation's wrapping keys, by erasure unit, under the newest version of its key."""

    version: int
    by_unit: dict[UUID, bytes]


def key_store(session: Session) -> KeyStore:
    """The session's key store; without one nothing is sealed and nothing opens."""
    found: KeyStore = session.info["keys"]
    return found


def organisation_context(organisation_id: UUID, version: int) -> Context:
    """What a wrapped organisation key is bound to."""
    return ("organisation_key", str(organisation_id), str(version))


def unit_context(unit_id: UUID) -> Context:
    """What a wrapped unit secret is bound to."""
    return ("unit_secret", str(unit_id))


def create_organisation_key(session: Session, actor: Acting, organisation_id: UUID) -> int:
    """Give an organisation its first key, or a new version to wrap with; returns the version.

    Older versions still unwrap what they wrapped. Records ``key:created``.
    """
    newest = select(func.max(OrganisationKey.version)).where(OrganisationKey.organisation_id == organisation_id)
    version = (session.scalars(newest).one() or 0) + 1
    row = {
        "organisation_id": organisation_id,
        "version": version,
        "municipality_id": actor.municipality_id,
        "wrapped": key_store(session).wrap(organisation_context(organisation_id, version), sealing.new_key()),
        "created_at": clock.now(session),
    }
    session.execute(insert(OrganisationKey), row)
    facts: dict[str, JSON] = {"organisation": str(organisation_id), "version": version}
    audit.log.record(session, Event(log=actor.municipality_id, tag=VaultEvent.KEY_CREATED, who=actor.who, facts=facts))
    return version


def wrapping_keys(session: Session, organisation_id: UUID, unit_ids: Collection[UUID]) -> WrappingKeys:
    """The keys to wrap with for one organisation in some units: one query.

    Raises:
        NoKey: the organisation has no key, or a unit is erased.
    """
    newest = (
        select(OrganisationKey.version, OrganisationKey.wrapped)
        .where(OrganisationKey.organisation_id == organisation_id)
        .order_by(OrganisationKey.version.desc())
        .limit(1)
        .subquery()
    )
    statement = (
        select(UnitSecret.unit_id, UnitSecret.wrapped, newest.c.version, newest.c.wrapped.label("key"))
        .join(newest, true())  # one row for all
        .where(UnitSecret.unit_id.in_(unit_ids))
    )
    rows = session.execute(statement).all()
    if {row.unit_id for row in rows} != set(unit_ids):
        raise NoKey
    version: int = rows[0].version
    organisation_key, *secrets = key_store(session).unwrap(
        [
            (organisation_context(organisation_id, version), rows[0].key),
            *((unit_context(row.unit_id), row.wrapped) for row in rows),
        ]
    )
    by_unit = {
        row.unit_id: wrapping_key(organisation_key, secret, organisation_id, version, row.unit_id)
        for row, secret in zip(rows, secrets, strict=True)
    }
    return WrappingKeys(version, by_unit)
