"""Narrow sealers: what ``audit`` and ``auth`` are handed so that there is one crypto and one key tree.

``narrow(session, "log")`` seals the values beside the trail's entries, ``narrow(session,
"totp")`` the seeds of one-time codes, ``narrow(session, "ticket")`` the keys that sign
tickets. Each has a key of its own that opens no envelope, and no envelope's key opens
what they seal. All have the shape of ``audit.sealing.Sealer``.
"""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from sspf.db import clock, new_id
from sspf.vault import sealing
from sspf.vault.errors import CannotOpen, NoKey
from sspf.vault.keyring import Context
from sspf.vault.keys import KeyStore, key_store
from sspf.vault.models import SealerKey

SealerName = Literal["log", "ticket", "totp"]


class NarrowSealer:
    """Seals and opens for one purpose, under keys looked up when it was made. Threads may share it."""

    def __init__(self, store: KeyStore, name: SealerName, wrapped: Mapping[UUID, bytes]) -> None:
        """``wrapped`` are the purpose's keys by id, the newest last: it seals, all open."""
        self._store = store
        self._name = name
        self._wrapped = dict(wrapped)
        self._newest = next(reversed(self._wrapped))

    def seal(self, plaintext: bytes, context: tuple[str, ...]) -> bytes:
        """Seal in ``sealing``'s format, to be opened only by this sealer's purpose and with the same context."""
        return sealing.seal(self._key(self._newest), self._newest, context, plaintext)

    def open(self, sealed: bytes, context: tuple[str, ...]) -> bytes:
        """The plaintext again.

        Raises:
            CannotOpen: not sealed by this purpose with this context, or altered since. It is a ``ValueError``.
            NoKey: the keyring no longer has the epoch; that says nothing about the value.
        """
        key_id = sealing.parse(sealed).key_id
        return sealing.unseal(self._key(key_id), key_id, context, sealed)

    def _key(self, key_id: UUID) -> bytes:
        if key_id not in self._wrapped:
            raise CannotOpen
        try:
            return self._store.unwrap([(_context(self._name, key_id), self._wrapped[key_id])])[0]
        except CannotOpen:
            raise NoKey from None


def narrow(session: Session, name: SealerName) -> NarrowSealer:
    """The sealer for one purpose; makes its first key if there is none.

    Called when the application starts, before there is a trail to record in.
    """
    statement = select(SealerKey.id, SealerKey.wrapped).where(SealerKey.name == name).order_by(SealerKey.version)
    found = session.execute(statement).all()
    if not found:
        _create(session, name)
        found = session.execute(statement).all()
    return NarrowSealer(key_store(session), name, {row.id: row.wrapped for row in found})


def _create(session: Session, name: SealerName) -> None:
    key_id = new_id()
    row = {
        "id": key_id,
        "name": name,
        "version": 1,
        "wrapped": key_store(session).wrap(_context(name, key_id), sealing.new_key()),
        "created_at": clock.now(session),
    }
    # two processes may start at once: the first key stays
    session.execute(postgresql.insert(SealerKey).values(row).on_conflict_do_nothing())


def _context(name: SealerName, key_id: UUID) -> Context:
    return ("sealer_key", name, str(key_id))
