"""Who there is: the municipality, its authorities, and the organisations that hold keys."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
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
