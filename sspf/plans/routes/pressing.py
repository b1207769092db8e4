"""One press: done, taken back, moved, dropped. Answered by the page that the button stands on."""

from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.law.purposes import Purpose
from sspf.plans import policy, queries, service
from sspf.plans.forms import MoveForm, PressForm
from sspf.plans.routes.finding import find
from sspf.plans.routes.registry import router
from sspf.plans.routes.returning import go_back, page_of, typed_back, way_back
from sspf.plans.timing import not_in_reach
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Sent, exclusive


@router.post("/arenden/{case_id}/atgarder/{action_id}/klar", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def mark_action_done(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, action_id: UUID, form: Sent[PressForm]
) -> Response:
    found = find(session, actor, case_id, action_id, Purpose.ACTIONS)
    service.mark_done(session, actor, found.case, found.action)
    return go_back(page, page_of(form), case_id, action_id)


@router.post("/arenden/{case_id}/atgarder/{action_id}/angra", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def undo_action(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, action_id: UUID, form: Sent[PressForm]
) -> Response:
    found = find(session, actor, case_id, action_id, Purpose.ACTIONS)
    service.undo(session, actor, found.case, found.action)
    return go_back(page, page_of(form), case_id, action_id)


@router.post("/arenden/{case_id}/atgarder/{action_id}/ta-bort", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def drop_action(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, action_id: UUID, form: Sent[PressForm]
) -> Response:
    found = find(session, actor, case_id, action_id, Purpose.ACTIONS)
    service.drop(session, actor, found.case, found.action)
    return go_back(page, page_of(form), case_id, action_id)


@router.post("/arenden/{case_id}/atgarder/{action_id}/flytta", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def postpone_action(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    action_id: UUID,
    form: Sent[MoveForm],
) -> Response:
    found = find(session, actor, case_id, action_id, Purpose.ACTIONS)
    require(policy.can_change(actor, found.case, found.action.organisation_id))
    if form.data is not None and (wrong := not_in_reach(form.data.due_on, clock.today(session))):
        form = form.refused(ValidationFailed(due_on=wrong))
    if form.data is None:
        view = queries.view_of(session, found.reading, found.case, found.action)
        return page.render(
            "plans/move.html",
            status=422,
            case=found.case,
            action=view,
            form=form,
            back=typed_back(form),
            way=way_back(page_of(form), case_id, action_id),
        )
    service.postpone(session, actor, found.case, found.action, due_on=form.data.due_on)
    return go_back(page, form.data.page, case_id, action_id)
