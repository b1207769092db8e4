"""A case opened from a contact about a worry, once the family has said yes to being contacted."""

from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import NotPermitted, deny, require
from sspf.casefile import labels
from sspf.casefile.forms import OpenCaseForm
from sspf.casefile.opening import open_case as opening
from sspf.casefile.routes.registry import router
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.cases.service import record_shown as record_case_shown
from sspf.concerns import contacting, filling
from sspf.concerns import policy as concern_policy
from sspf.concerns import queries as concerns
from sspf.concerns.models import Concern, ConcernState
from sspf.concerns.service import record_shown
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.organisations import queries as organisations
from sspf.organisations.terms import TERMS
from sspf.texts import Text, _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, exclusive, shared

BECAME: Text = _(
    "En kollega hann före: %(concern)s har redan blivit ett ärende. Saknas något där, skriv in det i ärendet.",
    concern=TERMS["concern_the"],
)
NOT_YOURS: Text = _(
    "Det finns redan ett ärende av %(concern)s, och där är du inte med. Prata med den som öppnade det.",
    concern=TERMS["concern_the"],
)


@router.get("/kontakter/{concern_id}/arende", access=Access.SIGNED_IN, lock=shared("concern_id"))
def new_case_from_concern(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    """The form with what is known filled in; or on to the case, where there is one already."""
    concern = concerns.get_concern(session, actor, concern_id)
    if _has_become_case(actor, concern):
        case = _case_of(session, actor, concern)
        if case is None:
            raise NotPermitted(NOT_YOURS)
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
    if _has_become_case(actor, concern):
        return _became(page, session, actor, concern, form)
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


def _has_become_case(actor: Actor, concern: Concern) -> bool:
    return concern.state is ConcernState.CASE and concern_policy.leads(actor, concern)


def _case_of(session: Session, actor: Actor, concern: Concern) -> Case | None:
    """The case it became, for whoever may know of that."""
    found = cases.find_case_of_concern(session, actor, concern.id)
    return next(iter(cases.settled(session, actor, [found] if found else [])), None)


def _became(page: Page, session: Session, actor: Actor, concern: Concern, form: Submitted[OpenCaseForm]) -> Response:
    """A colleague was first: what was typed is shown again, beside the way to the case that there is."""
    case = _case_of(session, actor, concern)
    record_shown(session, actor, concern)
    if case is not None:
        record_case_shown(session, actor, case)
    return page.render(
        "casefile/new.html",
        status=409,
        form=form,
        may_open=deny(BECAME if case else NOT_YOURS),
        concern=concern,
        became=case,
        labels=labels,
    )


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
