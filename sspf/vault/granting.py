"""The rows of a disclosure: the reason, what it rests on, and the data key wrapped for that reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from sspf.db import new_id
from sspf.vault.actors import Acting, signature
from sspf.vault.keys import WrappingKeys
from sspf.vault.models import Disclosure, DisclosureRestsOn, WrappedKey
from sspf.vault.wrap import Reason, wrap_data_key


@dataclass(frozen=True, slots=True)
class Grant:
    """What a batch of disclosures has in common: to whom, why, from and until when, resting on what."""

    to: UUID
    ground: str
    rule_version: int
    purpose: str
    valid_from: datetime
    valid_until: datetime | None
    resting_on: Sequence[UUID] = ()

    def __post_init__(self) -> None:
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValueError("a disclosure ends after it begins")


def insert_grants(
    session: Session,
    actor: Acting,
    grant: Grant,
    keys: WrappingKeys,
    data_keys: Mapping[UUID, tuple[UUID, bytes]],
) -> dict[UUID, UUID]:
    """Insert a disclosure for each envelope in ``data_keys`` (its unit and data key); returns their ids by envelope."""
    reasons = [
        Reason(
            disclosure_id=new_id(),
            envelope_id=envelope_id,
            organisation_id=grant.to,
            ground=str(grant.ground),
            rule_version=grant.rule_version,
            purpose=str(grant.purpose),
            valid_from=grant.valid_from,
            valid_until=grant.valid_until,
            decided_by=signature(actor.who),
        )
        for envelope_id in data_keys
    ]
    tenant = {"municipality_id": actor.municipality_id}
    session.execute(insert(Disclosure), [_row(reason) | tenant for reason in reasons])
    session.execute(
        insert(WrappedKey),
        [
            {
                "disclosure_id": reason.disclosure_id,
                "key_version": keys.version,
                "wrapped": _wrapped(reason, keys, data_keys),
            }
            | tenant
            for reason in reasons
        ],
    )
    if grant.resting_on:
        session.execute(
            insert(DisclosureRestsOn),
            [
                {"disclosure_id": reason.disclosure_id, "record_id": record_id} | tenant
                for reason in reasons
                for record_id in dict.fromkeys(grant.resting_on)
            ],
        )
    return {reason.envelope_id: reason.disclosure_id for reason in reasons}


def _row(reason: Reason) -> dict[str, object]:
    return {
        "id": reason.disclosure_id,
        "envelope_id": reason.envelope_id,
        "organisation_id": reason.organisation_id,
        "ground": reason.ground,
        "rule_version": reason.rule_version,
        "purpose": reason.purpose,
        "decided_by": reason.decided_by,
        "valid_from": reason.valid_from,
        "valid_until": reason.valid_until,
    }


def _wrapped(reason: Reason, keys: WrappingKeys, data_keys: Mapping[UUID, tuple[UUID, bytes]]) -> bytes:
    unit_id, data_key = data_keys[reason.envelope_id]
    return wrap_data_key(keys.by_unit[unit_id], data_key, reason)
