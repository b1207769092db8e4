"""A case opened from a contact about a worry, once the family has said yes to being contacted."""

from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.casefile import labels
from sspf.casefile.forms import OpenCaseForm
from sspf.casefile.opening import open_case as opening
from sspf.casefile.routes.registry import router
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.concerns import contacting, filling
from sspf.concerns import policy as concern_policy
from sspf.concerns import queries as concerns
from sspf.concerns.models import Concern, ConcernState
from sspf.concerns.service import record_shown
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.organisations import queries as organisations
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Sent, Submitted, exclusive, shared


@router.get("/kontakter/{concern_id}/arende", access=Access.SIGNED_IN, lock=shared("concern_id"))
def new_case_from_concern(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    """The form with what is known filled in; or on to the case, where there is one already."""
    concern = concerns.get_concern(session, actor, concern_id)
    if concern.state is ConcernState.CASE and concern_policy.leads(actor, concern):
        case = cases.get_case_of_concern(session, actor, concern.id)
        return page.see_other("show_case", case_id=case.id)
    require(concern_policy.can_open_case(actor, concern, clock.now(session)))
    known = filling.identity_form(session, actor, concern)
    return _form(page, session, actor, concern, known)


@router.post("/kontakter/{concern_id}/arende", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def open_case_from_concern(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    concern_id: UUID,
    form: Sent[OpenCaseForm],
) -> Response:
    concern = concerns.get_concern(session, actor, concern_id)
    require(concern_policy.can_open_case(actor, concern, clock.now(session)))
    if form.data is not None:
        try:
            case = opening(session, actor, form.data, concern_id=concern.id)
        except ValidationFailed as failed:
            form = form.refused(failed)
        else:
            contacting.become_case(session, actor, concern, case_id=case.id)
            return page.see_other("show_case", case_id=case.id, query={"klart": "oppnat"})
    record_shown(session, actor, concern)
    return _form(page, session, actor, concern, form, status=422)


def _form(
    page: CurrentPage,
    session: Session,
    actor: Actor,
    concern: Concern,
    form: Submitted[OpenCaseForm],
    status: int = 200,
) -> Response:
    coordination = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    may_open = policy.can_open_case(actor, coordination)
    return page.render("casefile/new.html", status=status, form=form, may_open=may_open, concern=concern, labels=labels)
