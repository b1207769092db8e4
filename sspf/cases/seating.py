"""Who takes part without an account, and the förbehåll that a private body is given. Never commits.

The case's lock is held exclusively.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases import policy, queries
from sspf.cases.events import CaseEvent
from sspf.cases.models import Case, Guest, Party, Reservation
from sspf.cases.parties import add_party
from sspf.cases.recording import seal_for_coordination
from sspf.db import clock, new_id
from sspf.errors import NotFound, ValidationFailed
from sspf.law.kinds import GUEST_RECORD
from sspf.law.reservation import WORDING
from sspf.organisations import queries as organisations
from sspf.texts import _
from sspf.vault.writing import About, AboutKind

RESERVE_FIRST = _("En förening eller annan enskild ska få förbehållet innan den får veta något. Kryssa i rutan.")


def add_guest(
    session: Session, actor: Actor, case: Case, *, organisation_id: UUID, name: str, reserved: bool = False
) -> Guest:
    """Name somebody who takes part for an organisation and cannot sign in. The family is asked about it as usual.

    Raises:
        NotFound: there is no such organisation in use, or it is coordination itself.
        ValidationFailed: it is a private body and has not been given a förbehåll.
    """
    require(policy.can_change_participants(actor, case))
    if organisation_id == case.coordination_id:
        raise NotFound
    if organisations.get_organisation(session, case.municipality_id, organisation_id).ended_at is not None:
        raise NotFound
    party = seat(session, actor, case, organisation_id=organisation_id, user_ids=(), reserved=reserved)
    session.flush()  # the guest points at it, and it may be new
    guest = Guest(municipality_id=case.municipality_id, party_id=party.id)
    about = About(AboutKind.OTHER)
    seal_for_coordination(session, actor, case, guest, kind=GUEST_RECORD, about=about, fields={"name": name})
    subject = Subject(case_id=case.id, ids={"guest": str(guest.id)})
    record(session, actor.did(CaseEvent.GUEST_ADDED, subject, organisation=str(organisation_id)))
    return guest


def remove_guest(session: Session, actor: Actor, case: Case, *, guest_id: UUID) -> None:
    """They do not take part any more; that they did stays on record. Pressing twice changes nothing more.

    Raises:
        NotFound: nobody such has been named in the case.
    """
    require(policy.can_change_participants(actor, case))
    guest, organisation_id = queries.guest_in(session, case, guest_id)
    if guest.ended_at is not None:
        return
    guest.ended_at = clock.now(session)
    subject = Subject(case_id=case.id, ids={"guest": str(guest.id)})
    record(session, actor.did(CaseEvent.GUEST_REMOVED, subject, organisation=str(organisation_id)))


def seat(
    session: Session, actor: Actor, case: Case, *, organisation_id: UUID, user_ids: Sequence[UUID], reserved: bool
) -> Party:
    """``add_party``, and for a private body the förbehåll that it is given first.

    Raises:
        ValidationFailed: it is a private body and none has been made.
    """
    require(policy.can_change_participants(actor, case))
    is_lacking = bool(lacking_reservation(session, case, {organisation_id}))
    if is_lacking and not reserved:
        raise ValidationFailed(reserved=RESERVE_FIRST)
    party = add_party(session, actor, case, organisation_id=organisation_id, user_ids=user_ids)
    if is_lacking:
        session.flush()  # the reservation points at it
        _reserve(session, actor, case, party)
    return party


def lacking_reservation(session: Session, case: Case, organisation_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the organisations that are private and have been given no förbehåll in the case."""
    given = {party.organisation_id for party in case.parties if party.reservation is not None}
    return (organisations.private_ids(session, case.municipality_id) & frozenset(organisation_ids)) - given


def _reserve(session: Session, actor: Actor, case: Case, party: Party) -> None:
    party.reservation = Reservation(
        id=new_id(),
        municipality_id=case.municipality_id,
        party_id=party.id,
        wording=WORDING,
        made_at=clock.now(session),
        made_by=actor.user_id,
    )
    subject = Subject(case_id=case.id)
    record(session, actor.did(CaseEvent.RESERVATION_MADE, subject, organisation=str(party.organisation_id)))
