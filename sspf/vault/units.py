"""Two small values that say where information belongs: what is erased together, and whom it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, false, insert, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from sspf.db import new_id
from sspf.vault import sealing
from sspf.vault.keys import key_store, unit_context
from sspf.vault.models import AboutKind, ErasureUnit, UnitSecret


@dataclass(frozen=True, slots=True)
class Unit:
    """An erasure unit by what it is: ``Unit("case", case_id, authority_id)``, ``Unit("person", person_id)``, …"""

    kind: str
    subject_id: UUID
    authority_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Whom information is about: the youth, a guardian (both by person id), or someone else, who has no id.

    Raises ``ValueError`` for a youth or guardian without an id, or someone else with one.
    """

    kind: AboutKind
    person_id: UUID | None = None

    def __post_init__(self) -> None:
        if (self.person_id is None) != (self.kind is AboutKind.OTHER):
            raise ValueError("the youth and the guardians have an id, others have none")


def unit_id_of(session: Session, unit: Unit, municipality_id: UUID) -> UUID:
    """The unit's id; made with a fresh secret if this is the first thing sealed in it.

    An erased unit keeps its id and has no secret, so nothing can be sealed in it again.
    """
    statement = select(ErasureUnit.id).where(
        ErasureUnit.kind == unit.kind,
        ErasureUnit.subject_id == unit.subject_id,
        ErasureUnit.authority_id.is_not_distinct_from(unit.authority_id),
    )
    found = session.scalars(statement).one_or_none()
    if found is not None:
        return found
    unit_id = new_id()
    row = {
        "id": unit_id,
        "municipality_id": municipality_id,
        "kind": unit.kind,
        "subject_id": unit.subject_id,
        "authority_id": unit.authority_id,
    }
    # somebody else may make the same person's unit from another case just now: the first one stays
    making = postgresql.insert(ErasureUnit).values(row).on_conflict_do_nothing().returning(ErasureUnit.id)
    if session.scalars(making).one_or_none() is None:
        return session.scalars(statement).one()
    secret = key_store(session).wrap(unit_context(unit_id), sealing.new_key())
    session.execute(insert(UnitSecret), {"unit_id": unit_id, "municipality_id": municipality_id, "wrapped": secret})
    return unit_id


def in_units(units: Iterable[tuple[str, UUID]]) -> ColumnElement[bool]:
    """Whether an erasure unit is of one of these kinds and subjects, whatever the authority."""
    by_kind: dict[str, set[UUID]] = {}
    for kind, subject_id in units:
        by_kind.setdefault(kind, set()).add(subject_id)
    alternatives = [
        (ErasureUnit.kind == kind) & ErasureUnit.subject_id.in_(subject_ids) for kind, subject_ids in by_kind.items()
    ]
    return or_(false(), *alternatives)
