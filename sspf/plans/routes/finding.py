"""One action of one case for whoever asks: opened, and no more of the case than that."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.cases.policy import access_to
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.plans import queries
from sspf.plans.models import Action
from sspf.vault import door
from sspf.vault.reading import Reading


@dataclass(frozen=True, slots=True)
class Found:
    """An action that the actor is shown. The case's lock is held."""

    case: Case
    action: Action
    reading: Reading


def find(session: Session, actor: Actor, case_id: UUID, action_id: UUID, purpose: Purpose) -> Found:
    """The action as it is now; only what it says is opened.

    Raises:
        NotFound: the actor may not know of the case, or of the action.
    """
    case = cases.get_case(session, actor, case_id)
    reading = door.open(
        session,
        access_to(actor, case, clock.now(session)),
        purpose,
        kinds=(Kind.ACTIONS,),
        envelope_ids=queries.envelope_ids(session, case, action_id),
    )
    return Found(case, queries.get_action(session, reading, case, action_id), reading)


def find_whole(session: Session, actor: Actor, case_id: UUID, action_id: UUID, purpose: Purpose) -> Found:
    """The same with everything that is said of the action opened, as far as the actor may see it."""
    case = cases.get_case(session, actor, case_id)
    access = access_to(actor, case, clock.now(session))
    around = queries.envelopes_around(session, case, action_id)
    reading = door.open(session, access, purpose, envelope_ids=around)
    return Found(case, queries.get_action(session, reading, case, action_id), reading)
