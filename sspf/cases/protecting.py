"""Protected identity: marking that somebody has it, and what that closes at once. Never commits.

The case's lock is held exclusively: who may see what changes here.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases import policy
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case
from sspf.cases.parties import add_party
from sspf.errors import NotFound
from sspf.law.kinds import TELLS_WHO
from sspf.people import service as people
from sspf.people.models import Protection
from sspf.people.queries import people_by_id
from sspf.vault.disclosed import live_disclosures
from sspf.vault.ending import end_disclosures


def protect(session: Session, actor: Actor, case: Case, *, person_id: UUID, level: Protection) -> None:
    """Mark that one of the family has protected identity; from the next request on only the named see the case.

    Whoever marks it goes on working with it, and is named for that if somebody else coordinates the case.

    Raises:
        NotFound: the person is not of the case's family.
        ValidationFailed: the level is not above the one that is known.
    """
    require(policy.can_protect(actor))
    if person_id not in {person.person_id for person in case.people}:
        raise NotFound
    people.protect(session, actor, people_by_id(session, [person_id])[person_id], level=level)
    if case.is_protected:
        return
    case.is_protected = True
    if actor.user_id != case.coordinator_id and not policy.is_named(actor, case):
        add_party(session, actor, case, organisation_id=case.coordination_id, user_ids=[actor.user_id])
    _tell_nobody_who(session, actor, case)
    session.flush()  # the version is checked here
    record(session, actor.did(CaseEvent.PROTECTED, Subject(case_id=case.id)))


def _tell_nobody_who(session: Session, actor: Actor, case: Case) -> None:
    """End what says who or where somebody in the case is, also about those who are not marked themselves."""
    units = {("case", case.id), *(("person", person.person_id) for person in case.people)}
    told = [one.id for one in live_disclosures(session, units=units) if one.kind in TELLS_WHO]
    end_disclosures(session, actor, told, reason="protected")
