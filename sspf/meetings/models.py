"""A meeting, its agenda, who is in the room, what was decided and noted. Plain but for words, and visitors' names."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from sspf.cases.models import Case
from sspf.db import Base, Tenant, record_id
from sspf.db.types import one_of
from sspf.organisations.models import Organisation
from sspf.people.models import Person
from sspf.vault.columns import Sealable, Sealed, sealed

PLACE_LENGTH = 200
NAME_LENGTH = 120


class MeetingKind(StrEnum):
    GROUP = "group"
    FAMILY = "family"  # möte med familjen: one case, and the family in the room


class MeetingState(StrEnum):
    PLANNED = "planned"
    ONGOING = "ongoing"
    HELD = "held"
    CANCELLED = "cancelled"


class ItemState(StrEnum):
    WAITING = "waiting"
    CURRENT = "current"
    DONE = "done"


class Presence(StrEnum):
    INVITED = "invited"
    PRESENT = "present"
    GONE = "gone"  # has left, or is not coming


class Meeting(Tenant, Base):
    """One meeting of coordination's. ``place`` is a room or a link, and never a name.

    ``recording_off_…`` is who said, when it began, that nothing records it; ``published_…`` who told
    those who take part what its notes say.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("(state IN ('ongoing', 'held')) = (began_at IS NOT NULL)", name="began_at_some_time"),
        CheckConstraint("(state = 'held') = (ended_at IS NOT NULL)", name="ended_at_some_time"),
        CheckConstraint("published_at IS NULL OR state = 'held'", name="published_when_held"),
        Index("ix_meeting_list", "municipality_id", "coordination_id", "starts_at", "id"),
    )

    id: Mapped[record_id]
    coordination_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    leader_id: Mapped[UUID] = mapped_column()
    kind: Mapped[MeetingKind] = mapped_column(one_of(MeetingKind), default=MeetingKind.GROUP)
    state: Mapped[MeetingState] = mapped_column(one_of(MeetingState), default=MeetingState.PLANNED)
    starts_at: Mapped[datetime] = mapped_column()
    place: Mapped[str] = mapped_column(String(PLACE_LENGTH))
    began_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    recording_off_at: Mapped[datetime | None] = mapped_column()
    recording_off_by: Mapped[UUID | None] = mapped_column()
    published_at: Mapped[datetime | None] = mapped_column()
    published_by: Mapped[UUID | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy's own way to say it

    @property
    def link(self) -> str | None:
        """The place, if it is an address and nothing else, to be opened from a page."""
        return self.place if self.place.startswith("https://") and len(self.place.split()) == 1 else None


class AgendaItem(Tenant, Base):
    """A case on a meeting's agenda. ``next_date`` is when it is to be taken up again."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "case_id"),
        # one case at a time, whoever presses what
        Index("uq_agenda_item_current", "meeting_id", unique=True, postgresql_where=text("state = 'current'")),
    )

    id: Mapped[record_id]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id))
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    position: Mapped[int] = mapped_column()
    state: Mapped[ItemState] = mapped_column(one_of(ItemState), default=ItemState.WAITING)
    next_date: Mapped[date | None] = mapped_column()


class Attendance(Tenant, Base):
    """Somebody at the whole meeting: a user, one of the family, a guest of a case, or a visitor.

    Set once, and carried from case to case; ``came_at`` is when they were first here, and stays when
    they leave; without it, one who is gone never came. Users are named here; what the others are
    called is sealed, and stands elsewhere.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) = (person_id IS NOT NULL)", name="organisation_or_family"),
        CheckConstraint("(name IS NULL) = (user_id IS NULL)", name="names_of_users_alone"),
        CheckConstraint("num_nonnulls(user_id, person_id, guest_id, visitor_id) = 1", name="one_somebody"),
        UniqueConstraint(
            "meeting_id",
            "organisation_id",
            "user_id",
            "person_id",
            "guest_id",
            "visitor_id",
            name="uq_attendance_somebody_once",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[record_id]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    user_id: Mapped[UUID | None] = mapped_column()
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    guest_id: Mapped[UUID | None] = mapped_column()
    # an older list's visitor, whose name has been erased, has an id and no row
    visitor_id: Mapped[UUID | None] = mapped_column()
    name: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    presence: Mapped[Presence] = mapped_column(one_of(Presence), default=Presence.INVITED)
    came_at: Mapped[datetime | None] = mapped_column()


class Visitor(Sealable, Tenant, Base):
    """Somebody at one meeting who has no account and whom no case names. Who is sealed, for coordination alone."""

    __tablename__ = "visitor"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id), index=True)
    name: Mapped[Sealed] = sealed("visitor.name")


class Decision(Sealable, Tenant, Base):
    """What was decided in a case at a meeting. A correction is a new row; ``replaces_id`` is the old one.

    One that is removed, having been written by mistake, stays with coordination and is on no page.
    """

    __tablename__ = "decision"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id), index=True)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    removed_at: Mapped[datetime | None] = mapped_column()
    statement: Mapped[Sealed] = sealed("decision.statement")


class MeetingNote(Sealable, Tenant, Base):
    """What of a meeting is worth keeping about a case, in a few sentences. Each wording replaces the one before.

    Until the meeting's notes are published they are coordination's own draft.
    """

    __tablename__ = "meeting_note"
    __table_args__ = (
        # one chain of wordings for each case
        Index(
            "uq_meeting_note_first", "meeting_id", "case_id", unique=True, postgresql_where=text("replaces_id IS NULL")
        ),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id), index=True)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_note.id"), unique=True)
    statement: Mapped[Sealed] = sealed("meeting_note.statement")
