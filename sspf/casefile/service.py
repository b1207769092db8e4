"""Closing, and the family's no: the changes of a case that reach across the features."""

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases import policy
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case, State
from sspf.cases.service import change_state, end_participation
from sspf.cases.states import Readiness
from sspf.consents import queries as consents
from sspf.consents.settling import end_waivers
from sspf.db import clock
from sspf.vault.ending import end_disclosures, live_disclosures


def close(session: Session, actor: Actor, case: Case) -> None:
    """Close the case: every disclosure ends and every receiver's key is destroyed; each owner keeps its own record."""
    require(policy.can_close(actor, case))
    _share_no_more(session, actor, case, reason="closed")
    case.state = State.CLOSED
    session.flush()  # the version is checked here
    record(session, actor.did(CaseEvent.CLOSED, Subject(case_id=case.id)))


def decline(session: Session, actor: Actor, case: Case, *, readiness: Readiness) -> None:
    """The family said no: the case leaves the path, and what some of them had said yes to ends with it."""
    change_state(session, actor, case, to=State.DECLINED, readiness=readiness)
    _share_no_more(session, actor, case, reason="declined")


def _share_no_more(session: Session, actor: Actor, case: Case, *, reason: str) -> None:
    """Nobody but coordination sees the case from the next request on."""
    end_waivers(session, actor, consents.unended_waivers(session, case.id), reason=reason)
    units = {("case", case.id), *(("person", person.person_id) for person in case.people)}
    left = [one.id for one in live_disclosures(session, units=units)]
    if left:
        end_disclosures(session, actor, left, reason=reason)
    now = clock.now(session)
    for spell in case.participations:
        if spell.is_live(now):
            end_participation(session, actor, spell)
