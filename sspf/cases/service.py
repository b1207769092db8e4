"""Everything that changes a case itself: require, change, record. Never commits.

Callers hold the case's lock exclusively, except while opening a case nobody knows of yet.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases import aliases, policy, queries
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case, CaseCounter, CasePerson, CaseRole, CaseStatement, State, StatementKind
from sspf.cases.recording import seal_for_coordination
from sspf.cases.states import Readiness, can_step
from sspf.db import clock, new_id
from sspf.db.numbering import next_number
from sspf.law.kinds import Kind
from sspf.organisations.models import Organisation
from sspf.people.models import Protection
from sspf.people.service import Described, describe, new_person
from sspf.vault.writing import About, AboutKind


def open_case(
    session: Session,
    actor: Actor,
    *,
    coordination: Organisation,
    youth: Described,
    guardians: Sequence[Described],
    concern_id: UUID | None = None,
) -> Case:
    """Open a case about a youth, with their guardians. Nothing is shared with anyone by this.

    ``concern_id`` is the contact that it came from; the case has envelopes of its own.
    """
    require(policy.can_open_case(actor, coordination))
    now = clock.now(session)
    case = Case(
        id=new_id(),
        municipality_id=actor.municipality_id,
        reference=_next_reference(session, actor.municipality_id, now),
        alias=aliases.pick(queries.taken_aliases(session, actor.municipality_id)),
        coordination_id=coordination.id,
        authority_id=coordination.authority_id,
        coordinator_id=actor.user_id,
        opened_at=now,
        concern_id=concern_id,
        is_protected=any(one.protection is not Protection.NONE for one in (youth, *guardians)),
    )
    session.add(case)
    session.flush()  # people point at it
    for position, described in enumerate([youth, *guardians]):
        _add_person(session, actor, case, described, position=position)
    record(session, actor.did(CaseEvent.OPENED, Subject(case_id=case.id, ids={"reference": case.reference})))
    if case.is_protected:
        record(session, actor.did(CaseEvent.PROTECTED, Subject(case_id=case.id)))
    return case


def _add_person(session: Session, actor: Actor, case: Case, described: Described, *, position: int) -> None:
    """One of the family, in this place: the youth in the first."""
    role, kind = (CaseRole.GUARDIAN, AboutKind.GUARDIAN) if position else (CaseRole.YOUTH, AboutKind.YOUTH)
    person = new_person(session, actor, protection=described.protection)
    session.add(
        CasePerson(
            municipality_id=case.municipality_id, case_id=case.id, person_id=person.id, role=role, position=position
        )
    )
    describe(session, actor, person, about=About(kind, person.id), described=described)


def _next_reference(session: Session, municipality_id: UUID, now: datetime) -> str:
    year = clock.day_of(now).year
    return f"SSPF-{year}-{next_number(session, CaseCounter, municipality_id=municipality_id, year=year):04}"


def change_state(session: Session, actor: Actor, case: Case, *, to: State, readiness: Readiness) -> None:
    """Take the case one step along its path. What ends what is shared as well is ``casefile``'s to do."""
    require(policy.can_change_state(actor, case))
    require(can_step(case.state, to, readiness))
    move(session, actor, case, to)


def mark_withdrawn(session: Session, actor: Actor, case: Case) -> None:
    """The family has taken everything back: from here the case can only be closed. Whoever received it acts."""
    if case.state not in {State.CLOSED, State.WITHDRAWN}:
        move(session, actor, case, State.WITHDRAWN)


def move(session: Session, actor: Actor, case: Case, to: State) -> None:
    """Put the case in another state, and on record where it came from. Whether it may go there is asked before."""
    came_from, case.state = case.state, to
    session.flush()  # the version is checked here: whoever came second is told so
    facts = {"from": came_from.value, "to": to.value}
    record(session, actor.did(CaseEvent.STATE_CHANGED, Subject(case_id=case.id), **facts))


def record_shown(session: Session, actor: Actor, case: Case) -> None:
    """Put on record that a page named the case, when the door was not asked and does not say it."""
    record(session, actor.did(CaseEvent.SHOWN, Subject(case_id=case.id)))


def write_statement(
    session: Session, actor: Actor, case: Case, *, kind: StatementKind, statement: str
) -> CaseStatement:
    """Write what the youth says, or why this is good for the child; an earlier wording stays on record."""
    require(policy.can_write_statement(actor, case))
    row = CaseStatement(municipality_id=case.municipality_id, case_id=case.id, kind=kind)
    seal_for_coordination(session, actor, case, row, kind=Kind.FAMILY_VIEW, fields={"statement": statement})
    record(session, actor.did(CaseEvent.STATEMENT_WRITTEN, Subject(case_id=case.id), kind=kind.value))
    return row
