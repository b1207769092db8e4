"""Which organisations the family is asked about and who there, and which of them may know the case. Never commits.

The case's lock is held exclusively, except while opening a case nobody knows of yet.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases import policy
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case, Participation, Party, PartyMember
from sspf.db import clock, new_id
from sspf.law.grounds import Ground


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
