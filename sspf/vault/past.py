"""What was disclosed and is no longer: the list to recall after a withdrawal, and to renew after an expiry.

Reasons and times only. The keys are gone or about to be; nothing here opens anything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.orm import Session, aliased

from sspf.vault.live import is_over
from sspf.vault.models import Disclosure, DisclosureEnd, DisclosureRestsOn, Envelope
from sspf.vault.units import About


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


def past_disclosures(session: Session, *, resting_on: Collection[UUID]) -> list[PastDisclosure]:
    """Disclosures that needed any of the records and are ended or have run out, oldest first."""
    needing = select(DisclosureRestsOn.disclosure_id).where(DisclosureRestsOn.record_id.in_(resting_on))
    statement = _rows().where(is_over(), Disclosure.id.in_(needing))
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
