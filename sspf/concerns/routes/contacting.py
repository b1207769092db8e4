"""The family wants to be contacted: their yes, and that they have been told they are written down."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.concerns import contacting, filling, labels, policy, queries
from sspf.concerns.contacting import KEPT, Yes
from sspf.concerns.forms import InformForm, YesForm
from sspf.concerns.models import Concern, Way
from sspf.concerns.routes.registry import router
from sspf.concerns.service import record_shown
from sspf.concerns.view import owes_weighing
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.organisations import queries as organisations
from sspf.organisations.models import Organisation
from sspf.overtaken import mark_of
from sspf.texts import _
from sspf.web import (
    Access,
    Compared,
    CurrentActor,
    CurrentPage,
    DbSession,
    Page,
    Sent,
    Submitted,
    blank,
    exclusive,
    shared,
)

YES_FIELDS: list[Compared] = [
    ("said_by", _("Vem sa ja"), labels.WHO_SAID_YES),
    ("said_to", _("Till vem"), {}),
    ("said_on", _("Vilken dag"), {}),
    ("way", _("Hur"), labels.WAYS),
]
TOLD_FIELDS: list[Compared] = [("informed_on", _("Vilken dag"), {}), ("way", _("Hur"), labels.TOLD_WAYS)]


@router.get("/kontakter/{concern_id}/kontakt", access=Access.SIGNED_IN, lock=shared("concern_id"))
def new_yes(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    _coordination_that_may(session, actor, concern)
    return _yes_form(page, concern, _begun(session, actor, concern))


@router.post("/kontakter/{concern_id}/kontakt", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def record_yes(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    concern_id: UUID,
    form: Sent[YesForm],
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
            read=form.data.read,
        )
    except Conflict:
        overtaken = form.overtaken(_begun(session, actor, concern), YES_FIELDS)
        return _yes_form(page, concern, overtaken, status=409)
    except ValidationFailed as failed:
        return _yes_form(page, concern, form.refused(failed), status=422)
    if concern.identified_at is not None:
        return page.see_other("show_concern", concern_id=concern.id, query={"klart": "rattad"})
    return page.see_other("new_identity", concern_id=concern.id, query={"klart": "ja"})


def _begun(session: Session, actor: Actor, concern: Concern) -> Submitted[Any]:
    today = clock.today(session)
    return filling.yes_form(session, actor, concern, said_to=actor.name, said_on=today, way="spoken")


def _coordination_that_may(session: Session, actor: Actor, concern: Concern) -> Organisation:
    coordination = organisations.get_organisation(session, actor.municipality_id, concern.coordination_id)
    require(
        policy.can_record_yes(
            actor,
            concern,
            coordination,
            owes_weighing=owes_weighing(session, actor, concern),
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
    return _inform_form(page, concern, _told(session, concern))


@router.post("/kontakter/{concern_id}/informerat", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def record_informed(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    concern_id: UUID,
    form: Sent[InformForm],
) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_inform(actor, concern))
    if form.data is not None:
        try:
            contacting.inform(session, actor, concern, on=form.data.informed_on, way=form.data.way, read=form.data.read)
        except Conflict:
            record_shown(session, actor, concern)
            overtaken = form.overtaken(_told(session, concern), TOLD_FIELDS)
            return _inform_form(page, concern, overtaken, status=409)
        except ValidationFailed as failed:
            form = form.refused(failed)
        else:
            return page.see_other("show_concern", concern_id=concern.id, query={"klart": "informerad"})
    record_shown(session, actor, concern)
    return _inform_form(page, concern, form, status=422)


def _told(session: Session, concern: Concern) -> Submitted[Any]:
    """The form as it begins."""
    on, way = concern.informed_on, concern.informed_way
    return blank(informed_on=on or clock.today(session), way=(way or Way.SPOKEN).value, read=mark_of(on, way))


def _inform_form(page: Page, concern: Concern, form: Submitted[Any], status: int = 200) -> Response:
    return page.render(
        "concerns/informed.html",
        status=status,
        concern=concern,
        form=form,
        ways=[(way.value, words) for way, words in labels.TOLD_WAYS.items()],
        labels=labels,
    )
