"""Everything that a database keeps sealed, opened by those who own it: what must stand nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.events import Who
from sspf.db import Base
from sspf.db.sessions import Sessions
from sspf.vault import door
from sspf.vault.access import Access
from sspf.vault.columns import Sealable, sealed_fields
from sspf.vault.models import Envelope, ErasureUnit


@dataclass(frozen=True)
class Unsealed:
    """One sealed field: its envelope, its place ("note.statement") and what it says."""

    envelope_id: UUID
    place: str
    text: str


def sealed_models() -> list[type[Sealable]]:
    """Every table of the application that has sealed columns."""
    mapped = [mapper.class_ for mapper in Base.registry.mappers]
    return [model for model in mapped if issubclass(model, Sealable) and model.__module__.startswith("sspf.")]


def everything_sealed(sessions: Sessions) -> list[Unsealed]:
    """Every sealed field there is. Fails if one stays shut; leaves nothing in the trail."""
    with sessions() as session, session.begin() as transaction:
        found = list(_opened(session))
        opened = {one.envelope_id for one in found}
        assert opened == set(session.scalars(select(Envelope.id))), "an envelope that its owner cannot open, or empty"
        transaction.rollback()
    return found


def _opened(session: Session) -> Iterator[Unsealed]:
    units = frozenset((unit.kind, unit.subject_id) for unit in session.scalars(select(ErasureUnit)))
    owners = session.execute(select(Envelope.owner_id, Envelope.municipality_id).distinct()).all()
    for owner_id, municipality_id in owners:
        reading = door.open(session, Access(owner_id, Who(system="tests"), municipality_id, units), "test")
        own = [envelope.id for envelope in reading.opened.values() if envelope.owner_id == owner_id]
        for model in sealed_models():
            for record in session.scalars(select(model).where(model.envelope_id.in_(own))):
                for field in sorted(sealed_fields(model)):
                    if getattr(record, field) is not None:
                        place = f"{model.__tablename__}.{field}"
                        yield Unsealed(record.envelope_id, place, reading.reveal(record, field).strip())
