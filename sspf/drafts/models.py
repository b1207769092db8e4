"""One draft a user and form. What was typed is sealed; that somebody was writing, where and when, is not."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sspf.db import Base, Tenant
from sspf.vault.columns import Sealable, Sealed, sealed

LONGEST_PATH = 300


class Draft(Sealable, Tenant, Base):
    """The newest of what was typed in one form. Saved again, it is a new row in the same erasure unit, ``series_id``.

    ``sent_to`` is where the form goes, ``page`` where it stands (empty if nobody said).
    """

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("user_id", "organisation_id", "sent_to"),
        Index(None, "until"),
    )

    series_id: Mapped[UUID]
    user_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    page: Mapped[str] = mapped_column(String(LONGEST_PATH))
    sent_to: Mapped[str] = mapped_column(String(LONGEST_PATH))
    saved_at: Mapped[datetime]
    until: Mapped[datetime]
    typed: Mapped[Sealed] = sealed("draft.typed")
