"""Whether what the door would answer may have changed, by plain columns: nothing is opened and nothing decided."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, select

from sspf.vault.live import is_live
from sspf.vault.models import Disclosure, Envelope, ErasureUnit
from sspf.vault.units import in_units


def live_now(
    units: Collection[tuple[str, UUID]],
    organisation_ids: Collection[UUID],
    kinds: Collection[str],
) -> Select[UUID]:
    """The disclosures that the door would look at just now: the same ones, the same answer.

    It tells how much there is, so it is for comparing and for no page.
    """
    return (
        select(Disclosure.id)
        .join(Envelope, Envelope.id == Disclosure.envelope_id)
        .join(ErasureUnit, ErasureUnit.id == Envelope.unit_id)
        .where(
            in_units(units),
            Envelope.kind.in_(kinds),
            Disclosure.organisation_id.in_(organisation_ids),
            is_live(),
        )
    )
