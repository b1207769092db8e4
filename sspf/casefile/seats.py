"""The page where participants are chosen: who is named, who can be, and who has to be given a förbehåll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from auth import queries as accounts
from auth.actor import Actor
from auth.permissions import Role
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.cases.queries import GuestView
from sspf.db import clock
from sspf.law.kinds import GUEST_RECORD
from sspf.law.purposes import Purpose
from sspf.law.reservation import PROVISION, WORDING
from sspf.organisations import queries as organisations
from sspf.organisations.models import Organisation
from sspf.vault import door


@dataclass(frozen=True, slots=True)
class Table:
    """``named`` and ``others`` have accounts, ``guests`` have none; ``places`` can be asked about, by id and name.

    ``wording`` is the förbehåll if any of them still has to be given it, else empty.
    """

    names: Mapping[UUID, str]
    named: Sequence[accounts.Staff]
    guests: Sequence[GuestView]
    others: Sequence[accounts.Staff]
    places: Sequence[tuple[str, str]]
    wording: str
    provision: str


def staff_of(session: Session, actor: Actor, case: Case) -> list[accounts.Staff]:
    """Contacts in all organisations in use: whom the family can be asked about.

    Where somebody has protected identity, also the coordinators who are not in the case already.
    """
    return _staff_at(session, case, organisations.list_in_use(session, actor.municipality_id))


def _staff_at(session: Session, case: Case, places: Sequence[Organisation]) -> list[accounts.Staff]:
    staff = accounts.list_staff(session, [one.id for one in places], now=clock.now(session))
    return [one for one in staff if one.role is Role.CONTACT or _is_deputy(case, one)]


def _is_deputy(case: Case, one: accounts.Staff) -> bool:
    is_coordinator = one.role is Role.COORDINATOR and one.organisation_id == case.coordination_id
    return case.is_protected and is_coordinator and one.user_id != case.coordinator_id


def table_of(session: Session, actor: Actor, case: Case) -> Table:
    """Open the names of those without an account, on the record, and gather the rest."""
    access = policy.access_to(actor, case, clock.now(session))
    reading = door.open(session, access, Purpose.PARTICIPANTS, kinds=(GUEST_RECORD,))
    everyone = organisations.list_organisations(session, actor.municipality_id)
    in_use = {one.id for one in everyone if one.ended_at is None}
    staff = _staff_at(session, case, everyone)
    named = {member.user_id for party in case.parties for member in party.members if member.ended_at is None}
    given = {party.organisation_id for party in case.parties if party.reservation is not None}
    is_lacking = bool(organisations.private_ids(session, actor.municipality_id) - given)
    return Table(
        names={one.id: one.name for one in everyone},
        named=[one for one in staff if one.user_id in named],
        guests=cases.guests_of(session, reading, [case]).get(case.id, []),
        others=[one for one in staff if one.user_id not in named and one.organisation_id in in_use],
        places=[(str(one.id), one.name) for one in everyone if one.id in in_use - {case.coordination_id}],
        wording=WORDING if is_lacking else "",
        provision=PROVISION,
    )
