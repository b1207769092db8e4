"""The duty to report, quoted from the statute; and what the reader's own organisation made of it."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.concerns import filling, labels, policy, queries, service
from sspf.concerns.forms import LONGEST, WeighingForm
from sspf.concerns.models import Concern
from sspf.concerns.routes.registry import router
from sspf.concerns.telling import NO, YES, Weighed
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.law.statutes import quoted
from sspf.organisations.terms import TERMS
from sspf.texts import _
from sspf.web import Access, Compared, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, exclusive, shared

ANSWERS = [(YES, _("Ja, vi har anmält")), (NO, _("Nej"))]
FIELDS: list[Compared] = [
    ("suspicion", _("Barnet far illa"), labels.SUSPICIONS),
    ("is_made", _("Orosanmälan"), dict(ANSWERS)),
    ("made_on", _("Vilken dag"), {}),
    ("made_by", _("Vem"), {}),
    ("reason", _("Varför"), {}),
]
NOTICES = {"inskriven": _("Du har skrivit in %(concern)s.", concern=TERMS["concern_the"])}


@router.get("/kontakter/{concern_id}/orosanmalan", access=Access.SIGNED_IN, lock=shared("concern_id"))
def show_weighing(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_weigh(actor, concern))
    return _form(page, session, actor, concern, filling.weighing_form(session, actor, concern))


@router.post("/kontakter/{concern_id}/orosanmalan", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def weigh_concern(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    concern_id: UUID,
    form: Sent[WeighingForm],
) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_weigh(actor, concern))
    if form.data is None:
        return _form(page, session, actor, concern, form, status=422)
    try:
        service.weigh(session, actor, concern, _weighed(form.data), read=form.data.read)
    except Conflict:
        overtaken = form.overtaken(filling.weighing_form(session, actor, concern), FIELDS)
        return _form(page, session, actor, concern, overtaken, status=409)
    except ValidationFailed as failed:
        return _form(page, session, actor, concern, form.refused(failed), status=422)
    return page.see_other("show_concern", concern_id=concern.id, query={"klart": "vagd"})


def _weighed(form: WeighingForm) -> Weighed:
    """What was said of a report that was not made is not kept, nor the other way round."""
    is_made = None if form.is_made is None else form.is_made == YES
    return Weighed(
        suspicion=form.suspicion,
        is_made=is_made,
        made_on=form.made_on if is_made else None,
        made_by=form.made_by if is_made else "",
        reason="" if is_made else form.reason,
    )


def _form(
    page: Page, session: Session, actor: Actor, concern: Concern, form: Submitted[Any], status: int = 200
) -> Response:
    today = clock.today(session)
    if status != 200:
        service.record_shown(session, actor, concern)
    return page.render(
        "concerns/weighing.html",
        status=status,
        concern=concern,
        form=form,
        duty=quoted("SoL", "19:1", on=today),
        secrecy=quoted("OSL", "40:7 g", on=today),
        suspicions=[(one.value, words) for one, words in labels.SUSPICIONS.items()],
        answers=ANSWERS,
        labels=labels,
        longest=LONGEST,
        notice=page.notice(NOTICES),
    )
