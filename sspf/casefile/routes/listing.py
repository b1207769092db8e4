"""The list of cases, and opening a new one."""

from starlette.responses import Response

from audit.events import Subject
from audit.log import record
from auth.permissions import Permission, holds
from sspf.casefile import labels
from sspf.casefile.forms import ListForm, OpenCaseForm
from sspf.casefile.opening import open_case as opening
from sspf.casefile.routes.registry import router
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.cases.events import CaseEvent
from sspf.cases.models import State
from sspf.errors import NotFound, ValidationFailed
from sspf.organisations import queries as organisations
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Queried, Sent, Submitted, blank


@router.get("/arenden", access=Access.SIGNED_IN)
def list_cases(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    wanted: Queried[ListForm],
) -> Response:
    """The cases the actor may know of, newest first. What was listed is on the record."""
    if not holds(actor, Permission.CASE_READ):
        raise NotFound
    chosen = wanted.data or ListForm()
    found = cases.list_cases(session, actor, before=chosen.fore, state=chosen.lage)
    there = cases.settled(session, actor, found.cases)
    record(
        session,
        actor.did(
            CaseEvent.LISTED,
            *(Subject(case_id=case.id) for case in there),
            page="first" if chosen.fore is None else "later",
        ),
    )
    return page.render(
        "casefile/cases.html",
        cases=there,
        next_before=found.next_before,
        is_first=chosen.fore is None,
        chosen_state=chosen.lage,
        states=list(State),
        labels=labels,
        may_open=holds(actor, Permission.CASE_OPEN),
    )


@router.get("/arenden/nytt", access=Access.SIGNED_IN)
def new_case(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    return _form(page, session, actor, blank())


@router.post("/arenden", access=Access.SIGNED_IN)
def open_case(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[OpenCaseForm],
) -> Response:
    if form.data is not None:
        try:
            case = opening(session, actor, form.data)
        except ValidationFailed as failed:
            form = form.refused(failed)
        else:
            return page.see_other("show_case", case_id=case.id, query={"klart": "oppnat"})
    return _form(page, session, actor, form, status=422)


def _form(
    page: CurrentPage, session: DbSession, actor: CurrentActor, form: Submitted[OpenCaseForm], status: int = 200
) -> Response:
    if not holds(actor, Permission.CASE_OPEN):
        raise NotFound
    coordination = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    may_open = policy.can_open_case(actor, coordination)
    return page.render("casefile/new.html", status=status, form=form, may_open=may_open, concern=None, labels=labels)
