"""What is left of what the family agreed to while a closed case is still shown, and that nothing is left afterwards.

Everyone who took part is told what became of it for a month at most, on the consents that held when the case was
closed: so a withdrawal bites on that too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.consents import queries
from sspf.consents.agreement import Agreed, Row
from sspf.consents.models import EndReason
from sspf.consents.queries import ConsentGround
from sspf.consents.settling import begin_waivers, end_waivers, settle_participations
from sspf.consents.sharing import lapsed
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.vault.ending import end_disclosures

SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Parting:
    """Whom coordination may tell what became of it: of the actions, and in the family's own words."""

    of_actions: Mapping[UUID, ConsentGround]
    of_family_view: Mapping[UUID, ConsentGround]


def parting_of(session: Session, case: Case, now: datetime) -> Parting:
    """Who may be told if the case is closed now, and until when."""
    of_actions = _shortened(session, case, Kind.ACTIONS, now)
    of_family_view = _shortened(session, case, Kind.FAMILY_VIEW, now)
    return Parting(of_actions, {one: ground for one, ground in of_family_view.items() if one in of_actions})


def part(session: Session, actor: Actor, case: Case) -> Parting:
    """End all that was agreed to but this, and let those who took part know the case for as long as this lasts."""
    now = clock.now(session)
    parting = parting_of(session, case, now)
    end_waivers(session, actor, queries.unended_waivers(session, case.id), reason="closed")
    begin_waivers(session, actor, case, _agreed(case, parting), now)
    settle_participations(session, actor, case, now)
    return parting


def forget(session: Session, actor: Actor, case: Case) -> None:
    """Let no consent of the case count any more, and nothing that ran out be renewed by somebody's next yes.

    What still holds has been ended by whoever calls.
    """
    consents = queries.list_consents(session, case)
    now = clock.now(session)
    for consent in consents:
        if consent.ended_at is None:
            consent.ended_at, consent.end_reason = now, EndReason.CLOSED
    run_out = [one.disclosure_id for one in lapsed(session, [consent.id for consent in consents])]
    end_disclosures(session, actor, run_out, reason="closed")


def _shortened(session: Session, case: Case, kind: Kind, now: datetime) -> dict[UUID, ConsentGround]:
    """Never longer than the consents, and never longer than a month."""
    found = queries.recipients_of(session, case, kind, case.youth_id)
    return {one: replace(ground, until=min(ground.until, now + SHOWN_FOR)) for one, ground in found.items()}


def _agreed(case: Case, parting: Parting) -> list[Agreed]:
    return [
        Agreed(Row(case.coordination_id, one, kind), case.youth_id, ground.until, frozenset(ground.consent_ids))
        for kind, grounds in ((Kind.ACTIONS, parting.of_actions), (Kind.FAMILY_VIEW, parting.of_family_view))
        for one, ground in grounds.items()
    ]
