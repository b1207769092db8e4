"""Fills an empty demo: the municipality, its cast and its cases, through the services alone."""

from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Who
from auth import accounts
from auth import queries as users
from auth.actor import Actor
from sspf.app.installation import Installation
from sspf.concerns.kinds import add_first_kinds
from sspf.db import clock
from sspf.demo.cast import CAST, MUNICIPALITY, MUNICIPALITY_CODE, PLACES, Member
from sspf.demo.newcomer import add_newcomer
from sspf.demo.settings import look_over
from sspf.demo.stories import tell
from sspf.demo.troupe import Troupe
from sspf.organisations import queries
from sspf.organisations import service as organisations
from sspf.organisations.models import Authority, Municipality, Organisation

DEMO = Who(system="demo")


class NotTheDemo(Exception):  # noqa: N818  # a state, in one sentence for whoever runs it
    """The database holds something else, and the demo does not touch it."""


def seed_if_empty(installation: Installation) -> bool:
    """Seed a database that holds nothing; whether it was done.

    Raises:
        NotTheDemo: it holds another municipality.
    """
    with installation.sessions.begin() as session:
        found = queries.the_municipality(session)
        if found is not None and found.code != MUNICIPALITY_CODE:
            raise NotTheDemo("This database belongs to a municipality. The demo needs one of its own: --data-dir")
        if found is not None:
            return False
        municipality = organisations.add_municipality(session, DEMO, code=MUNICIPALITY_CODE, name=MUNICIPALITY)
        session.flush()
        add_first_kinds(session, DEMO, municipality_id=municipality.id)
        places = _add_places(session, municipality)
        actors = {key: _add_member(session, municipality, places, member) for key, member in CAST.items()}
        look_over(session, actors["administrator"])
        add_newcomer(session, actors["administrator"], places)
    tell(Troupe(actors, places, installation.sessions))
    return True


def _add_places(session: Session, municipality: Municipality) -> dict[str, Organisation]:
    authorities: dict[str, Authority] = {}
    places: dict[str, Organisation] = {}
    for key, place in PLACES.items():
        if place.authority not in authorities:
            authorities[place.authority] = organisations.add_authority(
                session, DEMO, municipality_id=municipality.id, name=place.authority, legal_form=place.legal_form
            )
            session.flush()
        places[key] = organisations.add_organisation(
            session,
            DEMO,
            authority=authorities[place.authority],
            name=place.name,
            kind=place.kind,
            secrecy_rule=place.secrecy_rule,
        )
        session.flush()
    return places


def _add_member(session: Session, municipality: Municipality, places: dict[str, Organisation], member: Member) -> Actor:
    """An account without a password: the demo's own page signs them in."""
    user = accounts.add_user(session, DEMO, municipality_id=municipality.id, email=member.email, name=member.name)
    accounts.give_assignment(
        session, DEMO, user.id, organisation_id=places[member.place].id, role=member.role, now=clock.now(session)
    )
    accounts.confirm_user(session, DEMO, user.id)
    session.flush()
    return _actor_of(session, municipality.id, user.id)


def _actor_of(session: Session, municipality_id: UUID, user_id: UUID) -> Actor:
    user = users.get_user(session, user_id)
    (assignment,) = users.list_assignments(session, user_id)
    return Actor(
        user_id=user.id,
        name=user.name,
        assignment_id=assignment.id,
        organisation_id=assignment.organisation_id,
        role=assignment.role,
        municipality_id=municipality_id,
        # what the seeding does is done in no session of anybody's
        session_id=UUID(int=0),
    )
