"""One consent per samtyckesgivare, its yes-rows in force, and the waivers they add up to."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sspf.cases.models import Case, CaseRole
from sspf.consents.agreement import Given, Row
from sspf.consents.lasting import last_day
from sspf.db import Base, Tenant, record_id
from sspf.db.types import one_of
from sspf.law.kinds import Kind
from sspf.organisations.models import Organisation
from sspf.people.models import Person
from sspf.vault.columns import Sealable, Sealed, sealed


class Way(StrEnum):
    """How the answers were given. By word of mouth counts, until the day it should have been signed."""

    PAPER = "paper"
    SPOKEN = "spoken"


class EndReason(StrEnum):
    """Why a consent ended before its time."""

    WITHDRAWN = "withdrawn"
    RECEIVED = "received"  # a contact was told by somebody with this role; whose it was is not known
    REPLACED = "replaced"
    CHILDS_NO = "childs_no"  # the youth said no afterwards, and nobody else has taken anything back
    CLOSED = "closed"  # the case was closed and begins anew


class Consent(Sealable, Tenant, Base):
    """One person's answers, as asked on the municipality's form. The answers themselves are sealed."""

    __tablename__ = "consent"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    role: Mapped[CaseRole] = mapped_column(one_of(CaseRole))
    way: Mapped[Way] = mapped_column(one_of(Way))
    form_version: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date] = mapped_column()
    valid_from: Mapped[datetime] = mapped_column()
    valid_until: Mapped[datetime] = mapped_column()
    recorded_by: Mapped[UUID] = mapped_column()
    told_to: Mapped[UUID | None] = mapped_column()  # which of the staff heard it, if it was said
    ended_at: Mapped[datetime | None] = mapped_column()
    end_reason: Mapped[EndReason | None] = mapped_column(one_of(EndReason))
    answers: Mapped[Sealed] = sealed("consent.answers")
    # how it was asked tells of the family too; None on a paper from before it was sealed
    language: Mapped[Sealed | None] = sealed("consent.language")
    with_interpreter: Mapped[Sealed | None] = sealed("consent.with_interpreter")

    rows: Mapped[list["ConsentRow"]] = relationship(lazy="raise", order_by="ConsentRow.id")

    def is_live(self, at: datetime) -> bool:
        return self.ended_at is None and self.valid_from <= at < self.valid_until

    @property
    def last_day(self) -> date:
        return last_day(self.valid_until)

    @property
    def as_given(self) -> Given:
        """What of it nobody has taken back, as the rules speak of it."""
        standing = frozenset(row.as_row for row in self.rows if row.ended_at is None)
        return Given(self.id, self.person_id, self.valid_until, standing, self.valid_from)


class ConsentRow(Tenant, Base):
    """One yes: ``source`` may tell ``recipient`` this kind. A no, or no answer, has no row."""

    __tablename__ = "consent_row"

    id: Mapped[record_id]
    consent_id: Mapped[UUID] = mapped_column(ForeignKey(Consent.id), index=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    kind: Mapped[Kind] = mapped_column(one_of(Kind))
    ended_at: Mapped[datetime | None] = mapped_column()

    @property
    def as_row(self) -> Row:
        return Row(self.source_id, self.recipient_id, self.kind)


class Waiver(Tenant, Base):
    """Eftergift av sekretess that holds: all who must say yes to this row have said it (OSL 12:2–3)."""

    __tablename__ = "waiver"
    __table_args__ = (
        Index("ix_waiver_in_force", "case_id", "source_id", "recipient_id", postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[record_id]
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id))
    source_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    kind: Mapped[Kind] = mapped_column(one_of(Kind))
    about_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    valid_from: Mapped[datetime] = mapped_column()
    valid_until: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()

    rests_on: Mapped[list["WaiverConsent"]] = relationship(lazy="raise", order_by="WaiverConsent.consent_id")

    @property
    def as_row(self) -> Row:
        return Row(self.source_id, self.recipient_id, self.kind)

    @property
    def last_day(self) -> date:
        return last_day(self.valid_until)

    @property
    def consent_ids(self) -> frozenset[UUID]:
        return frozenset(link.consent_id for link in self.rests_on)


class WaiverConsent(Tenant, Base):
    """A consent that a waiver needs: if it ends, so does the waiver."""

    __tablename__ = "waiver_consent"

    waiver_id: Mapped[UUID] = mapped_column(ForeignKey(Waiver.id), primary_key=True)
    consent_id: Mapped[UUID] = mapped_column(ForeignKey(Consent.id), primary_key=True, index=True)
