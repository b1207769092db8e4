"""Makes and ends versions of the form. Never changes one, never commits."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.consents.printed import policy, queries
from sspf.consents.printed.asked import PARTIES, Asked
from sspf.consents.printed.events import FormEvent
from sspf.consents.printed.models import ConsentForm, FormParty, FormRow
from sspf.db import clock, locks, new_id
from sspf.errors import ValidationFailed
from sspf.texts import _


def add_form(
    session: Session,
    actor: Actor,
    *,
    version: str,
    approved_by: str,
    approved_on: date,
    valid_from: date,
    asked: Asked,
) -> ConsentForm:
    """Make a version of the form. Consents typed in from older papers stay as they are.

    Raises:
        ValidationFailed: the name is taken, nobody is asked about, or a question can have no effect.
    """
    require(policy.can_make_forms(actor))
    # two may type in the same version at once, or each end one of the last two
    locks.exclusive(session, actor.municipality_id)
    _require_of_use(session, actor.municipality_id, version, approved_on, asked)
    form = ConsentForm(
        id=new_id(),
        municipality_id=actor.municipality_id,
        version=version,
        approved_by=approved_by,
        approved_on=approved_on,
        valid_from=valid_from,
        created_at=clock.now(session),
        created_by=actor.user_id,
    )
    form.parties = [
        FormParty(form_id=form.id, municipality_id=form.municipality_id, kind=kind) for kind in sorted(asked.parties)
    ]
    form.rows = [
        FormRow(
            form_id=form.id,
            municipality_id=form.municipality_id,
            source=question.source,
            recipient=question.recipient,
            kind=question.kind,
        )
        for question in sorted(asked.questions, key=lambda one: one.key)
    ]
    session.add(form)
    session.flush()
    record(session, actor.did(FormEvent.ADDED, form=str(form.id), version=version, rows=len(asked.questions)))
    return form


def end_form(session: Session, actor: Actor, form: ConsentForm) -> None:
    """Take a version out of use: no more papers are typed in from it. What it has given stands."""
    locks.exclusive(session, form.municipality_id)
    forms = queries.list_forms(session, form.municipality_id)
    require(policy.can_end(actor, form, forms, clock.today(session)))
    form.ended_at = clock.now(session)
    record(session, actor.did(FormEvent.ENDED, form=str(form.id), version=form.version))


def _require_of_use(session: Session, municipality_id: UUID, version: str, approved_on: date, asked: Asked) -> None:
    errors = {}
    if queries.has_version(session, municipality_id, version):
        errors["version"] = _("Det finns redan en version med det namnet. Välj ett nytt.")
    if approved_on > clock.today(session):
        errors["approved_on"] = _("Den dagen har inte varit än.")
    if not asked.parties:
        errors["parties"] = _("Välj minst en som familjen ska få frågan om.")
    elif not asked.parties <= set(PARTIES):
        errors["parties"] = _("Ladda sidan och försök igen.")
    elif asked.out_of_place:
        errors["parties"] = _("Här saknas någon som enligt frågorna nedan berättar eller får veta något.")
    if not all(question.can_be_asked for question in asked.questions):
        errors["questions"] = _("Ladda sidan och försök igen.")
    if errors:
        raise ValidationFailed(**errors)
