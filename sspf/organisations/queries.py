"""Organisations are no secret inside a municipality; which of them know a child is, and is not told here."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sspf.errors import NotFound
from sspf.law.consenters import AGE_TABLE, AgeRule, AgeTable
from sspf.organisations.models import (
    Authority,
    DecidedAge,
    DecidedAges,
    LegalForm,
    Municipality,
    Organisation,
    OrganisationKind,
    OwnWord,
)

_DIRECTORY = "organisations.directory"

# all of a municipality's own words in one value, so that a page asks for them with the names
_OWN_WORDS = (
    select(func.jsonb_object_agg(OwnWord.name, OwnWord.words))
    .where(OwnWord.municipality_id == Municipality.id, OwnWord.words != "")
    .correlate(Municipality)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Directory:
    """What the municipality is called, its code, its organisations by id, and its own words by name."""

    municipality: str
    code: str
    names: Mapping[UUID, str]
    own_words: Mapping[str, str]


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
        .execution_options(populate_existing=True)
    )
    return list(found)


def private_ids(session: Session, municipality_id: UUID) -> frozenset[UUID]:
    """Those of a private body: no secrecy act binds them, only what is said when they are told."""
    found = (
        select(Organisation.id)
        .join(Authority, Authority.id == Organisation.authority_id)
        .where(Organisation.municipality_id == municipality_id, Authority.legal_form == LegalForm.PRIVATE)
    )
    return frozenset(session.scalars(found))


def list_in_use(session: Session, municipality_id: UUID) -> list[Organisation]:
    """Those that can be chosen: not the ones taken out of use."""
    return [one for one in list_organisations(session, municipality_id) if one.ended_at is None]


def list_authorities(session: Session, municipality_id: UUID) -> list[Authority]:
    """Every authority, by name."""
    found = select(Authority).where(Authority.municipality_id == municipality_id)
    return list(session.scalars(found.order_by(Authority.name, Authority.id)))


def get_authority(session: Session, municipality_id: UUID, authority_id: UUID) -> Authority:
    found = session.scalars(
        select(Authority).where(Authority.id == authority_id, Authority.municipality_id == municipality_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_own_words(session: Session, municipality_id: UUID) -> list[OwnWord]:
    """Every word that was looked over, also those where ours will do."""
    return list(session.scalars(select(OwnWord).where(OwnWord.municipality_id == municipality_id)))


def directory(session: Session, municipality_id: UUID) -> Directory:
    """The names that every page mentions. The session remembers them until ``forget_names``: a page asks once."""
    known: dict[UUID, Directory] = session.info.setdefault(_DIRECTORY, {})
    if municipality_id not in known:
        rows = session.execute(
            select(
                Municipality.name,
                Municipality.code,
                Organisation.id,
                Organisation.name.label("called"),
                _OWN_WORDS.label("words"),
            )
            .outerjoin(Organisation, Organisation.municipality_id == Municipality.id)
            .where(Municipality.id == municipality_id)
        ).all()
        names = {row.id: row.called for row in rows if row.id is not None}
        first = rows[0] if rows else None
        known[municipality_id] = Directory(
            first.name if first else "", first.code if first else "", names, (first.words if first else None) or {}
        )
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


def newest_ages(session: Session, municipality_id: UUID) -> DecidedAges | None:
    """The municipality's latest decision on its table of ages."""
    decided = select(DecidedAges).where(DecidedAges.municipality_id == municipality_id)
    return session.scalars(decided.order_by(DecidedAges.version.desc()).limit(1)).one_or_none()


def list_ages(session: Session, municipality_id: UUID) -> list[DecidedAges]:
    """Every decision on the table, newest first."""
    decided = select(DecidedAges).where(DecidedAges.municipality_id == municipality_id)
    return list(session.scalars(decided.order_by(DecidedAges.version.desc())))


def age_table(session: Session, municipality_id: UUID) -> AgeTable:
    """The table that holds: the municipality's newest, or ours while it has decided nothing."""
    newest = (
        select(DecidedAges.id)
        .where(DecidedAges.municipality_id == municipality_id)
        .order_by(DecidedAges.version.desc())
        .limit(1)
    )
    rows = session.scalars(
        select(DecidedAge).where(DecidedAge.age_table_id == newest.scalar_subquery()).order_by(DecidedAge.from_age)
    )
    return tuple(AgeRule(row.from_age, row.guardians, row.youth, row.provision) for row in rows) or AGE_TABLE
