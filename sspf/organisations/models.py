"""Who there is: the municipality, its authorities, and the organisations that hold keys."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sspf.db import Base, Tenant, record_id
from sspf.db.types import one_of


class OrganisationKind(StrEnum):
    COORDINATION = "coordination"
    SCHOOL = "school"
    SOCIAL_SERVICES = "social_services"
    POLICE = "police"
    LEISURE = "leisure"
    ASSOCIATION = "association"


class LegalForm(StrEnum):
    """Public bodies stand under the secrecy act, private ones under what the consent says."""

    PUBLIC = "public"
    PRIVATE = "private"


class Municipality(Base):
    """The tenant. Its id is also its audit log's."""

    __tablename__ = "municipality"

    id: Mapped[record_id]
    code: Mapped[str] = mapped_column(String(4), unique=True)
    name: Mapped[str] = mapped_column(String(80))


class Authority(Tenant, Base):
    """A nämnd, a state authority or a private huvudman: the border that secrecy is tested at (OSL 8:1)."""

    __tablename__ = "authority"

    id: Mapped[record_id]
    name: Mapped[str] = mapped_column(String(120))
    legal_form: Mapped[LegalForm] = mapped_column(one_of(LegalForm))


class Organisation(Tenant, Base):
    """A unit of an authority that receives information, under a key of its own.

    ``secrecy_rule`` names the provision its information is under, or None where
    none is known: coordination without one may hold no real cases.
    """

    __tablename__ = "organisation"

    id: Mapped[record_id]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey(Authority.id), index=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[OrganisationKind] = mapped_column(one_of(OrganisationKind))
    is_independent_branch: Mapped[bool] = mapped_column(default=False)
    secrecy_rule: Mapped[str | None] = mapped_column(String(200))
    ended_at: Mapped[datetime | None] = mapped_column()


class OwnWord(Tenant, Base):
    """What the municipality calls something, by the name that ``texts.named`` gave it.

    A row without words says that ours was looked over and will do.
    """

    __tablename__ = "own_word"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[record_id]
    name: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(80))


class DecidedAges(Tenant, Base):
    """One version of the municipality's table of ages; the newest holds. Never changed.

    ``decided_by`` says who and when, as the decision does: an office, not a person's own text.
    """

    __tablename__ = "age_table"
    __table_args__ = (UniqueConstraint("municipality_id", "version"),)

    id: Mapped[record_id]
    version: Mapped[int] = mapped_column()
    decided_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column()
    recorded_by: Mapped[UUID] = mapped_column()


class DecidedAge(Tenant, Base):
    """One row of such a table: ``law.consenters.AgeRule``."""

    __tablename__ = "age_rule"
    __table_args__ = (
        CheckConstraint("guardians OR youth", name="somebody_is_needed"),
        CheckConstraint("from_age < 18 OR NOT guardians", name="an_adult_decides_alone"),
        UniqueConstraint("age_table_id", "from_age"),
    )

    id: Mapped[record_id]
    age_table_id: Mapped[UUID] = mapped_column(ForeignKey(DecidedAges.id))
    from_age: Mapped[int] = mapped_column()
    guardians: Mapped[bool] = mapped_column()
    youth: Mapped[bool] = mapped_column()
    provision: Mapped[str] = mapped_column(String(200))
