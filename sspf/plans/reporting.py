"""What somebody without an account, or on the telephone, says of an action: "besked av …, muntligt".

The coordinator marks the action as for anybody, and beside it stands which organisation
said so, on which day. Who there is sealed, about somebody who is not of the family, so
it is coordination's alone and never shared.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.cases.recording import seal_for_coordination
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.law.kinds import Kind
from sspf.plans import policy, service
from sspf.plans.events import ActionTag
from sspf.plans.models import Action, ActionEvent, ActionReport
from sspf.plans.responsible import Responsible, is_at_table
from sspf.plans.timing import not_in_reach
from sspf.texts import _
from sspf.vault.writing import About, AboutKind

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Said:
    """Who told the coordinator, on which day. ``source`` is an organisation at the table, or the family."""

    source: Responsible
    teller: str
    on: date

    def __repr__(self) -> str:
        return "Said(***)"


def report_done(session: Session, actor: Actor, case: Case, action: Action, said: Said) -> None:
    """Somebody says that it is done.

    Raises:
        Conflict: it has been dropped, or is done already: a report of what is so would be kept nowhere.
        ValidationFailed: as ``_check``.
    """
    require(policy.can_report(actor, case))
    _check(session, case, said)
    event = service.mark_done(session, actor, case, action)
    if event is None:
        raise Conflict(_("Någon annan hann före: det är redan klart. Ditt besked är inte sparat, men står kvar här."))
    _keep(session, actor, case, event, said)


def report_moved(session: Session, actor: Actor, case: Case, action: Action, said: Said, *, due_on: date) -> None:
    """Somebody says that it will be done on another day. Raises as ``report_done``."""
    require(policy.can_report(actor, case))
    _check(session, case, said, due_on)
    event = service.postpone(session, actor, case, action, due_on=due_on)
    if event is None:
        raise Conflict(_("Det står redan den dagen. Ditt besked är inte sparat, men står kvar här."))
    _keep(session, actor, case, event, said)


def _keep(session: Session, actor: Actor, case: Case, event: ActionEvent, said: Said) -> None:
    session.flush()  # the report points at the event
    report = ActionReport(
        municipality_id=case.municipality_id,
        event_id=event.id,
        organisation_id=said.source.organisation_id,
        said_on=said.on,
    )
    about = About(AboutKind.OTHER)
    seal_for_coordination(session, actor, case, report, kind=Kind.ACTIONS, about=about, fields={"teller": said.teller})
    source = str(said.source.organisation_id) if said.source.organisation_id else None
    subject = Subject(case_id=case.id, ids={"action": str(event.action_id)})
    record(session, actor.did(ActionTag.REPORTED, subject, source=source, date=said.on.isoformat()))


def _check(session: Session, case: Case, said: Said, due_on: date | None = None) -> None:
    today = clock.today(session)
    errors = {}
    if said.source.user_id is not None or not is_at_table(case, clock.now(session), said.source):
        errors["source"] = _("Välj någon som är med i ärendet nu.")
    if not said.teller.strip():
        errors["teller"] = _("Skriv vem som lämnade beskedet.")
    elif len(said.teller) > LONGEST_NAME:
        errors["teller"] = _("Skriv kortare: högst %(most)s tecken.", most=LONGEST_NAME)
    if said.on > today:
        errors["said_on"] = _("Skriv en dag som har varit.")
    if due_on is not None and (wrong := not_in_reach(due_on, today)):
        errors["new_day"] = wrong
    if errors:
        raise ValidationFailed(**errors)
