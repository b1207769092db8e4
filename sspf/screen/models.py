"""A meeting's screen. What it shows is read afresh each time; nothing of it is kept here."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from auth.tokens import SCREEN
from sspf.db import Base, Tenant, record_id
from sspf.meetings.models import Meeting


class Screen(Tenant, Base):
    """One screen, opened by whoever led the meeting then, and alive no longer than their session.

    ``code_digest`` is of the code that another computer may be connected with until ``code_until``;
    ``ticket_id`` names the one ticket that counts. ``salt`` makes the mark of what is shown say nothing.
    """

    __tablename__ = "screen"
    __table_args__ = (
        CheckConstraint("(code_digest IS NULL) = (code_until IS NULL)", name="a_code_has_an_end"),
        # one at a time, whoever presses what
        Index("uq_screen_open", "meeting_id", unique=True, postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[record_id]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id))
    user_id: Mapped[UUID] = mapped_column()
    assignment_id: Mapped[UUID] = mapped_column()
    session_id: Mapped[UUID] = mapped_column()
    opened_at: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    is_paused: Mapped[bool] = mapped_column(default=False)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    code_until: Mapped[datetime | None] = mapped_column()
    ticket_id: Mapped[UUID | None] = mapped_column()

    @property
    def until(self) -> datetime:
        """When it ends at the latest."""
        return self.opened_at + LONGEST


LONGEST: timedelta = SCREEN.longest
