"""Ending: a disclosure that must not be used any more, and the keys nobody may use again."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.orm import Session

import audit.log
from audit.canonical import JSON
from audit.events import Event, Who
from sspf.db import clock
from sspf.vault.actors import Acting, signature
from sspf.vault.disclosed import live_disclosures
from sspf.vault.errors import OwnRecordStays
from sspf.vault.events import VaultEvent, subjects_of
from sspf.vault.live import is_over
from sspf.vault.models import (
    OWN_RECORD,
    Disclosure,
    DisclosureEnd,
    Envelope,
    ErasureUnit,
    UnitSecret,
    WrappedKey,
)
from sspf.vault.units import in_units

_NOTHING_LOADED = {"synchronize_session": False}  # keys are never objects in a session


def end_disclosures(session: Session, actor: Acting, disclosure_ids: Collection[UUID], reason: str) -> int:
    """End disclosures at once and destroy their keys; returns how many were ended now.

    The caller holds the exclusive lock of every case concerned, so that no page with what they opened
    leaves afterwards. Those that are ended already are passed over; with none, nothing is done. ``reason``
    is a code. Records ``disclosure:ended`` once for the batch.

    Raises:
        OwnRecordStays: one of them is an owner's own.
        ValueError: one of them does not exist.
    """
    if not disclosure_ids:
        return 0
    rows = _with_their_ends(session, disclosure_ids)
    if {row.id for row in rows} != set(disclosure_ids):
        raise ValueError("no such disclosure")
    if any(row.ground == OWN_RECORD for row in rows):
        raise OwnRecordStays
    ending = [row for row in rows if row.ended_at is None]
    if not ending:
        return 0
    ended = {"ended_at": clock.now(session), "ended_by": signature(actor.who), "reason": str(reason)}
    session.execute(
        insert(DisclosureEnd),
        [{"disclosure_id": row.id, "municipality_id": row.municipality_id} | ended for row in ending],
    )
    keys = delete(WrappedKey).where(WrappedKey.disclosure_id.in_([row.id for row in ending]))
    session.execute(keys, execution_options=_NOTHING_LOADED)
    facts: dict[str, JSON] = {
        "reason": str(reason),
        "disclosures": [
            {
                "disclosure": str(row.id),
                "envelope": str(row.envelope_id),
                "organisation": str(row.organisation_id),
                "kind": row.kind,
                "ground": row.ground,
            }
            for row in ending
        ],
    }
    subjects = subjects_of((row.unit_kind, row.subject_id) for row in ending)
    audit.log.record(session, Event(actor.municipality_id, VaultEvent.ENDED, actor.who, subjects, facts))
    return len(ending)


def end_disclosures_of(session: Session, actor: Acting, envelope_id: UUID, reason: str) -> None:
    """End whatever others can read of one envelope, as ``end_disclosures``: its owner has said something else."""
    end_disclosures(session, actor, [one.id for one in live_disclosures(session, envelope_ids=[envelope_id])], reason)


def sweep(session: Session, who: Who) -> int:
    """Destroy the keys of disclosures that will never be live again; returns how many.

    The door was closed to them already. Records ``key:swept`` with the count in each
    municipality's log where there were any; ``who`` is a named system actor.
    """
    over = select(Disclosure.id).where(is_over())
    dead = delete(WrappedKey).where(WrappedKey.disclosure_id.in_(over)).returning(WrappedKey.municipality_id)
    swept = list(session.scalars(dead, execution_options=_NOTHING_LOADED))
    for municipality_id in sorted(set(swept)):
        facts: dict[str, JSON] = {"count": swept.count(municipality_id)}
        audit.log.record(session, Event(log=municipality_id, tag=VaultEvent.SWEPT, who=who, facts=facts))
    return len(swept)


def erase(session: Session, actor: Acting, units: Collection[tuple[str, UUID]]) -> int:
    """Destroy the secrets of these erasure units: nobody opens anything in them again, here or in a later copy.

    The caller holds the exclusive lock of the records the units are of, and has decided that it may be gone.
    What was sealed stays where it lies, as bytes that no key opens. Returns how many units there were to
    erase, and records ``unit:erased`` if there were any.
    """
    wanted = select(ErasureUnit.id).where(in_units(units))
    erased = delete(UnitSecret).where(UnitSecret.unit_id.in_(wanted)).returning(UnitSecret.unit_id)
    gone = list(session.scalars(erased, execution_options=_NOTHING_LOADED))
    if gone:
        facts: dict[str, JSON] = {"count": len(gone)}
        audit.log.record(session, Event(actor.municipality_id, VaultEvent.ERASED, actor.who, subjects_of(units), facts))
    return len(gone)


def _with_their_ends(session: Session, disclosure_ids: Collection[UUID]) -> list[Row[Any]]:
    statement = (
        select(
            Disclosure.id,
            Disclosure.municipality_id,
            Disclosure.envelope_id,
            Disclosure.organisation_id,
            Disclosure.ground,
            Envelope.kind,
            ErasureUnit.kind.label("unit_kind"),
            ErasureUnit.subject_id,
            DisclosureEnd.ended_at,
        )
        .join(Envelope, Envelope.id == Disclosure.envelope_id)
        .join(ErasureUnit, ErasureUnit.id == Envelope.unit_id)
        .outerjoin(DisclosureEnd, DisclosureEnd.disclosure_id == Disclosure.id)
        .where(Disclosure.id.in_(disclosure_ids))
        .order_by(Disclosure.id)
    )
    return list(session.execute(statement))
