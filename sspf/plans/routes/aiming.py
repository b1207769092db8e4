"""The goal of a case: written by the coordinator, with the youth's words."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.cases.policy import access_to
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.plans import goals, policy, queries
from sspf.plans.forms import GoalForm
from sspf.plans.queries import GoalView
from sspf.plans.routes.registry import router
from sspf.vault import door
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank, exclusive, shared


@router.get("/arenden/{case_id}/mal", access=Access.SIGNED_IN, lock=shared("case_id"))
def edit_goal(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_write_goal(actor, case))
    current = _current(session, actor, case)
    form = blank(goal=current.text, replaces=current.id) if current else blank()
    return _form_page(page, case, form, current)


@router.post("/arenden/{case_id}/mal", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def write_goal(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[GoalForm],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_write_goal(actor, case))
    current = _current(session, actor, case)
    if form.data is None:
        return _form_page(page, case, form, current, status=422)
    if current is None or form.data.goal != current.text:
        try:
            goals.write_goal(session, actor, case, wording=form.data.goal, replaces=form.data.replaces)
        except ValidationFailed as failed:
            return _form_page(page, case, form.refused(failed), current, status=422)
        except Conflict:
            return _form_page(page, case, form, current, status=409)
    return page.see_other("show_case", case_id=case_id, query={"klart": "mal"})


def _current(session: Session, actor: Actor, case: Case) -> GoalView | None:
    newest = queries.current_goals(session, [case.id])
    reading = door.open(
        session,
        access_to(actor, case, clock.now(session)),
        Purpose.CORRECTION,
        kinds=(Kind.ACTIONS,),
        envelope_ids=[goal.envelope_id for goal in newest.values()],
    )
    return queries.goal_of(session, reading, [case]).get(case.id)


def _form_page(
    page: Page, case: Case, form: Submitted[Any], current: GoalView | None, *, status: int = 200
) -> Response:
    """The form; after a 409 with what stands now, which the next try replaces."""
    is_beaten = status == 409
    return page.render(
        "plans/goal.html",
        status=status,
        case=case,
        form=form,
        most=goals.LONGEST,
        replaces=(current.id if current else "") if is_beaten else form.value("replaces"),
        theirs=current.text if current and is_beaten else None,
    )
