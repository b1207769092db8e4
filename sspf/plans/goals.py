"""The goal of a case: require, change, record. Never commits; the case's lock is held exclusively."""

from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.errors import Conflict, ValidationFailed
from sspf.plans import policy, queries
from sspf.plans.events import GoalTag
from sspf.plans.models import Goal
from sspf.plans.saying import say
from sspf.texts import _

LONGEST = 200


def write_goal(session: Session, actor: Actor, case: Case, *, wording: str, replaces: UUID | None) -> Goal:
    """Write where the case is going, in place of the goal that the writer has read (None: there was none).

    Everyone the family wants at the table reads the new wording and no longer the old.

    Raises:
        Conflict: somebody has written another since.
        ValidationFailed: the wording cannot be kept.
    """
    require(policy.can_write_goal(actor, case))
    _check(wording)
    current = queries.current_goals(session, [case.id]).get(case.id)
    if (current.id if current else None) != replaces:
        raise Conflict
    goal = Goal(municipality_id=case.municipality_id, case_id=case.id, replaces_id=replaces)
    say(session, actor, case, goal, wording, replaces=current.envelope_id if current else None)
    record(session, actor.did(GoalTag.WRITTEN, Subject(case_id=case.id, ids={"goal": str(goal.id)})))
    return goal


def _check(wording: str) -> None:
    if not wording.strip():
        raise ValidationFailed(goal=_("Skriv vad den unge vill."))
    if len(wording) > LONGEST:
        raise ValidationFailed(goal=_("Skriv kortare: högst %(most)s tecken.", most=LONGEST))
