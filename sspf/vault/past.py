"""What was disclosed and is no longer: the list to recall after a withdrawal, and to renew after an expiry.

Reasons and times only. The keys are gone or about to be; nothing here opens anything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, exists, select
from sqlalchemy.orm import Session, aliased

from sspf.vault.live import is_over
from sspf.vault.models import OWN_RECORD, Disclosure, DisclosureEnd, DisclosureRestsOn, Envelope, ErasureUnit
from sspf.vault.units import About, in_units


@dataclass(frozen=True, slots=True)
class PastDisclosure:
    """One disclosure that is over, and its envelope's plain columns.

    ``ended_at`` and ``reason`` are None when nobody ended it: its time ran out.
    ``is_replaced``: the envelope has been corrected since by another.
    """

    id: UUID
    envelope_id: UUID
    organisation_id: UUID
    owner_id: UUID
    source_id: UUID
    kind: str
    about: About
    ground: str
    valid_from: datetime
    valid_until: datetime | None
    ended_at: datetime | None
    reason: str | None
    is_replaced: bool


def past_disclosures(
    session: Session,
    *,
    resting_on: Collection[UUID] | None = None,
    units: Collection[tuple[str, UUID]] | None = None,
) -> list[PastDisclosure]:
    """Disclosures to others than the owner that are ended or have run out, oldest first.

    ``resting_on`` finds those that needed *any* of the records.

    Raises:
        ValueError: no condition at all.
    """
    conditions: list[ColumnElement[bool]] = []
    if resting_on is not None:
        needing = select(DisclosureRestsOn.disclosure_id).where(DisclosureRestsOn.record_id.in_(resting_on))
        conditions.append(Disclosure.id.in_(needing))
    if units is not None:
        conditions.append(in_units(units))
    if not conditions:
        raise ValueError("everything that was ever disclosed: nobody needs that list")
    statement = _rows().where(is_over(), Disclosure.ground != OWN_RECORD, *conditions)
    return [_past(row) for row in session.execute(statement.order_by(Disclosure.valid_from, Disclosure.id))]


def _rows() -> Select[*tuple[Any, ...]]:
    newer = aliased(Envelope)
    return (
        select(
            Disclosure.id,
            Disclosure.envelope_id,
            Disclosure.organisation_id,
            Disclosure.ground,
            Disclosure.valid_from,
            Disclosure.valid_until,
            Envelope.owner_id,
            Envelope.source_id,
            Envelope.kind,
            Envelope.about_kind,
            Envelope.about_id,
            DisclosureEnd.ended_at,
            DisclosureEnd.reason,
            exists().where(newer.replaces_id == Envelope.id).label("is_replaced"),
        )
        .join(Envelope, Envelope.id == Disclosure.envelope_id)
        .join(ErasureUnit, ErasureUnit.id == Envelope.unit_id)
        .outerjoin(DisclosureEnd, DisclosureEnd.disclosure_id == Disclosure.id)
    )


def _past(row: Row[Any]) -> PastDisclosure:
    return PastDisclosure(
        id=row.id,
        envelope_id=row.envelope_id,
        organisation_id=row.organisation_id,
        owner_id=row.owner_id,
        source_id=row.source_id,
        kind=row.kind,
        about=About(row.about_kind, row.about_id),
        ground=row.ground,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        ended_at=row.ended_at,
        reason=row.reason,
        is_replaced=row.is_replaced,
    )
