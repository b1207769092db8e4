"""What a meeting decides in a case, sealed and told to those who take part. Never commits.

The caller holds the case's lock exclusively: a decision is disclosed when it is written.
"""

from sqlalchemy.orm import Session

from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.consents.settling import share
from sspf.db import clock
from sspf.errors import Conflict
from sspf.law.kinds import Kind
from sspf.meetings import policy, queries
from sspf.meetings.events import DecisionEvent
from sspf.meetings.models import Decision, Meeting
from sspf.meetings.wording import subject_of_wording, write_down
from sspf.vault.ending import end_disclosures_of


def write_decision(session: Session, actor: Actor, meeting: Meeting, case: Case, *, statement: str) -> Decision:
    """Write a decision; everyone whom coordination may tell of the actions can read it from now on."""
    require(policy.can_work(actor, meeting))
    require(policy.can_take_up(case, clock.now(session)))
    decision = _written(session, actor, meeting, case, statement, replaces=None)
    record(session, actor.did(DecisionEvent.WRITTEN, subject_of_wording(decision)))
    return decision


def correct_decision(
    session: Session, actor: Actor, meeting: Meeting, case: Case, decision: Decision, *, statement: str
) -> Decision:
    """Write a decision anew in place of ``decision``, which nobody but coordination can read any more.

    Raises:
        Conflict: it does not stand any more; the newest wording is ``queries.newest_of``.
    """
    require(policy.can_correct(actor, meeting, case))
    _require_standing(session, decision)
    corrected = _written(session, actor, meeting, case, statement, replaces=decision)
    end_disclosures_of(session, actor, decision.envelope_id, reason="corrected")
    record(session, actor.did(DecisionEvent.CORRECTED, subject_of_wording(corrected)))
    return corrected


def remove_decision(session: Session, actor: Actor, meeting: Meeting, case: Case, decision: Decision) -> None:
    """Take away a decision that should not have been written; pressing twice changes nothing more.

    An empty one takes its place: whoever comes to the table later is told what stands, and this must not.

    Raises:
        Conflict: somebody has corrected it since.
    """
    require(policy.can_correct(actor, meeting, case))
    if decision.removed_at is not None:
        return
    _require_standing(session, decision)
    empty = write_down(session, actor, meeting, case, Decision, "", kind=Kind.ACTIONS, replaces=decision)
    decision.removed_at = empty.removed_at = clock.now(session)
    end_disclosures_of(session, actor, decision.envelope_id, reason="removed")
    record(session, actor.did(DecisionEvent.REMOVED, subject_of_wording(decision)))


def _require_standing(session: Session, decision: Decision) -> None:
    if queries.newest_of(session, decision).id != decision.id:
        raise Conflict


def _written(
    session: Session, actor: Actor, meeting: Meeting, case: Case, statement: str, *, replaces: Decision | None
) -> Decision:
    """Sealed, and told to everyone whom coordination may tell of the actions."""
    decision = write_down(session, actor, meeting, case, Decision, statement, kind=Kind.ACTIONS, replaces=replaces)
    share(session, actor, case, [decision.envelope_id], kind=Kind.ACTIONS)
    return decision
