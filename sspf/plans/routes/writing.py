"""A new action, and one that is changed: what, who and by when."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.law.purposes import Purpose
from sspf.organisations import queries as organisations
from sspf.plans import policy, queries, service
from sspf.plans.forms import AskForm, ChangeForm, PressForm
from sspf.plans.models import Action
from sspf.plans.queries import ActionView, Asking
from sspf.plans.queries.board import Choice
from sspf.plans.responsible import Responsible, parse
from sspf.plans.routes.finding import Found, find
from sspf.plans.routes.registry import router
from sspf.plans.routes.returning import go_back, page_of, typed_back, way_back
from sspf.plans.timing import not_in_reach
from sspf.texts import Text, _
from sspf.web import (
    Access,
    CurrentActor,
    CurrentPage,
    DbSession,
    Page,
    Queried,
    Sent,
    Submitted,
    blank,
    exclusive,
    shared,
)


@router.post("/arenden/{case_id}/atgarder", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def add_action(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[AskForm],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_create(actor, case))
    if form.data is not None:
        try:
            _check_day(session, form.data)
            action = service.create_action(
                session,
                actor,
                case,
                text=form.data.what,
                responsible=parse(form.data.who),
                due_on=form.data.due_on,
            )
        except ValidationFailed as failed:
            form = form.refused(failed)
        else:
            return go_back(page, page_of(form), case_id, action.id)
    asking = Asking(case.id, policy.can_create(actor, case), _choices(session, actor, case), typed_back(form))
    return page.render("plans/new.html", status=422, case=case, asking=asking, action_form=form)


@router.get("/arenden/{case_id}/atgarder/{action_id}/andra", access=Access.SIGNED_IN, lock=shared("case_id"))
def edit_action(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    action_id: UUID,
    came_from: Queried[PressForm],
) -> Response:
    found = find(session, actor, case_id, action_id, Purpose.CORRECTION)
    require(policy.can_change(actor, found.case, found.action.organisation_id))
    form = blank(
        what=_view(session, found).text,
        who=_responsible(found.action),
        due_on=found.action.due_on,
        version=found.action.version,
        **page_of(came_from).fields,
    )
    return _edit_page(page, session, actor, found, form)


@router.post("/arenden/{case_id}/atgarder/{action_id}/andra", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def change_action(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    action_id: UUID,
    form: Sent[ChangeForm],
) -> Response:
    found = find(session, actor, case_id, action_id, Purpose.CORRECTION)
    require(policy.can_change(actor, found.case, found.action.organisation_id))
    if form.data is None:
        return _edit_page(page, session, actor, found, form, status=422)
    if form.data.version != found.action.version:
        return _edit_page(page, session, actor, found, form, status=409)
    is_said_anew = form.data.what != _view(session, found).text
    try:
        if form.data.due_on != found.action.due_on:
            _check_day(session, form.data)
        service.change_action(
            session,
            actor,
            found.case,
            found.action,
            text=form.data.what if is_said_anew else None,
            responsible=parse(form.data.who),
            due_on=form.data.due_on,
            version=form.data.version,
        )
    except ValidationFailed as failed:
        return _edit_page(page, session, actor, found, form.refused(failed), status=422)
    return go_back(page, form.data.page, case_id, action_id)


def _edit_page(
    page: Page, session: Session, actor: Actor, found: Found, form: Submitted[Any], status: int = 200
) -> Response:
    """The page with what was typed; beside it, after a 409, what stands now, and its version for the next try."""
    view = _view(session, found)
    choices = _choices(session, actor, found.case)
    if _responsible(found.action) not in dict(choices):
        choices.insert(0, (_responsible(found.action), _who(view)))
    is_beaten = status == 409
    return page.render(
        "plans/edit.html",
        status=status,
        case=found.case,
        action=view,
        form=form,
        choices=choices,
        back=typed_back(form),
        way=way_back(page_of(form), found.case.id, found.action.id),
        version=view.version if is_beaten else form.value("version") or view.version,
        theirs=_in_lines(view.text, _who(view), view.due_on, "" if view.is_to_do else _OVER) if is_beaten else None,
        yours=_in_lines(form.value("what"), dict(choices).get(form.value("who"), ""), form.value("due_on")),
    )


_OVER = _("Det här är klart eller borttaget.")


def _in_lines(*lines: object) -> str:
    return "\n".join(str(line) for line in lines if line)


def _who(view: ActionView) -> Text | str:
    if view.is_family:
        return _("Familjen")
    return ", ".join(one for one in (view.person, view.organisation) if one)


def _view(session: Session, found: Found) -> ActionView:
    return queries.view_of(session, found.reading, found.case, found.action)


def _responsible(action: Action) -> str:
    return str(Responsible(action.organisation_id, action.user_id))


def _choices(session: Session, actor: Actor, case: Case) -> list[Choice]:
    return queries.who_choices(session, actor, case, organisations.names(session, case.municipality_id))


def _check_day(session: Session, form: AskForm) -> None:
    wrong = not_in_reach(form.due_on, clock.today(session))
    if wrong is not None:
        raise ValidationFailed(due_on=wrong)
