"""Closing, opening again, and the family's no: the changes of a case that reach across the features. Never commits.

The case's lock is held exclusively.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.decisions import require
from sspf.cases import closing, policy
from sspf.cases.models import Case, Part, Reason, State
from sspf.cases.parties import end_participation
from sspf.cases.service import move
from sspf.cases.states import can_decline
from sspf.consents import parting, queries
from sspf.consents.disclosing import tell
from sspf.consents.settling import end_waivers
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.plans.queries.goals import current_goals
from sspf.plans.queries.views import envelopes_by_organisation
from sspf.texts import _
from sspf.vault.disclosed import live_disclosures
from sspf.vault.ending import end_disclosures


@dataclass(frozen=True, slots=True)
class Farewell:
    """What the coordinator says when closing. ``takes_over`` reads the hand-over, and nobody else does."""

    reason: Reason
    outcome: str = ""
    handover: str = ""
    takes_over: UUID | None = None

    def __repr__(self) -> str:
        return f"Farewell({self.reason})"


def close(session: Session, actor: Actor, case: Case, farewell: Farewell) -> None:
    """Close the case: all that was shared ends and every receiver's key is destroyed; each owner keeps its own record.

    For a month at most, and never past the consents, those who took part are shown what became of it: the
    goal and their own actions as they could read them until now, and the family's own words where the family
    lets them hear those.

    Raises:
        ValidationFailed: who takes over does not take part.
    """
    require(policy.can_close(actor, case))
    check_farewell(farewell, parting.parting_of(session, case, clock.now(session)))
    readable = _readable(session, case)
    left = parting.part(session, actor, case)
    _end_disclosures(session, actor, case, reason="closed")
    written = closing.write_closing(
        session,
        actor,
        case,
        reason=farewell.reason,
        texts={Part.OUTCOME: farewell.outcome, Part.HANDOVER: farewell.handover},
    )
    own, goal = envelopes_by_organisation(session, case), current_goals(session, [case.id]).get(case.id)
    for organisation_id, ground in left.of_actions.items():
        told = own.get(organisation_id, set()) | ({goal.envelope_id} if goal else set())
        told &= readable[organisation_id]
        if organisation_id == farewell.takes_over and Part.HANDOVER in written:
            told |= {written[Part.HANDOVER]}
        tell(session, actor, told, to=organisation_id, ground=ground)
    if Part.OUTCOME in written:
        for organisation_id, ground in left.of_family_view.items():
            tell(session, actor, {written[Part.OUTCOME]}, to=organisation_id, ground=ground)


def reopen(session: Session, actor: Actor, case: Case) -> None:
    """Open a closed case again: for coordination alone, and for others by a new consent and nothing else."""
    require(policy.can_reopen(actor, case))
    _share_no_more(session, actor, case, reason="closed")
    parting.forget(session, actor, case)
    closing.begin_anew(session, actor, case)


def decline(session: Session, actor: Actor, case: Case) -> None:
    """The family said no: the case leaves the path, and what some of them had said yes to ends with it."""
    require(policy.can_change_state(actor, case))
    require(can_decline(case.state))
    _share_no_more(session, actor, case, reason="declined")
    move(session, actor, case, State.DECLINED)


def check_farewell(farewell: Farewell, left: parting.Parting) -> None:
    """Refuse a hand-over to nobody, to somebody who does not take part, or without a word.

    Raises:
        ValidationFailed: with the sentence beside its field.
    """
    if farewell.handover and farewell.takes_over is None and left.of_actions:
        raise ValidationFailed(takes_over=_("Välj vem överlämningen är till, eller lämna den tom."))
    if farewell.takes_over is not None and farewell.takes_over not in left.of_actions:
        raise ValidationFailed(takes_over=_("Välj någon som är med i ärendet nu."))
    if farewell.takes_over is not None and not farewell.handover:
        raise ValidationFailed(handover=_("Skriv vad den som tar över behöver veta."))


def _readable(session: Session, case: Case) -> defaultdict[UUID, set[UUID]]:
    """What each organisation can read now: closing lets nobody read an old text that they could not."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one in live_disclosures(session, units={("case", case.id)}):
        found[one.organisation_id].add(one.envelope_id)
    return found


def _share_no_more(session: Session, actor: Actor, case: Case, *, reason: str) -> None:
    """Nobody but coordination sees the case from the next request on."""
    end_waivers(session, actor, queries.unended_waivers(session, case.id), reason=reason)
    _end_disclosures(session, actor, case, reason=reason)
    now = clock.now(session)
    for spell in case.participations:
        if spell.is_live(now):
            end_participation(session, actor, spell)


def _end_disclosures(session: Session, actor: Actor, case: Case, *, reason: str) -> None:
    """End all that somebody else can read, on whatever ground, and destroy their keys."""
    units = {("case", case.id), *(("person", person.person_id) for person in case.people)}
    left = [one.id for one in live_disclosures(session, units=units)]
    end_disclosures(session, actor, left, reason=reason)
