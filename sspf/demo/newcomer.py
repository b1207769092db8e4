"""A new colleague at Ungdomens hus, whose account waits for somebody who knows them to say so."""

import secrets

from sqlalchemy.orm import Session

from auth import accounts, clock, enrolment
from auth.actor import Actor
from auth.enrolment import Enrolment
from auth.permissions import Role
from auth.totp import code_at
from sspf.organisations.models import Organisation
from sspf.signin.means import seed_sealer

NAME, EMAIL = "Olle Strandmark", "olle@exempel.invalid"


def add_newcomer(session: Session, administrator: Actor, places: dict[str, Organisation]) -> None:
    """Made by the administrator; a password, which nobody learns, and a code have been chosen."""
    user = accounts.add_user(
        session, administrator, municipality_id=administrator.municipality_id, email=EMAIL, name=NAME
    )
    accounts.give_assignment(session, administrator, user.id, organisation_id=places["leisure"].id, role=Role.CONTACT)
    token = accounts.one_time_link(session, administrator, user.id)
    session.flush()
    sealer = seed_sealer(session)
    begun = enrolment.begin_enrolment(session, token, secrets.token_urlsafe(), sealer=sealer)
    if not isinstance(begun, Enrolment):
        raise TypeError(begun)
    enrolment.finish_enrolment(session, token, code_at(begun.secret, clock.now(session)), sealer=sealer)
