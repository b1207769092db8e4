"""Every read of drafts, and only the reader's own."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.drafts.models import Draft
from sspf.errors import NotFound


def visible_to(actor: Actor) -> Select[Draft]:
    """The actor's own that can still be opened."""
    return select(Draft).where(
        Draft.user_id == actor.user_id,
        Draft.organisation_id == actor.organisation_id,
        Draft.until > func.statement_timestamp(),
    )


def list_drafts(session: Session, actor: Actor, *, page: str | None = None) -> Sequence[Draft]:
    """Newest first; only those of ``page`` if one is named."""
    found = visible_to(actor).order_by(Draft.saved_at.desc(), Draft.id)
    return session.scalars(found if page is None else found.where(Draft.page == page)).all()


def get_draft(session: Session, actor: Actor, series_id: UUID) -> Draft:
    """By the id that stays the same while it is saved again and again."""
    found = session.scalars(visible_to(actor).where(Draft.series_id == series_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_sent_to(session: Session, actor: Actor, paths: Collection[str]) -> Sequence[Draft]:
    """Those of the forms that go to one of these addresses, also when their day is over."""
    own = (Draft.user_id == actor.user_id, Draft.organisation_id == actor.organisation_id)
    return session.scalars(select(Draft).where(*own, Draft.sent_to.in_(paths))).all()


def list_about(session: Session, record_id: UUID, organisation_id: UUID) -> Sequence[Draft]:
    """Everybody's at an organisation, of the forms whose address names the record."""
    about = (Draft.organisation_id == organisation_id, Draft.sent_to.contains(str(record_id)))
    return session.scalars(select(Draft).where(*about)).all()


def list_over(session: Session, at: datetime) -> Sequence[Draft]:
    """Everybody's whose day is over, for the sweep."""
    return session.scalars(select(Draft).where(Draft.until <= at)).all()
