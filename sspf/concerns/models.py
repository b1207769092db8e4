"""The concern and what hangs on it. What was told is sealed; the plain columns are what a list and a deadline need."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, exists
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from sspf.db import Base, Tenant, record_id
from sspf.db.types import one_of
from sspf.law.informing import is_pressing
from sspf.organisations.models import Organisation
from sspf.people.models import Person
from sspf.vault.columns import Sealable, Sealed, sealed
from sspf.vault.models import AboutKind


class ConcernState(StrEnum):
    """Where it is. That somebody has reported it to the social services is no state: only they may know."""

    NEW = "new"
    ADVISED = "advised"
    KONTAKT_JA = "kontakt_ja"
    CASE = "case"
    ENDED = "ended"


class ConcernSource(StrEnum):
    """Who got in touch, by kind; never which school or which person."""

    SCHOOL = "school"
    SOCIAL_SERVICES = "social_services"
    POLICE = "police"
    LEISURE = "leisure"
    HEALTH = "health"
    ASSOCIATION = "association"
    COORDINATION = "coordination"
    OTHER = "other"
    GUARDIAN = "guardian"
    YOUTH = "youth"


class Stage(StrEnum):
    """Where in school."""

    PRESCHOOL_CLASS = "preschool_class"
    LOWER = "lower"
    MIDDLE = "middle"
    UPPER = "upper"
    SECONDARY = "secondary"
    OUT_OF_SCHOOL = "out_of_school"


class Suspicion(StrEnum):
    """The answer to "Vet eller misstänker du att barnet far illa?"."""

    NO = "no"
    UNSURE = "unsure"
    YES = "yes"


class Way(StrEnum):
    """How something was said."""

    SPOKEN = "spoken"
    PAPER = "paper"


class ConcernKind(Tenant, Base):
    """What a worry can be about, in the municipality's own words. ``warns``: a guardian may be the danger."""

    __tablename__ = "concern_kind"

    id: Mapped[record_id]
    label: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column()
    warns: Mapped[bool] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()


class Concern(Tenant, Base):
    """One contact. ``organisation_id`` is whose user wrote it down, ``coordination_id`` whom it was for."""

    __tablename__ = "concern"
    __table_args__ = (
        UniqueConstraint("municipality_id", "reference"),
        Index("ix_concern_coordination", "municipality_id", "coordination_id", "state", "id"),
        Index("ix_concern_registered_by", "registered_by", "id"),
    )

    id: Mapped[record_id]
    reference: Mapped[str] = mapped_column(String(20))
    state: Mapped[ConcernState] = mapped_column(one_of(ConcernState), default=ConcernState.NEW)
    source: Mapped[ConcernSource] = mapped_column(one_of(ConcernSource))
    kind_id: Mapped[UUID] = mapped_column(ForeignKey(ConcernKind.id))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    coordination_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    registered_by: Mapped[UUID] = mapped_column()
    registered_at: Mapped[datetime] = mapped_column()
    # from the family's yes: until when a name may be kept, when it was written down and when it was erased
    identity_until: Mapped[datetime | None] = mapped_column(index=True)
    identified_at: Mapped[datetime | None] = mapped_column()
    erased_at: Mapped[datetime | None] = mapped_column()
    inform_by: Mapped[date | None] = mapped_column()
    informed_on: Mapped[date | None] = mapped_column()
    informed_way: Mapped[Way | None] = mapped_column(one_of(Way))

    if TYPE_CHECKING:
        was_advised: bool  # given further down, where advice is known

    kind: Mapped[ConcernKind] = relationship(lazy="raise")
    people: Mapped[list["ConcernPerson"]] = relationship(lazy="raise", order_by="ConcernPerson.position")

    @property
    def must_inform(self) -> bool:
        """Somebody is written down, or was until a case took over, and has not been told so."""
        return self.identified_at is not None and self.informed_on is None and self.state is not ConcernState.ENDED

    def is_pressing(self, today: date) -> bool:
        """Whether a week or less remains of the month to tell them in."""
        return self.must_inform and self.inform_by is not None and is_pressing(self.inform_by, today)

    @property
    def has_ended(self) -> bool:
        """Nothing more is done with it here."""
        return self.state in {ConcernState.CASE, ConcernState.ENDED}


class ConcernCounter(Tenant, Base):
    """The last number given in a year; a row is locked while the next is taken."""

    __tablename__ = "concern_counter"
    __table_args__ = (UniqueConstraint("municipality_id", "year"),)

    id: Mapped[record_id]
    year: Mapped[int] = mapped_column()
    last: Mapped[int] = mapped_column()


class ConcernPerson(Tenant, Base):
    """Somebody whose name the family's yes let coordination write down, by opaque id."""

    __tablename__ = "concern_person"
    __table_args__ = (UniqueConstraint("concern_id", "person_id"),)

    id: Mapped[record_id]
    concern_id: Mapped[UUID] = mapped_column(ForeignKey(Concern.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    role: Mapped[AboutKind] = mapped_column(one_of(AboutKind))
    position: Mapped[int] = mapped_column()


class ConcernAccount(Sealable, Tenant, Base):
    """What was seen or heard and how that is known. Age, stage and area are sealed too: together they tell who."""

    __tablename__ = "concern_account"

    concern_id: Mapped[UUID] = mapped_column(ForeignKey(Concern.id), index=True)
    seen: Mapped[Sealed] = sealed("concern_account.seen")
    basis: Mapped[Sealed] = sealed("concern_account.basis")
    age: Mapped[Sealed | None] = sealed("concern_account.age")
    stage: Mapped[Sealed | None] = sealed("concern_account.stage")
    area: Mapped[Sealed | None] = sealed("concern_account.area")


class ConcernWeighing(Sealable, Tenant, Base):
    """One organisation's own weighing of its duty to report, on its own record alone; a later one stands before it.

    There is one whatever was answered, with every field sealed and as long as any other's: being there says nothing.
    """

    __tablename__ = "concern_weighing"

    concern_id: Mapped[UUID] = mapped_column(ForeignKey(Concern.id), index=True)
    suspicion: Mapped[Sealed] = sealed("concern_weighing.suspicion")
    is_made: Mapped[Sealed | None] = sealed("concern_weighing.is_made")
    made_on: Mapped[Sealed | None] = sealed("concern_weighing.made_on")
    made_by: Mapped[Sealed | None] = sealed("concern_weighing.made_by")
    reason: Mapped[Sealed | None] = sealed("concern_weighing.reason")


class ConcernAdvice(Sealable, Tenant, Base):
    """What coordination advised whoever got in touch. As nameless as what it is about."""

    __tablename__ = "concern_advice"

    concern_id: Mapped[UUID] = mapped_column(ForeignKey(Concern.id), index=True)
    advice: Mapped[Sealed] = sealed("concern_advice.advice")


# Whether advice has been given, whatever came after it: to whoever asked that does not change.
Concern.was_advised = column_property(  # type: ignore[assignment]
    exists().where(ConcernAdvice.concern_id == Concern.id).correlate_except(ConcernAdvice)
)


class ConcernYes(Sealable, Tenant, Base):
    """The family's yes to being contacted, for this concern only: who said it, to whom, when and how."""

    __tablename__ = "concern_yes"

    concern_id: Mapped[UUID] = mapped_column(ForeignKey(Concern.id), index=True)
    said_by: Mapped[Sealed] = sealed("concern_yes.said_by")
    said_to: Mapped[Sealed] = sealed("concern_yes.said_to")
    said_on: Mapped[Sealed] = sealed("concern_yes.said_on")
    way: Mapped[Sealed] = sealed("concern_yes.way")
