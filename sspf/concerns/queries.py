"""Every read of a concern begins with ``visible_to``: a contact's own, and coordination's all.

Nobody who may know of one stops being so, and a list opens no seals, so a list takes no locks.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.concerns.models import (
    Concern,
    ConcernAccount,
    ConcernAdvice,
    ConcernKind,
    ConcernState,
    ConcernWeighing,
    ConcernYes,
)
from sspf.errors import NotFound
from sspf.law.informing import SOON
from sspf.vault.reading import Reading

PAGE = 25
OPEN_STATES = (ConcernState.NEW, ConcernState.ADVISED, ConcernState.KONTAKT_JA)

Row = TypeVar("Row", ConcernAccount, ConcernAdvice, ConcernWeighing, ConcernYes)


def visible_to(actor: Actor) -> Select[Concern]:
    """The one rule for which concerns a user may know exist; ``policy.may_enter`` says the same of a loaded one."""
    statement = select(Concern).where(Concern.municipality_id == actor.municipality_id)
    if not holds(actor, Permission.CONCERN_REGISTER):
        return statement.where(false())
    own = (Concern.registered_by == actor.user_id) & (Concern.organisation_id == actor.organisation_id)
    if holds(actor, Permission.CONCERN_LEAD):
        return statement.where(or_(Concern.coordination_id == actor.organisation_id, own))
    return statement.where(own)


def get_concern(session: Session, actor: Actor, concern_id: UUID) -> Concern:
    """One concern with its kind and people, read afresh, or NotFound."""
    found = session.scalars(
        visible_to(actor)
        .where(Concern.id == concern_id)
        .options(joinedload(Concern.kind), selectinload(Concern.people))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class ConcernPage:
    """Some concerns, newest first, and the id to go on from."""

    concerns: list[Concern]
    next_before: UUID | None


def list_concerns(
    session: Session, actor: Actor, *, before: UUID | None = None, every: bool = False, limit: int = PAGE
) -> ConcernPage:
    """A page of the visible concerns; those that are over only when ``every`` is asked for."""
    statement = visible_to(actor)
    if not every:
        statement = statement.where(Concern.state.in_(OPEN_STATES))
    if before is not None:
        statement = statement.where(Concern.id < before)
    found = list(
        session.scalars(
            statement.order_by(Concern.id.desc())
            .limit(limit + 1)
            .options(joinedload(Concern.kind))
            .execution_options(populate_existing=True)
        )
    )
    return ConcernPage(found[:limit], found[limit - 1].id if len(found) > limit else None)


def list_waiting(session: Session, actor: Actor, today: date, *, limit: int) -> list[Concern]:
    """What waits for coordination: the family to be told soon, a yes to act on, and what is new; in that order."""
    informing = (
        Concern.informed_on.is_(None)
        & (Concern.inform_by <= today + SOON)
        & Concern.state.in_([ConcernState.KONTAKT_JA, ConcernState.CASE])
    )
    statement = visible_to(actor).where(
        or_(informing, Concern.state.in_([ConcernState.NEW, ConcernState.KONTAKT_JA])),
    )
    return list(
        session.scalars(
            statement.order_by(
                func.coalesce(informing, False).desc(),
                (Concern.state == ConcernState.KONTAKT_JA).desc(),
                Concern.id.desc(),
            )
            .limit(limit)
            .options(joinedload(Concern.kind))
        )
    )


def list_kinds(session: Session, municipality_id: UUID, *, also_ended: bool = False) -> list[ConcernKind]:
    """The kinds in the municipality's order; those taken out of use last, if they are asked for."""
    statement = select(ConcernKind).where(ConcernKind.municipality_id == municipality_id)
    if not also_ended:
        statement = statement.where(ConcernKind.ended_at.is_(None))
    order = (ConcernKind.ended_at.is_not(None), ConcernKind.position, ConcernKind.id)
    return list(session.scalars(statement.order_by(*order)))


def locked_kinds(session: Session, municipality_id: UUID) -> list[ConcernKind]:
    """All of them, held until the transaction ends: two may move them about at once."""
    statement = (
        select(ConcernKind)
        .where(ConcernKind.municipality_id == municipality_id)
        .order_by(ConcernKind.position, ConcernKind.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(statement))


def shown(session: Session, reading: Reading, concern: Concern, model: type[Row]) -> list[Row]:
    """The concern's rows of one table that the reading opened, oldest first."""
    return list(
        session.scalars(
            select(model)
            .where(model.concern_id == concern.id, model.envelope_id.in_(reading.envelope_ids()))
            .order_by(model.id)
        )
    )


def ids_to_erase(session: Session, at: datetime) -> list[UUID]:
    """Concerns whose names may not be kept any longer, or whose family's yes has gone out without any."""
    statement = select(Concern.id).where(Concern.identity_until <= at, Concern.state == ConcernState.KONTAKT_JA)
    return list(session.scalars(statement.order_by(Concern.id)))


def get_to_erase(session: Session, concern_id: UUID, at: datetime) -> Concern | None:
    """The same one once it is locked, with its people; None if somebody was first."""
    return session.scalars(
        select(Concern)
        .where(
            Concern.id == concern_id,
            Concern.identity_until <= at,
            Concern.state == ConcernState.KONTAKT_JA,
        )
        .options(selectinload(Concern.people))
        .execution_options(populate_existing=True)
    ).one_or_none()
