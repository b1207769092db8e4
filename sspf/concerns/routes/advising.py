"""Advice to whoever got in touch, without anybody's name."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.concerns import policy, queries, service
from sspf.concerns.forms import LONGEST, AdviceForm
from sspf.concerns.models import Concern
from sspf.concerns.routes.registry import router
from sspf.concerns.view import owes_weighing
from sspf.errors import ValidationFailed
from sspf.organisations.terms import TERMS
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank, exclusive, shared


@router.get("/kontakter/{concern_id}/rad", access=Access.SIGNED_IN, lock=shared("concern_id"))
def new_advice(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_advise(actor, concern, owes_weighing=owes_weighing(session, actor, concern)))
    return _form(page, session, actor, concern, blank())


@router.post("/kontakter/{concern_id}/rad", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def give_advice(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    concern_id: UUID,
    form: Sent[AdviceForm],
) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    owes = owes_weighing(session, actor, concern)
    if policy.leads(actor, concern) and policy.has_gone_on(concern):
        beaten = ValidationFailed(
            **{
                "": _(
                    "Någon har gått vidare med %(concern)s medan du skrev. Rådet är inte sparat.",
                    concern=TERMS["concern_the"],
                )
            }
        )
        return _form(page, session, actor, concern, form.refused(beaten), status=409)
    require(policy.can_advise(actor, concern, owes_weighing=owes))
    if form.data is None:
        return _form(page, session, actor, concern, form, status=422)
    try:
        service.advise(session, actor, concern, form.data.advice, owes_weighing=owes)
    except ValidationFailed as failed:
        return _form(page, session, actor, concern, form.refused(failed), status=422)
    return page.see_other("show_concern", concern_id=concern.id, query={"klart": "rad"})


def _form(
    page: Page, session: Session, actor: Actor, concern: Concern, form: Submitted[Any], status: int = 200
) -> Response:
    return page.render("concerns/advice.html", status=status, concern=concern, form=form, longest=LONGEST)
