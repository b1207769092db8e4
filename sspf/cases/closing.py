"""What is written when a case is closed, and opening it again. What ends with it is ``casefile``'s to do.

Never commits. The case's lock is held exclusively.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases import aliases, policy
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case, Closing, ClosingText, Part, Reason, State
from sspf.cases.queries import taken_aliases
from sspf.cases.recording import seal_for_coordination
from sspf.db import clock, new_id
from sspf.law.kinds import Kind

# The family's own words are for those whom they let hear them; what is left to do, for whoever goes on with it.
KIND_OF_PART = {Part.OUTCOME: Kind.FAMILY_VIEW, Part.HANDOVER: Kind.ACTIONS}


def write_closing(
    session: Session, actor: Actor, case: Case, *, reason: Reason, texts: Mapping[Part, str]
) -> dict[Part, UUID]:
    """Close the case for good reason; returns the envelopes of what was written, by part. Empty texts are none."""
    require(policy.can_close(actor, case))
    closing = Closing(
        id=new_id(),
        municipality_id=case.municipality_id,
        case_id=case.id,
        reason=reason,
        closed_at=clock.now(session),
        closed_by=actor.user_id,
    )
    session.add(closing)
    case.state = State.CLOSED
    session.flush()  # the texts point at it, and the version is checked here
    sealed = {part: _sealed(session, actor, case, closing, part, text) for part, text in texts.items() if text}
    record(session, actor.did(CaseEvent.CLOSED, Subject(case_id=case.id), because=reason.value))
    return sealed


def begin_anew(session: Session, actor: Actor, case: Case) -> None:
    """Take a closed case back to where the family is asked; under another alias, if its own is used by now."""
    require(policy.can_reopen(actor, case))
    taken = taken_aliases(session, case.municipality_id)
    if case.alias in taken:
        case.alias = aliases.pick(taken)
    case.state = State.CONSENT
    case.reopened_at = clock.now(session)
    session.flush()  # the version is checked here
    record(session, actor.did(CaseEvent.REOPENED, Subject(case_id=case.id)))


def _sealed(session: Session, actor: Actor, case: Case, closing: Closing, part: Part, text: str) -> UUID:
    row = ClosingText(municipality_id=case.municipality_id, closing_id=closing.id, part=part)
    return seal_for_coordination(session, actor, case, row, kind=KIND_OF_PART[part], fields={"text": text})
