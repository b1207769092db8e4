"""What a closed case shows: to coordination how it ended and how long it is kept, to others what became of it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.casefile import labels
from sspf.cases import policy
from sspf.cases.models import Case, State
from sspf.cases.queries import ClosingView, closing_of
from sspf.consents import policy as consent_policy
from sspf.consents.lasting import last_day
from sspf.db import clock
from sspf.db.clock import day_of
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.law.retention import Retention, retention_of
from sspf.organisations import queries as organisations
from sspf.organisations.municipalities import place_of
from sspf.people import queries as people
from sspf.plans.queries.goals import goal_of
from sspf.plans.queries.views import actions_since
from sspf.vault import door
from sspf.vault.reading import Reading

SHOWN = (Kind.ACTIONS, Kind.FAMILY_VIEW)


def closing_context(session: Session, reading: Reading, case: Case) -> dict[str, object]:
    """For coordination's page of a case that is closed; nothing while it is open."""
    closing = closing_of(session, reading, case) if case.state is State.CLOSED else None
    if closing is None:
        return {}
    now = clock.now(session)
    shown_until = max((spell.valid_until for spell in case.participations if spell.is_live(now)), default=None)
    return {
        "closing": closing,
        "retention": _retention(session, reading, case, closing),
        "shown_until": last_day(shown_until) if shown_until else None,
    }


def gather_closed(session: Session, actor: Actor, case: Case, now: datetime) -> dict[str, Any]:
    """For those who took part: what of the closing, and of their own, is open to them a while longer."""
    reading = door.open(session, policy.access_to(actor, case, now), Purpose.CASE, kinds=SHOWN)
    own = [spell for spell in case.participations if spell.organisation_id == actor.organisation_id]
    actions = actions_since(session, reading, case, datetime.min.replace(tzinfo=UTC))
    return {
        "case": case,
        "labels": labels,
        "closing": closing_of(session, reading, case),
        "goal": goal_of(session, reading, [case]).get(case.id),
        "actions": [one for one in actions if one.organisation_id == actor.organisation_id],
        "until": last_day(max(spell.valid_until for spell in own if spell.is_live(now))),
        "may_receive_withdrawal": consent_policy.can_receive_withdrawal(actor, case),
    }


def _retention(session: Session, reading: Reading, case: Case, closing: ClosingView) -> Retention:
    """Nothing is written after the closing, so its day is the last note's."""
    born_on = people.born_on(reading, people.parts_of(session, reading, [case.youth_id]).get(case.youth_id))
    settings = session.info.get("settings")
    return retention_of(
        day_of(closing.closed_at),
        born_on,
        place_of(organisations.directory(session, case.municipality_id).code),
        child_files_to_age_30=settings is not None and settings.child_files_to_age_30,
    )
