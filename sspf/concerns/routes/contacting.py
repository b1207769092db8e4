"""The family wants to be contacted: their yes, and that they have been told they are written down."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.concerns import contacting, labels, policy, queries
from sspf.concerns.contacting import KEPT, Yes
from sspf.concerns.forms import InformForm, YesForm
from sspf.concerns.models import Concern
from sspf.concerns.routes.registry import router
from sspf.concerns.service import record_shown
from sspf.concerns.view import owes_weighing
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.organisations import queries as organisations
from sspf.organisations.models import Organisation
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Submitted, blank, exclusive, shared, submitted


@router.get("/kontakter/{concern_id}/kontakt", access=Access.SIGNED_IN, lock=shared("concern_id"))
def new_yes(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    _coordination_that_may(session, actor, concern)
    begun = blank(said_to=actor.name, said_on=clock.today(session), way="spoken")
    return _yes_form(page, concern, begun)


@router.post("/kontakter/{concern_id}/kontakt", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def record_yes(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    concern_id: UUID,
    form: Annotated[Submitted[YesForm], Depends(submitted(YesForm))],
) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    coordination = _coordination_that_may(session, actor, concern)
    if form.data is None:
        return _yes_form(page, concern, form, status=422)
    yes = Yes(form.data.said_by, form.data.said_to, form.data.said_on, form.data.way)
    try:
        # what is owed was looked at above, under the same lock
        contacting.record_yes(
            session,
            actor,
            concern,
            yes,
            coordination=coordination,
            owes_weighing=False,
            is_demo="only_numbers" in session.info,
        )
    except ValidationFailed as failed:
        return _yes_form(page, concern, form.refused(failed), status=422)
    return page.see_other("new_identity", concern_id=concern.id)


def _coordination_that_may(session: Session, actor: Actor, concern: Concern) -> Organisation:
    coordination = organisations.get_organisation(session, actor.municipality_id, concern.coordination_id)
    require(
        policy.can_record_yes(
            actor,
            concern,
            coordination,
            owes_weighing=owes_weighing(session, actor, concern),
            is_demo="only_numbers" in session.info,
        )
    )
    return coordination


def _yes_form(page: Page, concern: Concern, form: Submitted[Any], status: int = 200) -> Response:
    return page.render(
        "concerns/yes.html",
        status=status,
        concern=concern,
        form=form,
        who=[(role.value, words) for role, words in labels.WHO_SAID_YES.items()],
        ways=[(way.value, words) for way, words in labels.WAYS.items()],
        labels=labels,
        kept=KEPT.days,
    )


@router.get("/kontakter/{concern_id}/informerat", access=Access.SIGNED_IN, lock=shared("concern_id"))
def new_informed(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_inform(actor, concern))
    record_shown(session, actor, concern)
    return _inform_form(page, concern, blank(informed_on=clock.today(session), way="spoken"))


@router.post("/kontakter/{concern_id}/informerat", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def record_informed(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    concern_id: UUID,
    form: Annotated[Submitted[InformForm], Depends(submitted(InformForm))],
) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_inform(actor, concern))
    if form.data is not None:
        try:
            contacting.inform(session, actor, concern, on=form.data.informed_on, way=form.data.way)
        except ValidationFailed as failed:
            form = form.refused(failed)
        else:
            return page.see_other("show_concern", concern_id=concern.id, query={"klart": "informerad"})
    record_shown(session, actor, concern)
    return _inform_form(page, concern, form, status=422)


def _inform_form(page: Page, concern: Concern, form: Submitted[Any], status: int = 200) -> Response:
    return page.render(
        "concerns/informed.html",
        status=status,
        concern=concern,
        form=form,
        ways=[(way.value, words) for way, words in labels.TOLD_WAYS.items()],
        labels=labels,
    )
