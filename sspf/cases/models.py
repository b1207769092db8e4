"""The case and what hangs on it. Everything here is plain; what is said about people is sealed elsewhere."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sspf.concerns.models import Concern
from sspf.db import Base, Tenant, record_id
from sspf.db.types import one_of
from sspf.law.grounds import Ground
from sspf.organisations.models import Organisation
from sspf.people.models import Person
from sspf.vault.columns import Sealable, Sealed, sealed


class State(StrEnum):
    INFORMATION = "information"
    CONSENT = "consent"
    MEETING = "meeting"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class CaseRole(StrEnum):
    YOUTH = "youth"
    GUARDIAN = "guardian"


class StatementKind(StrEnum):
    CHILD_VOICE = "child_voice"
    BEST_INTEREST = "best_interest"


class Reason(StrEnum):
    """Why a case is closed."""

    GOALS_REACHED = "goals_reached"
    GOES_ON_ELSEWHERE = "goes_on_elsewhere"
    MOVED = "moved"
    TOO_OLD = "too_old"
    FAMILY_STOPPED = "family_stopped"
    OTHER = "other"


class Part(StrEnum):
    """What is written when a case is closed."""

    OUTCOME = "outcome"
    HANDOVER = "handover"


class Case(Tenant, Base):
    """One case. ``alias`` is what it is called aloud, on lists and on screens."""

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("municipality_id", "reference"),
        Index(
            "uq_case_open_alias",
            "municipality_id",
            "alias",
            unique=True,
            postgresql_where=text("state != 'closed'"),
        ),
        Index("ix_case_list", "municipality_id", "coordination_id", "id"),
        # a state that few cases are in is looked for on every start page
        Index("ix_case_state", "municipality_id", "coordination_id", "state", "id"),
    )

    id: Mapped[record_id]
    reference: Mapped[str] = mapped_column(String(20))
    alias: Mapped[str] = mapped_column(String(40))
    state: Mapped[State] = mapped_column(one_of(State), default=State.INFORMATION)
    coordination_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    authority_id: Mapped[UUID] = mapped_column()
    coordinator_id: Mapped[UUID] = mapped_column()
    opened_at: Mapped[datetime] = mapped_column()
    # the contact about a worry that it came from
    concern_id: Mapped[UUID | None] = mapped_column(ForeignKey(Concern.id), unique=True)
    # somebody in it has protected identity: no screen, no print, named users only
    is_protected: Mapped[bool] = mapped_column(default=False)
    # opened again after it was closed: what was written before that goes to nobody by itself
    reopened_at: Mapped[datetime | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)

    people: Mapped[list["CasePerson"]] = relationship(lazy="raise", order_by="CasePerson.position")
    parties: Mapped[list["Party"]] = relationship(lazy="raise", order_by="Party.id")
    participations: Mapped[list["Participation"]] = relationship(lazy="raise", order_by="Participation.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy's own way to say it

    @property
    def youth_id(self) -> UUID:
        """The person the case is about."""
        return next(one.person_id for one in self.people if one.role is CaseRole.YOUTH)

    @property
    def guardian_ids(self) -> tuple[UUID, ...]:
        return tuple(one.person_id for one in self.people if one.role is CaseRole.GUARDIAN)


class CaseCounter(Tenant, Base):
    """The last number given in a year; a row is locked while the next is taken."""

    __tablename__ = "case_counter"
    __table_args__ = (UniqueConstraint("municipality_id", "year"),)

    id: Mapped[record_id]
    year: Mapped[int] = mapped_column()
    last: Mapped[int] = mapped_column()


class CasePerson(Tenant, Base):
    """Who the case is about, and who may say yes for them."""

    __tablename__ = "case_person"
    __table_args__ = (UniqueConstraint("case_id", "person_id"),)

    id: Mapped[record_id]
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    role: Mapped[CaseRole] = mapped_column(one_of(CaseRole))
    position: Mapped[int] = mapped_column()


class Party(Tenant, Base):
    """An organisation that the family is asked about, with the users named to take part.

    Being asked gives nothing: only a participation does.
    """

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("case_id", "organisation_id"),)

    id: Mapped[record_id]
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))

    members: Mapped[list["PartyMember"]] = relationship(lazy="raise", order_by="PartyMember.id")
    reservation: Mapped["Reservation | None"] = relationship(lazy="raise")


class PartyMember(Tenant, Base):
    """A user named to take part for an organisation, until taken off."""

    __tablename__ = "party_member"
    __table_args__ = (UniqueConstraint("party_id", "user_id"),)

    id: Mapped[record_id]
    party_id: Mapped[UUID] = mapped_column(ForeignKey(Party.id))
    user_id: Mapped[UUID] = mapped_column(index=True)
    ended_at: Mapped[datetime | None] = mapped_column()


class Guest(Sealable, Tenant, Base):
    """Somebody who takes part for an organisation without an account, until taken off. Who is sealed."""

    __tablename__ = "guest"

    party_id: Mapped[UUID] = mapped_column(ForeignKey(Party.id), index=True)
    ended_at: Mapped[datetime | None] = mapped_column()
    name: Mapped[Sealed] = sealed("guest.name")


class Reservation(Tenant, Base):
    """Förbehåll: what a private body may not do with what it is told in the case, in the words it was given."""

    __tablename__ = "reservation"
    __table_args__ = (UniqueConstraint("party_id"),)

    id: Mapped[record_id]
    party_id: Mapped[UUID] = mapped_column(ForeignKey(Party.id))
    wording: Mapped[str] = mapped_column(String(1000))
    made_at: Mapped[datetime] = mapped_column()
    made_by: Mapped[UUID] = mapped_column()


class Participation(Tenant, Base):
    """A spell in which an organisation may know the case: ground, from and until, like a disclosure."""

    __tablename__ = "participation"
    __table_args__ = (Index("ix_participation_case_organisation", "case_id", "organisation_id"),)

    id: Mapped[record_id]
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    ground: Mapped[Ground] = mapped_column(one_of(Ground))
    valid_from: Mapped[datetime] = mapped_column()
    valid_until: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()

    def is_live(self, at: datetime) -> bool:
        return self.ended_at is None and self.valid_from <= at < self.valid_until


class CaseStatement(Sealable, Tenant, Base):
    """What the youth says, and why this is good for the child; a new row replaces the old."""

    __tablename__ = "case_statement"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    kind: Mapped[StatementKind] = mapped_column(one_of(StatementKind))
    statement: Mapped[Sealed] = sealed("case_statement.statement")


class Closing(Tenant, Base):
    """One closing of a case; the newest is the one that holds."""

    __tablename__ = "closing"

    id: Mapped[record_id]
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    reason: Mapped[Reason] = mapped_column(one_of(Reason))
    closed_at: Mapped[datetime] = mapped_column()
    closed_by: Mapped[UUID] = mapped_column()


class ClosingText(Sealable, Tenant, Base):
    """How it went in the family's own words, or what the one who goes on needs to know."""

    __tablename__ = "closing_text"

    closing_id: Mapped[UUID] = mapped_column(ForeignKey(Closing.id), index=True)
    part: Mapped[Part] = mapped_column(one_of(Part))
    text: Mapped[Sealed] = sealed("closing_text.text")
