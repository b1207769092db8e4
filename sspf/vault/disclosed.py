"""What is disclosed now, and what was and is not any more: for whoever decides what must end, be renewed or recalled.

Reasons and times only; nothing here opens anything. But it tells that things exist, so
none of it is for a page unless the door has opened the same.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, exists, select
from sqlalchemy.orm import Session, aliased

from sspf.vault.live import is_live, is_over
from sspf.vault.models import OWN_RECORD, Disclosure, DisclosureEnd, DisclosureRestsOn, Envelope, ErasureUnit
from sspf.vault.units import About, in_units

_RECIPIENTS = (
    select(Disclosure.envelope_id, Disclosure.organisation_id, Disclosure.valid_until)
    .where(is_live(), Disclosure.ground != OWN_RECORD)
    .order_by(Disclosure.valid_from, Disclosure.id)
)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One disclosure to somebody else, and its envelope's plain columns.

    ``ended_at`` is None when nobody has ended it: it is live, or its time ran out.
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
    is_replaced: bool


def live_disclosures(
    session: Session,
    *,
    resting_on: Collection[UUID] | None = None,
    envelope_ids: Collection[UUID] | None = None,
    organisation_id: UUID | None = None,
    units: Collection[tuple[str, UUID]] | None = None,
) -> list[Disclosed]:
    """The live disclosures that meet every condition given, oldest first; owners' own records are none.

    ``resting_on`` finds those that need *any* of the records.

    Raises:
        ValueError: no condition at all.
    """
    conditions = _conditions(resting_on, envelope_ids, organisation_id, units)
    return _found(session, is_live(), Disclosure.ground != OWN_RECORD, *conditions)


def past_disclosures(session: Session, *, resting_on: Collection[UUID]) -> list[Disclosed]:
    """Disclosures that needed any of the records and are ended or have run out, oldest first."""
    return _found(session, is_over(), _rests_on(resting_on))


def recipients_of(session: Session, envelope_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, datetime | None]]]:
    """Who else reads each of these envelopes now, and until when; for whoever shows what its own have become.

    What ``live_disclosures`` says of them, and no more of it: a page asks this every time.
    """
    found = session.execute(_RECIPIENTS.where(Disclosure.envelope_id.in_(envelope_ids)))
    recipients: dict[UUID, list[tuple[UUID, datetime | None]]] = {}
    for envelope_id, organisation_id, valid_until in found:
        recipients.setdefault(envelope_id, []).append((organisation_id, valid_until))
    return recipients


def _conditions(
    resting_on: Collection[UUID] | None,
    envelope_ids: Collection[UUID] | None,
    organisation_id: UUID | None,
    units: Collection[tuple[str, UUID]] | None,
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if resting_on is not None:
        conditions.append(_rests_on(resting_on))
    if envelope_ids is not None:
        conditions.append(Disclosure.envelope_id.in_(envelope_ids))
    if organisation_id is not None:
        conditions.append(Disclosure.organisation_id == organisation_id)
    if units is not None:
        conditions.append(in_units(units))
    if not conditions:
        raise ValueError("every live disclosure there is: nobody needs that list")
    return conditions


def _rests_on(record_ids: Collection[UUID]) -> ColumnElement[bool]:
    needing = select(DisclosureRestsOn.disclosure_id).where(DisclosureRestsOn.record_id.in_(record_ids))
    return Disclosure.id.in_(needing)


def _found(session: Session, *conditions: ColumnElement[bool]) -> list[Disclosed]:
    statement = _disclosures().where(*conditions).order_by(Disclosure.valid_from, Disclosure.id)
    return [_disclosed(row) for row in session.execute(statement)]


def _disclosures() -> Select[*tuple[Any, ...]]:
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
            exists().where(newer.replaces_id == Envelope.id).label("is_replaced"),
        )
        .join(Envelope, Envelope.id == Disclosure.envelope_id)
        .join(ErasureUnit, ErasureUnit.id == Envelope.unit_id)
        .outerjoin(DisclosureEnd, DisclosureEnd.disclosure_id == Disclosure.id)
    )


def _disclosed(row: Row[Any]) -> Disclosed:
    return Disclosed(
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
        is_replaced=row.is_replaced,
    )
