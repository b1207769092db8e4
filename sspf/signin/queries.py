"""What somebody who has proved who they are can choose between."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from auth import lifetime
from auth.opaque import digest
from auth.permissions import Role
from auth.queries import find_session, list_assignments_in_force
from sspf.organisations import queries as organisations


@dataclass(frozen=True, slots=True)
class Offer:
    """One assignment to work in now."""

    assignment_id: UUID
    role: Role
    organisation: str


def offers_of(session: Session, token: str) -> list[Offer]:
    """The assignments that the session with this token is to choose from; none if there is no choice to make."""
    found = find_session(session, digest(token))
    if found is None or found.assignment is not None:
        return []
    if lifetime.closed_because(found.session, found.user, None, found.now) is not None:
        return []
    names = organisations.names(session, found.user.municipality_id)
    return [
        Offer(each.id, each.role, names.get(each.organisation_id, ""))
        for each in list_assignments_in_force(session, found.user.id, now=found.now)
    ]
