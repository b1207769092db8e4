"""One press: done, taken back, moved, dropped. Answered by the page that the button stands on."""

from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.decisions import require
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.law.purposes import Purpose
from sspf.plans import policy, queries, service
from sspf.plans.forms import MoveForm, PressForm
from sspf.plans.routes.finding import Found, find
from sspf.plans.routes.registry import router
from sspf.plans.routes.returning import go_back, page_of, typed_back, way_back
from sspf.plans.timing import not_in_reach
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, dates, exclusive


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
    require(policy.can_change(actor, found.case, found.action.organisation_id))
    if form.data is not None and form.data.version not in {None, found.action.version}:
        raise Conflict(_("Någon annan har ändrat det här efter dig. Se hur det står innan du ångrar något."))
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
    if form.data is not None and form.data.was not in {None, form.data.due_on, found.action.due_on}:
        return _move_page(page, session, found, form, status=409)
    if form.data is not None and (wrong := not_in_reach(form.data.due_on, clock.today(session))):
        form = form.refused(ValidationFailed(due_on=wrong))
    if form.data is None:
        return _move_page(page, session, found, form, status=422)
    service.postpone(session, actor, found.case, found.action, due_on=form.data.due_on)
    return go_back(page, form.data.page, case_id, action_id)


def _move_page(page: Page, session: Session, found: Found, form: Submitted[MoveForm], *, status: int) -> Response:
    """The form for another day; with status 409 also the day that somebody else has said, which it is next put over."""
    is_beaten = status == 409 and form.data is not None
    return page.render(
        "plans/move.html",
        status=status,
        case=found.case,
        action=queries.view_of(session, found.reading, found.case, found.action),
        form=form,
        back=typed_back(form),
        way=way_back(page_of(form), found.case.id, found.action.id),
        theirs=dates.date_words(found.action.due_on) if is_beaten else None,
        yours=dates.date_words(form.data.due_on) if form.data else None,
    )
