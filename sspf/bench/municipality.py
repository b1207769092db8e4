"""An invented municipality to measure in: its organisations, and the two who write in it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Who
from auth import accounts
from auth import sessions as auth_sessions
from auth.actor import Actor
from auth.permissions import Role
from sspf.organisations import service as organisations
from sspf.organisations.models import Municipality, Organisation, OrganisationKind

BENCH = Who(system="bench")

PLACES = {
    "coordination": ("SSPF-samordningen", OrganisationKind.COORDINATION, "OSL 26 kap. 1 §"),
    "social": ("Socialtjänsten", OrganisationKind.SOCIAL_SERVICES, "OSL 26 kap. 1 §"),
    "school": ("Elevhälsan", OrganisationKind.SCHOOL, "OSL 23 kap. 2 §"),
    "police": ("Lokalpolisområdet", OrganisationKind.POLICE, "OSL 35 kap. 1 §"),
    "leisure": ("Ungdomens hus", OrganisationKind.LEISURE, None),
}


@dataclass(frozen=True, slots=True)
class Town:
    """``people`` holds one at each place, by the place's name; ``token`` signs the coordinator in."""

    municipality: Municipality
    places: dict[str, Organisation]
    people: dict[str, Actor]
    token: str

    @property
    def coordinator(self) -> Actor:
        return self.people["coordination"]


def found(session: Session) -> Town:
    """Make it, through the services as the demo and the command line do."""
    municipality = organisations.add_municipality(session, BENCH, code="0000", name="Mätköpings kommun")
    session.flush()
    places = {name: _place(session, municipality.id, name) for name in PLACES}
    signed_in = {name: _somebody(session, municipality.id, places[name], name) for name in PLACES}
    people = {name: actor for name, (actor, _) in signed_in.items()}
    return Town(municipality, places, people, token=signed_in["coordination"][1])


def _place(session: Session, municipality_id: UUID, name: str) -> Organisation:
    called, kind, rule = PLACES[name]
    authority = organisations.add_authority(session, BENCH, municipality_id=municipality_id, name=f"Nämnden {name}")
    session.flush()
    place = organisations.add_organisation(
        session, BENCH, authority=authority, name=called, kind=kind, secrecy_rule=rule
    )
    session.flush()
    return place


def _somebody(session: Session, municipality_id: UUID, place: Organisation, name: str) -> tuple[Actor, str]:
    role = Role.COORDINATOR if place.kind is OrganisationKind.COORDINATION else Role.CONTACT
    user = accounts.add_user(
        session, BENCH, municipality_id=municipality_id, email=f"{name}@bench.invalid", name=f"Någon {name.title()}"
    )
    assignment = accounts.give_assignment(session, BENCH, user.id, organisation_id=place.id, role=role)
    accounts.confirm_user(session, BENCH, user.id)
    session.flush()
    started = auth_sessions.start(session, user.id, assignment.id)
    actor = Actor(
        user_id=user.id,
        name=user.name,
        assignment_id=assignment.id,
        organisation_id=place.id,
        role=role,
        municipality_id=municipality_id,
        session_id=started.session_id,
    )
    return actor, started.token
