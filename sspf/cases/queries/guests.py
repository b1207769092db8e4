"""Those who take part without an account. Who they are comes out of a reading alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sspf.cases.models import Case, Guest, Party
from sspf.errors import NotFound
from sspf.law.kinds import GUEST_RECORD
from sspf.vault.reading import Reading


@dataclass(frozen=True, slots=True)
class GuestView:
    """Somebody who takes part without an account, with the name that the reading opened."""

    id: UUID
    organisation_id: UUID
    name: str


def guests_of(session: Session, reading: Reading, cases: Iterable[Case]) -> dict[UUID, list[GuestView]]:
    """By case, everyone named there without an account whom the reading shows; nobody, for all but coordination."""
    shown = reading.envelope_ids(GUEST_RECORD)
    if not shown:
        return {}
    found: dict[UUID, list[GuestView]] = {}
    rows = session.execute(
        select(Party.case_id, Party.organisation_id, Guest)
        .join(Guest, Guest.party_id == Party.id)
        .where(Party.case_id.in_([case.id for case in cases]), Guest.ended_at.is_(None), Guest.envelope_id.in_(shown))
        .order_by(Guest.id)
    )
    for case_id, organisation_id, guest in rows:
        view = GuestView(guest.id, organisation_id, reading.reveal(guest, "name"))
        found.setdefault(case_id, []).append(view)
    return found


def guest_ids_in(session: Session, case_ids: Collection[UUID]) -> list[tuple[UUID, UUID, UUID]]:
    """Everyone named there without an account, as ids of guest, case and organisation: not who it is."""
    named = select(Guest.id, Party.case_id, Party.organisation_id).join(Party, Party.id == Guest.party_id)
    found = session.execute(named.where(Party.case_id.in_(case_ids), Guest.ended_at.is_(None)).order_by(Guest.id))
    return [(guest_id, case_id, organisation_id) for guest_id, case_id, organisation_id in found]


def guest_in(session: Session, case: Case, guest_id: UUID) -> tuple[Guest, UUID]:
    """Somebody named without an account in the case, with their organisation, or NotFound."""
    named = select(Guest, Party.organisation_id).join(Party, Party.id == Guest.party_id)
    found = session.execute(named.where(Guest.id == guest_id, Party.case_id == case.id)).one_or_none()
    if found is None:
        raise NotFound
    guest, organisation_id = found
    return guest, organisation_id
