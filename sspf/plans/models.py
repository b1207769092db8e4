"""The goal of a case; its actions, what they say, what has become of them, and what is said about them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from sspf.cases.models import Case
from sspf.db import Base, Tenant, record_id
from sspf.db.types import one_of
from sspf.organisations.models import Organisation
from sspf.vault.columns import Sealable, Sealed, sealed


class Status(StrEnum):
    """How an action stands. A postponed one is still to be done, on a later day than was first said."""

    OPEN = "open"
    POSTPONED = "postponed"
    DONE = "done"
    DROPPED = "dropped"


TO_DO = frozenset({Status.OPEN, Status.POSTPONED})


class Change(StrEnum):
    """What somebody did to an action."""

    CREATED = "created"
    DONE = "done"
    POSTPONED = "postponed"
    DROPPED = "dropped"
    TAKEN_BACK = "taken_back"
    EDITED = "edited"


class Goal(Sealable, Tenant, Base):
    """Where the case is going, in the youth's words. A new wording replaces the old, once; the newest is current."""

    __tablename__ = "goal"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id"), unique=True)
    wording: Mapped[Sealed] = sealed("goal.wording")


class Action(Tenant, Base):
    """Who does something by when: one organisation, and one person there if named; or the family."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("is_family = (organisation_id IS NULL)", name="one_responsible"),
        CheckConstraint("user_id IS NULL OR organisation_id IS NOT NULL", name="person_of_organisation"),
        CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="done_at_some_time"),
        Index(
            "ix_action_to_do",
            "organisation_id",
            "due_on",
            "id",
            postgresql_where=text("status IN ('open', 'postponed')"),
        ),
    )

    id: Mapped[record_id]
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    user_id: Mapped[UUID | None] = mapped_column()
    is_family: Mapped[bool] = mapped_column()
    due_on: Mapped[date] = mapped_column()
    status: Mapped[Status] = mapped_column(one_of(Status), default=Status.OPEN)
    created_at: Mapped[datetime] = mapped_column()
    created_by: Mapped[UUID] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column()
    changed_by: Mapped[UUID] = mapped_column()
    done_at: Mapped[datetime | None] = mapped_column()
    done_by: Mapped[UUID | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy's own way to say it

    @property
    def is_to_do(self) -> bool:
        return self.status in TO_DO


class ActionText(Sealable, Tenant, Base):
    """What an action says. A changed wording is a new row that replaces the old; the newest is current."""

    __tablename__ = "action_text"

    action_id: Mapped[UUID] = mapped_column(ForeignKey(Action.id), index=True)
    wording: Mapped[Sealed] = sealed("action_text.wording")


class ActionEvent(Tenant, Base):
    """One change of an action, and how it stood before: what an undo goes back to."""

    __tablename__ = "action_event"

    id: Mapped[record_id]
    action_id: Mapped[UUID] = mapped_column(ForeignKey(Action.id), index=True)
    change: Mapped[Change] = mapped_column(one_of(Change))
    status_before: Mapped[Status | None] = mapped_column(one_of(Status))
    due_before: Mapped[date | None] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    user_id: Mapped[UUID] = mapped_column()
    organisation_id: Mapped[UUID] = mapped_column()


class ActionReport(Sealable, Tenant, Base):
    """That somebody without an account, or on the telephone, told the coordinator of a change, and on which day.

    ``organisation_id`` is empty for the family. Who said it is coordination's to know and nobody else's.
    """

    __tablename__ = "action_report"

    event_id: Mapped[UUID] = mapped_column(ForeignKey(ActionEvent.id), unique=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    said_on: Mapped[date] = mapped_column()
    teller: Mapped[Sealed] = sealed("action_report.teller")


class ActionDetail(Sealable, Tenant, Base):
    """What one organisation knows that belongs to an action, for those the family lets it tell.

    Kind, owner and source stand on the envelope. A new wording replaces the old, once.
    """

    __tablename__ = "action_detail"

    action_id: Mapped[UUID] = mapped_column(ForeignKey(Action.id), index=True)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("action_detail.id"), unique=True)
    wording: Mapped[Sealed] = sealed("action_detail.wording")


class Comment(Sealable, Tenant, Base):
    """A line about an action from somebody who has it. ``removed_at``: the writer has taken it back."""

    __tablename__ = "action_comment"

    action_id: Mapped[UUID] = mapped_column(ForeignKey(Action.id), index=True)
    written_at: Mapped[datetime] = mapped_column()
    written_by: Mapped[UUID] = mapped_column()
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    removed_at: Mapped[datetime | None] = mapped_column()
    wording: Mapped[Sealed] = sealed("action_comment.wording")
