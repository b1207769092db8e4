"""Everything a case page is made of, read once, whichever route shows it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from audit import queries as trail
from auth import queries as accounts
from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.cases.models import Case, StatementKind
from sspf.casefile import labels
from sspf.casefile.steps import steps_of
from sspf.casefile.view import view_case
from sspf.consents import policy as consent_policy
from sspf.consents import queries as consents
from sspf.consents.labels import kind_label
from sspf.db import clock
from sspf.db.clock import SWEDEN
from sspf.law.purposes import Purpose
from sspf.meetings import queries as meetings
from sspf.notes import policy as note_policy
from sspf.notes import queries as notes
from sspf.organisations import queries as organisations
from sspf.plans import queries as plans
from sspf.vault import door
from sspf.vault.events import VaultEvent
from sspf.web import Submitted, blank

READS = (VaultEvent.READ,)
SHOWN_READS = 5


def gather(session: Session, actor: Actor, case: Case, forms: Mapping[str, Submitted[Any]]) -> dict[str, object]:
    """The context of ``casefile/show.html``: the door is opened once, and what it shows is all there is.

    ``forms`` are those that were sent and not accepted, by name; the others are blank.
    """
    now = clock.now(session)
    reading = door.open(session, policy.access_to(actor, case, now), Purpose.CASE)
    names = organisations.names(session, actor.municipality_id)
    return {
        "case": case,
        "labels": labels,
        "kind_label": kind_label,
        "names": names,
        "view": view_case(session, actor, case, reading, names, now),
        "steps": steps_of(session, actor, case),
        "notes": notes.list_notes(session, reading, case),
        "rows": consents.live_waivers(session, actor, case),
        "next_meeting": meetings.next_meeting_of(session, actor, case.id),
        "is_coordination": holds(actor, Permission.CASE_OPEN),
        "may_write_note": note_policy.can_write(actor, case),
        "may_close": policy.can_close(actor, case),
        "may_change_participants": policy.can_change_participants(actor, case),
        "may_write_statement": policy.can_write_statement(actor, case),
        "may_record_consent": consent_policy.can_record(actor, case),
        "may_receive_withdrawal": consent_policy.can_receive_withdrawal(actor, case),
        "statement_kinds": list(StatementKind),
        "reads": _reads(session, actor, case),
        **plans.case_actions(session, actor, reading, case, names, now.astimezone(SWEDEN).date()),
        **{name: forms.get(name, blank()) for name in ("statement_form", "action_form")},
    }


def _reads(session: Session, actor: Actor, case: Case) -> list[dict[str, object]]:
    """Who has read: for coordination every organisation by day, for others their own organisation's readers."""
    if holds(actor, Permission.CASE_OPEN):
        names = organisations.names(session, actor.municipality_id)
        days = trail.list_reading_days(session, actor.municipality_id, case.id, READS)
        return [
            {"who": names.get(day.organisation_id, ""), "at": day.on, "count": day.count}
            for day in days[:SHOWN_READS]
            if day.organisation_id
        ]
    lines = trail.list_readings_within(
        session, actor.municipality_id, case.id, actor.organisation_id, READS, limit=SHOWN_READS
    )
    staff = accounts.names_of(session, {line.user_id for line in lines if line.user_id})
    return [{"who": staff[line.user_id], "at": line.at, "count": 1} for line in lines if line.user_id]
