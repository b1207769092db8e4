"""Goes on with what was shared when consents are renewed: nothing is typed in again, nothing taken back returns.

The owner decided once, on the ground of the family's yes; when the family says yes
again, the same envelopes go to the same organisations on the new ground. The
coordinator has seen on the check page what that is.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.consents import queries, sharing
from sspf.consents.agreement import Row
from sspf.consents.disclosing import tell
from sspf.consents.sharing import Shared
from sspf.law.kinds import TAKING_PART
from sspf.vault.actors import SystemActor
from sspf.vault.ending import end_disclosures
from sspf.vault.errors import NotTheOwner


def run_out(session: Session, case: Case) -> list[Shared]:
    """What was shared in the case until the consents' time ran out."""
    consent_ids = [consent.id for consent in queries.list_consents(session, case)]
    return without_taking_part(case, sharing.lapsed(session, consent_ids))


def without_taking_part(case: Case, shared: Iterable[Shared]) -> list[Shared]:
    """Less what follows from taking part by itself: coordination's newest, not what was newest then."""
    return [one for one in shared if one.owner_id != case.coordination_id or one.row.kind not in TAKING_PART]


def give_up(session: Session, actor: Actor, case: Case, person_id: UUID, *, but: Collection[Row], reason: str) -> None:
    """End for good what had run out and ``person_id`` no longer says yes to: a later yes does not bring it back."""
    theirs = [consent.id for consent in queries.list_consents(session, case) if consent.person_id == person_id]
    given_up = [one.disclosure_id for one in sharing.lapsed(session, theirs) if one.row not in but]
    if given_up:
        end_disclosures(session, actor, given_up, reason=reason)


def renew(session: Session, actor: Actor, case: Case, shared: Sequence[Shared]) -> None:
    """Disclose again, in its owner's name, what the family now agrees to; the rest stays closed."""
    grounds = queries.grounds_in(session, case)
    batches: dict[tuple[UUID, tuple[Row, UUID]], set[UUID]] = {}
    for one in without_taking_part(case, shared):
        if one.key in grounds:
            batches.setdefault((one.owner_id, one.key), set()).add(one.envelope_id)
    for (owner_id, key), envelope_ids in sorted(batches.items(), key=str):
        owner = SystemActor("renewed_by_consent", owner_id, case.municipality_id, by=actor.who)
        # an owner that has erased its own since has nothing left to tell
        with suppress(NotTheOwner):
            tell(session, owner, envelope_ids, to=key[0].recipient_id, ground=grounds[key])
