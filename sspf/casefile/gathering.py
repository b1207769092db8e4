"""Everything a case page is made of, read once, whichever route shows it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from auth import queries as accounts
from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.casefile import labels
from sspf.casefile.closed import closing_context
from sspf.casefile.steps import readiness_in, steps_of
from sspf.casefile.view import view_case
from sspf.cases import policy
from sspf.cases.models import Case, StatementKind
from sspf.consents import policy as consent_policy
from sspf.consents import queries as consents
from sspf.consents.labels import kind_label
from sspf.law.purposes import Purpose
from sspf.meetings import policy as meeting_policy
from sspf.meetings import queries as meetings
from sspf.meetings.queries import CaseMeetings
from sspf.notes import policy as note_policy
from sspf.notes import queries as notes
from sspf.organisations import queries as organisations
from sspf.oversight import queries as oversight
from sspf.plans import policy as plan_policy
from sspf.plans import queries as plans
from sspf.vault import door
from sspf.vault.reading import Reading
from sspf.web import Submitted, blank

SHOWN_READS = 5


def gather(
    session: Session,
    actor: Actor,
    case: Case,
    now: datetime,
    forms: Mapping[str, Submitted[Any]],
    *,
    just: UUID | None = None,
    notes_before: UUID | None = None,
) -> dict[str, object]:
    """The context of ``casefile/show.html``: the door is opened once, and what it shows is all there is.

    ``forms`` are those that were sent and not accepted, by name; the others are blank. ``just`` is the
    action that was changed a moment ago, ``notes_before`` the last note of the page of notes before this one.
    """
    reading = door.open(session, policy.access_to(actor, case, now), Purpose.CASE)
    names = organisations.names(session, actor.municipality_id)
    accounts.names_of(session, _staff_in(case, reading))
    written = notes.list_notes(session, reading, case, before=notes_before)
    return {
        **plain_context(session, actor, case, names, meetings.meetings_of(session, actor, case.id, reading), now),
        **closing_context(session, reading, case),
        "view": view_case(session, actor, case, reading, names, now),
        "notes": written.notes,
        "are_newest_notes": notes_before is None,
        "next_notes": written.next_before,
        "reads": oversight.reads_of_case(session, actor, case.id, limit=SHOWN_READS),
        **plans.case_actions(session, actor, reading, case, names, now, just=just),
        "action_form": forms.get("action_form", blank()),
    }


def plain_context(
    session: Session,
    actor: Actor,
    case: Case,
    names: Mapping[UUID, str],
    around: CaseMeetings,
    now: datetime,
) -> dict[str, object]:
    """What of the page is plain by now: the case, what is agreed, its meetings, and what may be done."""
    waivers = consents.live_waivers(session, actor, case)
    return {
        "case": case,
        "closing": None,
        "labels": labels,
        "kind_label": kind_label,
        "names": names,
        "steps": steps_of(actor, case, readiness_in(case, waivers, meeting_held=around.has_been_held)),
        "rows": waivers,
        "next_meeting": around.nearest,
        "decisions": around.decided,
        "may_plan_meeting": meeting_policy.can_plan_about(actor, case, now),
        "is_coordination": holds(actor, Permission.CASE_OPEN),
        "may_write_note": note_policy.can_write(actor, case),
        "may_print": plan_policy.can_print(actor, case),
        "may_close": policy.can_close(actor, case),
        "may_change_participants": policy.can_change_participants(actor, case),
        "may_write_statement": policy.can_write_statement(actor, case),
        "may_record_consent": consent_policy.can_record(actor, case),
        "may_receive_withdrawal": consent_policy.can_receive_withdrawal(actor, case),
        "statement_kinds": list(StatementKind),
    }


def _staff_in(case: Case, reading: Reading) -> set[UUID]:
    """Everyone whom the page is likely to mention, so that their names are asked for once."""
    members = {member.user_id for party in case.parties for member in party.members}
    writers = {opened.created_by for opened in reading.opened.values() if isinstance(opened.created_by, UUID)}
    return {case.coordinator_id} | members | writers
