"""The versions of the form. One that is made is never changed: papers signed on it must mean what they meant."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sspf.consents.printed.asked import Asked, Question
from sspf.db import Base, Tenant, record_id
from sspf.db.types import one_of
from sspf.law.kinds import Kind
from sspf.organisations.models import OrganisationKind


class ConsentForm(Tenant, Base):
    """One version, by the name that is printed on it, and who in the municipality decided on it."""

    __tablename__ = "consent_form"
    __table_args__ = (UniqueConstraint("municipality_id", "version"),)

    id: Mapped[record_id]
    version: Mapped[str] = mapped_column(String(20))
    approved_by: Mapped[str] = mapped_column(String(120))
    approved_on: Mapped[date] = mapped_column()
    valid_from: Mapped[date] = mapped_column()
    created_at: Mapped[datetime] = mapped_column()
    created_by: Mapped[UUID] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()

    parties: Mapped[list["FormParty"]] = relationship(lazy="raise")
    rows: Mapped[list["FormRow"]] = relationship(lazy="raise")

    @property
    def asked(self) -> Asked:
        return Asked(
            frozenset(party.kind for party in self.parties),
            frozenset(Question(row.source, row.recipient, row.kind) for row in self.rows),
        )

    def is_in_force(self, day: date) -> bool:
        return self.ended_at is None and self.valid_from <= day


class FormParty(Tenant, Base):
    """A kind of organisation that the family is asked about at all."""

    __tablename__ = "consent_form_party"

    form_id: Mapped[UUID] = mapped_column(ForeignKey(ConsentForm.id), primary_key=True)
    kind: Mapped[OrganisationKind] = mapped_column(one_of(OrganisationKind), primary_key=True)


class FormRow(Tenant, Base):
    """One question: may a source of this kind tell a recipient of that kind this kind of thing?"""

    __tablename__ = "consent_form_row"

    form_id: Mapped[UUID] = mapped_column(ForeignKey(ConsentForm.id), primary_key=True)
    source: Mapped[OrganisationKind] = mapped_column(one_of(OrganisationKind), primary_key=True)
    recipient: Mapped[OrganisationKind] = mapped_column(one_of(OrganisationKind), primary_key=True)
    kind: Mapped[Kind] = mapped_column(one_of(Kind), primary_key=True)
