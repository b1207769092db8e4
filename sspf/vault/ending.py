"""Ending: a disclosure that must not be used any more, and the keys nobody may use again.

``live_disclosures`` serves whoever decides what must end or be renewed. It tells that
things exist, so what it returns is not for a page unless the door has opened the same.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select
from sqlalchemy.orm import Session

import audit.log
from audit.canonical import JSON
from audit.events import Event, Who
from sspf.db import clock
from sspf.vault.actors import Acting, signature, signed_by
from sspf.vault.errors import OwnRecordStays
from sspf.vault.events import VaultEvent, subjects_of
from sspf.vault.live import is_live, is_over
from sspf.vault.models import (
    OWN_RECORD,
    Disclosure,
    DisclosureEnd,
    DisclosureRestsOn,
    Envelope,
    ErasureUnit,
    UnitSecret,
    WrappedKey,
)
from sspf.vault.units import About, in_units

_RECIPIENTS = (
    select(Disclosure.envelope_id, Disclosure.organisation_id, Disclosure.valid_until)
    .where(is_live(), Disclosure.ground != OWN_RECORD)
    .order_by(Disclosure.valid_from, Disclosure.id)
)
_NOTHING_LOADED = {"synchronize_session": False}  # keys are never objects in a session


@dataclass(frozen=True, slots=True)
class DisclosureSummary:
    """One disclosure and its envelope's plain columns. ``resting_on`` are the records it needs."""

    id: UUID
    envelope_id: UUID
    organisation_id: UUID
    owner_id: UUID
    source_id: UUID
    kind: str
    about: About
    ground: str
    rule_version: int
    purpose: str
    valid_from: datetime
    valid_until: datetime | None
    decided_by: UUID | str
    resting_on: frozenset[UUID]


def live_disclosures(
    session: Session,
    *,
    resting_on: Collection[UUID] | None = None,
    envelope_ids: Collection[UUID] | None = None,
    organisation_id: UUID | None = None,
    units: Collection[tuple[str, UUID]] | None = None,
    own_records: bool = False,
) -> list[DisclosureSummary]:
    """The live disclosures that meet every condition given, oldest first; no keys and no text.

    ``resting_on`` finds those that need *any* of the records. Own records are left out unless asked for.

    Raises:
        ValueError: no condition at all.
    """
    conditions = _conditions(resting_on, envelope_ids, organisation_id, units)
    if not own_records:
        conditions.append(Disclosure.ground != OWN_RECORD)
    statement = _disclosures().where(is_live(), *conditions).order_by(Disclosure.valid_from, Disclosure.id)
    return [_summary(row) for row in session.execute(statement)]


def recipients_of(session: Session, envelope_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, datetime | None]]]:
    """Who else reads each of these envelopes now, and until when; for whoever shows what its own have become.

    What ``live_disclosures`` says of them, and no more of it: a page asks this every time.
    """
    found = session.execute(_RECIPIENTS.where(Disclosure.envelope_id.in_(envelope_ids)))
    recipients: dict[UUID, list[tuple[UUID, datetime | None]]] = {}
    for envelope_id, organisation_id, valid_until in found:
        recipients.setdefault(envelope_id, []).append((organisation_id, valid_until))
    return recipients


def end_disclosures(session: Session, actor: Acting, disclosure_ids: Collection[UUID], reason: str) -> int:
    """End disclosures at once and destroy their keys; returns how many were ended now.

    The caller holds the exclusive lock of every case concerned, so that no page with what they opened
    leaves afterwards. Those that are ended already are passed over. ``reason`` is a code.
    Records ``disclosure:ended`` once for the batch.

    Raises:
        OwnRecordStays: one of them is an owner's own.
        ValueError: one of them does not exist.
    """
    rows = session.execute(_disclosures().where(Disclosure.id.in_(disclosure_ids)).order_by(Disclosure.id)).all()
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


def _disclosures() -> Select[*tuple[Any, ...]]:
    needed = select(DisclosureRestsOn.record_id).where(DisclosureRestsOn.disclosure_id == Disclosure.id)
    return (
        select(
            Disclosure.id,
            Disclosure.municipality_id,
            Disclosure.envelope_id,
            Disclosure.organisation_id,
            Disclosure.ground,
            Disclosure.rule_version,
            Disclosure.purpose,
            Disclosure.valid_from,
            Disclosure.valid_until,
            Disclosure.decided_by,
            Envelope.owner_id,
            Envelope.source_id,
            Envelope.kind,
            Envelope.about_kind,
            Envelope.about_id,
            ErasureUnit.kind.label("unit_kind"),
            ErasureUnit.subject_id,
            DisclosureEnd.ended_at,
            func.array(needed.scalar_subquery()).label("resting_on"),
        )
        .join(Envelope, Envelope.id == Disclosure.envelope_id)
        .join(ErasureUnit, ErasureUnit.id == Envelope.unit_id)
        .outerjoin(DisclosureEnd, DisclosureEnd.disclosure_id == Disclosure.id)
    )


def _conditions(
    resting_on: Collection[UUID] | None,
    envelope_ids: Collection[UUID] | None,
    organisation_id: UUID | None,
    units: Collection[tuple[str, UUID]] | None,
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if resting_on is not None:
        needing = select(DisclosureRestsOn.disclosure_id).where(DisclosureRestsOn.record_id.in_(resting_on))
        conditions.append(Disclosure.id.in_(needing))
    if envelope_ids is not None:
        conditions.append(Disclosure.envelope_id.in_(envelope_ids))
    if organisation_id is not None:
        conditions.append(Disclosure.organisation_id == organisation_id)
    if units is not None:
        conditions.append(in_units(units))
    if not conditions:
        raise ValueError("every live disclosure there is: nobody needs that list")
    return conditions


def _summary(row: Row[Any]) -> DisclosureSummary:
    return DisclosureSummary(
        id=row.id,
        envelope_id=row.envelope_id,
        organisation_id=row.organisation_id,
        owner_id=row.owner_id,
        source_id=row.source_id,
        kind=row.kind,
        about=About(row.about_kind, row.about_id),
        ground=row.ground,
        rule_version=row.rule_version,
        purpose=row.purpose,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        decided_by=signed_by(row.decided_by),
        resting_on=frozenset(row.resting_on),
    )
