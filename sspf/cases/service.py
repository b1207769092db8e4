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
from sspf.cases.models import (
    Case,
    CaseCounter,
    CasePerson,
    CaseRole,
    CaseStatement,
    Participation,
    Party,
    PartyMember,
    State,
    StatementKind,
)
from sspf.cases.recording import seal_for_coordination
from sspf.cases.states import Readiness, can_step
from sspf.db import clock, new_id
from sspf.db.numbering import next_number
from sspf.law.grounds import Ground
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
    is_demo: bool = False,
) -> Case:
    """Open a case about a youth, with their guardians. Nothing is shared with anyone by this.

    ``concern_id`` is the contact that it came from; the case has envelopes of its own.
    """
    require(policy.can_open_case(actor, coordination, is_demo=is_demo))
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
        role = CaseRole.GUARDIAN if position else CaseRole.YOUTH
        person = new_person(session, actor, protection=described.protection)
        session.add(
            CasePerson(
                municipality_id=actor.municipality_id,
                case_id=case.id,
                person_id=person.id,
                role=role,
                position=position,
            )
        )
        kind = AboutKind.YOUTH if role is CaseRole.YOUTH else AboutKind.GUARDIAN
        describe(session, actor, person, about=About(kind, person.id), described=described)
    record(session, actor.did(CaseEvent.OPENED, Subject(case_id=case.id, ids={"reference": case.reference})))
    if case.is_protected:
        record(session, actor.did(CaseEvent.PROTECTED, Subject(case_id=case.id)))
    return case


def _next_reference(session: Session, municipality_id: UUID, now: datetime) -> str:
    year = now.astimezone(clock.SWEDEN).year
    return f"SSPF-{year}-{next_number(session, CaseCounter, municipality_id=municipality_id, year=year):04}"


def change_state(session: Session, actor: Actor, case: Case, *, to: State, readiness: Readiness) -> None:
    """Take the case one step along its path. What ends what is shared as well is ``casefile``'s to do."""
    require(policy.can_change_state(actor, case))
    require(can_step(case.state, to, readiness))
    came_from, case.state = case.state, to
    session.flush()  # the version is checked here: whoever came second is told so
    record(
        session,
        actor.did(CaseEvent.STATE_CHANGED, Subject(case_id=case.id), **{"from": came_from.value, "to": to.value}),
    )


def mark_withdrawn(session: Session, actor: Actor, case: Case) -> None:
    """The family has taken everything back: from here the case can only be closed. Whoever received it acts."""
    if case.state in {State.CLOSED, State.WITHDRAWN}:
        return
    came_from, case.state = case.state, State.WITHDRAWN
    record(
        session,
        actor.did(
            CaseEvent.STATE_CHANGED, Subject(case_id=case.id), **{"from": came_from.value, "to": case.state.value}
        ),
    )


def record_shown(session: Session, actor: Actor, case: Case) -> None:
    """Put on record that a page named the case, when the door was not asked and does not say it."""
    record(session, actor.did(CaseEvent.SHOWN, Subject(case_id=case.id)))


def add_party(session: Session, actor: Actor, case: Case, *, organisation_id: UUID, user_ids: Sequence[UUID]) -> Party:
    """Name an organisation, and who there, that the family is asked about. It may know nothing yet."""
    require(policy.can_change_participants(actor, case))
    party = next((party for party in case.parties if party.organisation_id == organisation_id), None)
    if party is None:
        party = Party(
            id=new_id(), municipality_id=case.municipality_id, case_id=case.id, organisation_id=organisation_id
        )
        party.members, party.reservation = [], None
        session.add(party)
        case.parties.append(party)
        record(
            session,
            actor.did(CaseEvent.PARTY_ADDED, Subject(case_id=case.id), organisation=str(organisation_id)),
        )
    for user_id in user_ids:
        _name_member(session, actor, case, party, user_id)
    return party


def _name_member(session: Session, actor: Actor, case: Case, party: Party, user_id: UUID) -> None:
    member = next((member for member in party.members if member.user_id == user_id), None)
    if member is not None and member.ended_at is None:
        return
    if member is None:
        member = PartyMember(municipality_id=case.municipality_id, party_id=party.id, user_id=user_id)
        party.members.append(member)
        session.add(member)
    member.ended_at = None
    record(session, actor.did(CaseEvent.MEMBER_ADDED, Subject(case_id=case.id), user=str(user_id)))


def remove_member(session: Session, actor: Actor, case: Case, *, user_id: UUID) -> None:
    """Take a user off the case; it is gone for them from the next request on."""
    require(policy.can_change_participants(actor, case))
    for party in case.parties:
        for member in party.members:
            if member.user_id == user_id and member.ended_at is None:
                member.ended_at = clock.now(session)
                record(session, actor.did(CaseEvent.MEMBER_REMOVED, Subject(case_id=case.id), user=str(user_id)))


def begin_participation(
    session: Session, actor: Actor, case: Case, *, organisation_id: UUID, until: datetime
) -> Participation:
    """Let an organisation know the case until ``until``; consents decide when."""
    spell = Participation(
        id=new_id(),
        municipality_id=case.municipality_id,
        case_id=case.id,
        organisation_id=organisation_id,
        ground=Ground.CONSENT,
        valid_from=clock.now(session),
        valid_until=until,
    )
    session.add(spell)
    case.participations.append(spell)
    record(
        session,
        actor.did(
            CaseEvent.PARTICIPATION_BEGAN,
            Subject(case_id=case.id),
            organisation=str(organisation_id),
            until=until.isoformat(),
        ),
    )
    return spell


def end_participation(session: Session, actor: Actor, spell: Participation) -> None:
    """The case is no longer there for the organisation, from the next request on."""
    spell.ended_at = clock.now(session)
    record(
        session,
        actor.did(
            CaseEvent.PARTICIPATION_ENDED,
            Subject(case_id=spell.case_id),
            organisation=str(spell.organisation_id),
        ),
    )


def write_statement(
    session: Session, actor: Actor, case: Case, *, kind: StatementKind, statement: str
) -> CaseStatement:
    """Write what the youth says, or why this is good for the child; an earlier wording stays on record."""
    require(policy.can_write_statement(actor, case))
    row = CaseStatement(municipality_id=case.municipality_id, case_id=case.id, kind=kind)
    seal_for_coordination(session, actor, case, row, kind=Kind.FAMILY_VIEW, fields={"statement": statement})
    record(session, actor.did(CaseEvent.STATEMENT_WRITTEN, Subject(case_id=case.id), kind=kind.value))
    return row
