"""Sealing: how text gets into the vault. It never changes there; a correction is a new envelope.

The caller holds the case's exclusive lock (or that of the person or other record the
erasure unit is of), and has decided that the actor may write this.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

import audit.log
from audit.canonical import JSON
from audit.events import Event
from sspf.db import clock, new_id
from sspf.vault import sealing
from sspf.vault.actors import Acting, signature
from sspf.vault.columns import Sealable, Sealed, place_of, sealed_fields
from sspf.vault.errors import AlreadySealed
from sspf.vault.events import VaultEvent, subjects_of
from sspf.vault.granting import Grant, insert_grants
from sspf.vault.keys import wrapping_keys
from sspf.vault.models import OWN_RECORD, AboutKind, Envelope
from sspf.vault.units import About, Unit, unit_id_of

__all__ = ["About", "AboutKind", "Unit", "seal"]

OWN_RECORD_RULE = 1


def seal(
    session: Session,
    actor: Acting,
    record: Sealable,
    *,
    unit: Unit,
    owner: UUID,
    source: UUID,
    kind: str,
    about: About,
    fields: Mapping[str, str],
    replaces: UUID | None = None,
    until: datetime | None = None,
) -> UUID:
    """Put ``fields`` into a new envelope and the envelope into ``record``; returns the envelope's id.

    Gives the record its id if it has none, its ``envelope_id`` and its sealed columns, before or after
    it is added to the session. The owner gets the disclosure ``own_record``, without end or to
    ``until``; nobody else gets anything, also not the writer. ``replaces`` is the envelope this one
    corrects: its recipients are chosen anew. Records ``envelope:sealed`` with a hash of each sealed value.

    Raises:
        AlreadySealed: the record has an envelope, or a sealed field with something in it.
        TypeError: a field that is not a sealed column of the record, or no field at all.
        NoKey: the owner has no key, or the unit is erased.
        ValueError: ``until`` is not later than now.
    """
    with session.no_autoflush:  # the record may be in the session already, and is not whole before the end
        now = clock.now(session)
        _require_unsealed(record, fields)
        unit_id = unit_id_of(session, unit, actor.municipality_id)
        keys = wrapping_keys(session, owner, {unit_id})
        own = Grant(owner, OWN_RECORD, OWN_RECORD_RULE, OWN_RECORD, now, until)
        envelope_id, data_key = new_id(), sealing.new_key()
        envelope = {
            "id": envelope_id,
            "municipality_id": actor.municipality_id,
            "unit_id": unit_id,
            "owner_id": owner,
            "source_id": source,
            "kind": str(kind),
            "about_kind": about.kind,
            "about_id": about.person_id,
            "sealed_at": now,
            "created_by": signature(actor.who),
            "replaces_id": replaces,
        }
        session.execute(insert(Envelope), envelope)
        insert_grants(session, actor, own, keys, {envelope_id: (unit_id, data_key)})
    hashes = _fill(record, envelope_id, data_key, fields)
    facts: dict[str, JSON] = {
        "envelope": str(envelope_id),
        "kind": str(kind),
        "about": about.kind.value,
        "owner": str(owner),
        "source": str(source),
        "replaces": str(replaces) if replaces else None,
        "sha256": hashes,
    }
    persons = {("person", about.person_id)} if about.person_id else set()
    subjects = subjects_of({(unit.kind, unit.subject_id)} | persons)
    audit.log.record(session, Event(actor.municipality_id, VaultEvent.SEALED, actor.who, subjects, facts))
    return envelope_id


def _require_unsealed(record: Sealable, fields: Mapping[str, str]) -> None:
    """Before anything is written: the record is empty, and every field is one of its sealed columns."""
    held = {"envelope_id", *sealed_fields(type(record))}
    if any(getattr(record, name) is not None for name in held):
        raise AlreadySealed
    if not fields:
        raise TypeError("nothing to seal")
    for field in fields:
        place_of(record, field)


def _fill(record: Sealable, envelope_id: UUID, data_key: bytes, fields: Mapping[str, str]) -> dict[str, str]:
    """Seal the fields where they will stand; returns hashes for the trail, by which an older text put back is found."""
    if getattr(record, "id", None) is None:
        record.id = new_id()
    record.envelope_id = envelope_id
    key, hashes = sealing.SealingKey(data_key, envelope_id), {}
    for field, text in fields.items():
        stored = key.seal(place_of(record, field), text.encode())
        setattr(record, field, Sealed(stored))
        hashes[field] = hashlib.sha256(stored).hexdigest()
    return hashes
