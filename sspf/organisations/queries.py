"""Organisations are no secret inside a municipality; which of them know a child is, and is not told here."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sspf.errors import NotFound
from sspf.organisations.models import Authority, Municipality, Organisation, OrganisationKind


def the_municipality(session: Session) -> Municipality | None:
    """The installation's municipality, or None before the first one is added."""
    return session.scalars(select(Municipality)).one_or_none()


def get_organisation(session: Session, municipality_id: UUID, organisation_id: UUID) -> Organisation:
    found = session.scalars(
        select(Organisation).where(Organisation.id == organisation_id, Organisation.municipality_id == municipality_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_organisations(session: Session, municipality_id: UUID) -> list[Organisation]:
    """All of them, coordination first, then by name."""
    found = session.scalars(
        select(Organisation)
        .where(Organisation.municipality_id == municipality_id)
        .order_by(Organisation.kind != OrganisationKind.COORDINATION, Organisation.name, Organisation.id)
    )
    return list(found)


def names(session: Session, municipality_id: UUID) -> Mapping[UUID, str]:
    """Name by id, for pages that mention many."""
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.municipality_id == municipality_id)
    )
    return {row.id: row.name for row in rows}


def find_authority(session: Session, municipality_id: UUID, name: str) -> Authority | None:
    return session.scalars(
        select(Authority).where(Authority.municipality_id == municipality_id, Authority.name == name)
    ).one_or_none()
