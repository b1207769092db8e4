"""Organisations are no secret inside a municipality; which of them know a child is, and is not told here."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sspf.errors import NotFound
from sspf.organisations.models import Authority, Municipality, Organisation, OrganisationKind

_DIRECTORY = "organisations.directory"


@dataclass(frozen=True, slots=True)
class Directory:
    """What the municipality is called, and each of its organisations by id."""

    municipality: str
    names: Mapping[UUID, str]


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


def directory(session: Session, municipality_id: UUID) -> Directory:
    """The names that every page mentions. The session remembers them until ``forget_names``: a page asks once."""
    known: dict[UUID, Directory] = session.info.setdefault(_DIRECTORY, {})
    if municipality_id not in known:
        rows = session.execute(
            select(Municipality.name, Organisation.id, Organisation.name.label("called"))
            .outerjoin(Organisation, Organisation.municipality_id == Municipality.id)
            .where(Municipality.id == municipality_id)
        ).all()
        names = {row.id: row.called for row in rows if row.id is not None}
        known[municipality_id] = Directory(rows[0].name if rows else "", names)
    return known[municipality_id]


def forget_names(session: Session) -> None:
    """Read the names again when they are next asked for: there is a new one."""
    session.info.pop(_DIRECTORY, None)


def names(session: Session, municipality_id: UUID) -> Mapping[UUID, str]:
    """Name by id, for pages that mention many."""
    return directory(session, municipality_id).names


def find_authority(session: Session, municipality_id: UUID, name: str) -> Authority | None:
    return session.scalars(
        select(Authority).where(Authority.municipality_id == municipality_id, Authority.name == name)
    ).one_or_none()
