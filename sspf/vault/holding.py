"""What organisations hold: live disclosures, each with the data key it gives.

One query and no plaintext. Only the door, which reads, and ``disclosing``, which
wraps the same key for somebody else, may ask; a test says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from sspf.vault.errors import CannotOpen
from sspf.vault.keys import key_store, organisation_context, unit_context
from sspf.vault.live import is_live
from sspf.vault.models import Disclosure, Envelope, ErasureUnit, OrganisationKey, UnitSecret, WrappedKey
from sspf.vault.wrap import Reason, unwrap_data_key, wrapping_key


@dataclass(frozen=True, slots=True)
class Holding:
    """One live disclosure: the columns of ``_COLUMNS``, and the envelope's data key.

    ``data_key`` is None when the row has been altered since the key was wrapped, or
    the key is missing: such a disclosure gives nothing and is not to be believed.
    """

    row: Row[Any]
    data_key: bytes | None


def holdings(session: Session, organisation_ids: Sequence[UUID], *conditions: ColumnElement[bool]) -> list[Holding]:
    """Every live disclosure to the organisations that meets the conditions, oldest envelope first."""
    rows = session.execute(_LIVE_ROWS.where(Disclosure.organisation_id.in_(organisation_ids), *conditions)).all()
    keys = _wrapping_keys(session, rows)
    return [Holding(row, _data_key(row, keys)) for row in rows]


_COLUMNS = (
    Envelope.id.label("envelope_id"),
    Envelope.unit_id,
    Envelope.owner_id,
    Envelope.source_id,
    Envelope.kind,
    Envelope.about_kind,
    Envelope.about_id,
    Envelope.sealed_at,
    Envelope.created_by,
    Envelope.replaces_id,
    ErasureUnit.kind.label("unit_kind"),
    ErasureUnit.subject_id,
    ErasureUnit.authority_id,
    UnitSecret.wrapped.label("unit_secret"),
    Disclosure.id.label("disclosure_id"),
    Disclosure.organisation_id,
    Disclosure.ground,
    Disclosure.rule_version,
    Disclosure.purpose,
    Disclosure.decided_by,
    Disclosure.valid_from,
    Disclosure.valid_until,
    WrappedKey.key_version,
    WrappedKey.wrapped,
    OrganisationKey.wrapped.label("organisation_key"),
)


# Built once, since building takes as long as asking. An erased unit has no secret and drops out;
# a live disclosure without a key stays in, as broken.
_LIVE_ROWS: Select[*tuple[Any, ...]] = (
    select(*_COLUMNS)
    .select_from(ErasureUnit)
    .join(UnitSecret, UnitSecret.unit_id == ErasureUnit.id)
    .join(Envelope, Envelope.unit_id == ErasureUnit.id)
    .join(Disclosure, Disclosure.envelope_id == Envelope.id)
    .outerjoin(WrappedKey, WrappedKey.disclosure_id == Disclosure.id)
    .outerjoin(
        OrganisationKey,
        (OrganisationKey.organisation_id == Disclosure.organisation_id)
        & (OrganisationKey.version == WrappedKey.key_version),
    )
    .where(is_live())
    .order_by(Envelope.id, Disclosure.valid_from, Disclosure.id)
)

_KeyName = tuple[UUID, int, UUID]  # organisation, version, unit


def _wrapping_keys(session: Session, rows: Sequence[Row[Any]]) -> dict[_KeyName, bytes]:
    """Each wrapping key once, however many envelopes it opens."""
    needed = {(row.organisation_id, row.key_version, row.unit_id): row for row in rows if row.organisation_key}
    wrapped = [
        item
        for (organisation_id, version, unit_id), row in needed.items()
        for item in (
            (organisation_context(organisation_id, version), row.organisation_key),
            (unit_context(unit_id), row.unit_secret),
        )
    ]
    secrets = key_store(session).unwrap(wrapped)
    pairs = zip(secrets[::2], secrets[1::2], strict=True)
    return {name: wrapping_key(*pair, *name) for name, pair in zip(needed, pairs, strict=True)}


def _data_key(row: Row[Any], keys: dict[_KeyName, bytes]) -> bytes | None:
    key = keys.get((row.organisation_id, row.key_version, row.unit_id))
    if key is None:
        return None
    reason = Reason(
        row.disclosure_id,
        row.envelope_id,
        row.organisation_id,
        row.ground,
        row.rule_version,
        row.purpose,
        row.valid_from,
        row.valid_until,
        row.decided_by,
    )
    try:
        return unwrap_data_key(key, row.wrapped, reason)
    except CannotOpen:
        return None
