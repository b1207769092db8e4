"""What somebody who has proved who they are can choose between, and whom they can vouch for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from auth import lifetime
from auth.actor import Actor
from auth.models import Assignment
from auth.opaque import digest
from auth.permissions import Permission, Role, holds
from auth.policy import can_confirm
from auth.queries import find_session, list_assignments_in_force, list_waiting, newest_links
from sspf.db import clock
from sspf.organisations import queries as organisations
from sspf.overtaken import mark_of


@dataclass(frozen=True, slots=True)
class Offer:
    """One assignment to work in now, and until when."""

    assignment_id: UUID
    role: Role
    organisation: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Vouchable:
    """An account that waits for somebody's "Ja, det är …", as they see it; ``read`` marks what they say it of."""

    user_id: UUID
    name: str
    email: str
    offers: tuple[Offer, ...]
    has_been_refused: bool
    read: str


def offers_of(session: Session, token: str) -> list[Offer]:
    """The assignments that the session with this token is to choose from; none if there is no choice to make."""
    found = find_session(session, digest(token))
    if found is None or found.assignment is not None:
        return []
    if lifetime.closed_because(found.session, found.user, None, found.now) is not None:
        return []
    names = organisations.names(session, found.user.municipality_id)
    return _offers(list_assignments_in_force(session, found.user.id, now=found.now), names)


def own_offers(session: Session, actor: Actor) -> list[Offer]:
    """Everything the actor could work as now, what they do work as among it."""
    names = organisations.names(session, actor.municipality_id)
    return _offers(list_assignments_in_force(session, actor.user_id, now=clock.now(session)), names)


def vouchable_by(session: Session, actor: Actor) -> list[Vouchable]:
    """The accounts that wait for a yes which the actor may give, by name."""
    if not holds(actor, Permission.ACCOUNT_CONFIRM):
        return []
    waiting = list_waiting(session, actor.municipality_id)
    names = organisations.names(session, actor.municipality_id)
    links = newest_links(session, [user.id for user, _held in waiting])
    return [
        Vouchable(
            user.id,
            user.name,
            user.email,
            tuple(_offers(held, names)),
            has_been_refused=user.not_recognised_at is not None,
            read=mark_of(user.name, user.email, links.get(user.id), *sorted(each.id for each in held)),
        )
        for user, held in waiting
        if can_confirm(actor, user, held)
    ]


def _offers(assignments: Iterable[Assignment], names: Mapping[UUID, str]) -> list[Offer]:
    return [Offer(each.id, each.role, names.get(each.organisation_id, ""), each.ends_at) for each in assignments]
