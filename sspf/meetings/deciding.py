"""What a meeting decides in a case, sealed and told to those who take part. Never commits.

The caller holds the case's lock exclusively: a decision is disclosed when it is written.
"""

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.cases.recording import seal_for_coordination
from sspf.consents.settling import share, youth_of
from sspf.db import clock
from sspf.errors import Conflict
from sspf.law.kinds import Kind
from sspf.meetings import policy, queries
from sspf.meetings.events import DecisionEvent
from sspf.meetings.models import Decision, Meeting
from sspf.vault.ending import end_disclosures_of
from sspf.vault.writing import About, AboutKind


def write_decision(session: Session, actor: Actor, meeting: Meeting, case: Case, *, statement: str) -> Decision:
    """Write a decision; everyone whom coordination may tell of the actions can read it from now on."""
    require(policy.can_work(actor, meeting))
    require(policy.can_take_up(case, clock.now(session)))
    decision = _written(session, actor, meeting, case, statement, replaces=None)
    record(session, actor.did(DecisionEvent.WRITTEN, _subject(decision)))
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
    record(session, actor.did(DecisionEvent.CORRECTED, _subject(corrected)))
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
    empty = _sealed(session, actor, meeting, case, "", replaces=decision)
    decision.removed_at = empty.removed_at = clock.now(session)
    end_disclosures_of(session, actor, decision.envelope_id, reason="removed")
    record(session, actor.did(DecisionEvent.REMOVED, _subject(decision)))


def _require_standing(session: Session, decision: Decision) -> None:
    if queries.newest_of(session, decision).id != decision.id:
        raise Conflict


def _written(
    session: Session, actor: Actor, meeting: Meeting, case: Case, statement: str, *, replaces: Decision | None
) -> Decision:
    """Sealed, and told to everyone whom coordination may tell of the actions."""
    decision = _sealed(session, actor, meeting, case, statement, replaces=replaces)
    share(session, actor, case, [decision.envelope_id], kind=Kind.ACTIONS)
    return decision


def _sealed(
    session: Session, actor: Actor, meeting: Meeting, case: Case, statement: str, *, replaces: Decision | None
) -> Decision:
    decision = Decision(
        municipality_id=case.municipality_id,
        case_id=case.id,
        meeting_id=meeting.id,
        replaces_id=replaces.id if replaces else None,
    )
    seal_for_coordination(
        session,
        actor,
        case,
        decision,
        kind=Kind.ACTIONS,
        about=About(AboutKind.YOUTH, youth_of(case)),
        fields={"statement": statement},
        replaces=replaces.envelope_id if replaces else None,
    )
    session.flush()
    return decision


def _subject(decision: Decision) -> Subject:
    ids = {"meeting": str(decision.meeting_id), "decision": str(decision.id)}
    if decision.replaces_id is not None:
        ids["replaces"] = str(decision.replaces_id)
    return Subject(case_id=decision.case_id, ids=ids)
