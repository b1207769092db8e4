"""Disclosing: the owner lets another organisation read, for a reason that is bound into the key.

The caller holds the case's exclusive lock and has judged the ground; the vault sees to
it that only the owner discloses, that the owner can read it itself, and that the reason
is written as it was given.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

import audit.log
from audit.canonical import JSON
from audit.events import Event
from sspf.db import clock
from sspf.vault.actors import Acting
from sspf.vault.errors import NotTheOwner
from sspf.vault.events import VaultEvent, subjects_of
from sspf.vault.granting import Grant, insert_grants
from sspf.vault.holding import Holding, holdings
from sspf.vault.keys import wrapping_keys
from sspf.vault.models import OWN_RECORD, Disclosure, Envelope


def disclose(
    session: Session,
    actor: Acting,
    envelope_ids: Collection[UUID],
    *,
    to: UUID,
    ground: str,
    rule_version: int,
    purpose: str,
    until: datetime | None,
    resting_on: Sequence[UUID] = (),
) -> dict[UUID, UUID]:
    """Let ``to`` read the envelopes from now until ``until``; returns the disclosures' ids by envelope.

    ``resting_on`` are the records it needs, such as every consent; ``purpose`` is a code. Each data
    key is wrapped anew for the recipient and no text is opened. Records ``disclosure:made`` once for
    the batch. Several disclosures of one envelope to one organisation may stand side by side.

    Raises:
        NotTheOwner: the actor's organisation does not own every envelope, or cannot read it now.
        NoKey: the recipient has no key.
        ValueError: ``until`` is not later than now, or the ground is the owner's own.
    """
    now = clock.now(session)
    if ground == OWN_RECORD:
        raise ValueError("an own record is made when it is sealed")
    grant = Grant(to, ground, rule_version, purpose, now, until, tuple(resting_on))
    own = _own(session, actor, set(envelope_ids))
    if not own:
        return {}
    data_keys = {id_: (held.row.unit_id, held.data_key) for id_, held in own.items() if held.data_key is not None}
    keys = wrapping_keys(session, to, {held.row.unit_id for held in own.values()})
    made = insert_grants(session, actor, grant, keys, data_keys)
    facts: dict[str, JSON] = {
        "to": str(to),
        "ground": str(ground),
        "rule_version": rule_version,
        "purpose": str(purpose),
        "until": until.isoformat() if until else None,
        "resting_on": [str(record_id) for record_id in resting_on],
        "disclosures": [
            {"disclosure": str(made[id_]), "envelope": str(id_), "kind": held.row.kind} for id_, held in own.items()
        ],
    }
    subjects = subjects_of((held.row.unit_kind, held.row.subject_id) for held in own.values())
    audit.log.record(session, Event(actor.municipality_id, VaultEvent.DISCLOSED, actor.who, subjects, facts))
    return made


def _own(session: Session, actor: Acting, envelope_ids: set[UUID]) -> dict[UUID, Holding]:
    """The owner's own live disclosure of each envelope."""
    if not envelope_ids:
        return {}
    held = holdings(
        session,
        [actor.organisation_id],
        Envelope.id.in_(envelope_ids),
        Envelope.owner_id == actor.organisation_id,
        Disclosure.ground == OWN_RECORD,
    )
    own = {holding.row.envelope_id: holding for holding in held if holding.data_key is not None}
    if own.keys() != envelope_ids:
        raise NotTheOwner
    return own
