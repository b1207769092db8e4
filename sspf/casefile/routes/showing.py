"""The case page, and its steps."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from auth.permissions import Permission, holds
from sspf.casefile.closed import gather_closed
from sspf.casefile.forms import NotesForm, StateForm
from sspf.casefile.gathering import gather
from sspf.casefile.routes.registry import router
from sspf.casefile.service import decline
from sspf.casefile.steps import readiness_of
from sspf.cases import policy, service
from sspf.cases import queries as cases
from sspf.cases.models import Case, State
from sspf.errors import Conflict
from sspf.plans.returning import just_changed
from sspf.texts import Text, _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Queried, Sent, Submitted, exclusive, shared

FRAGMENTS = ("case_actions",)

NOTICES: Mapping[str, Text] = {
    "oppnat": _("Ärendet är öppnat. Inget är delat med någon än. Nästa steg är att be familjen om samtycke."),
    "lage": _("Ärendet har flyttats."),
    "sparat": _("Den unges röst är sparad."),
    "anteckning": _("Anteckningen är sparad."),
    "mal": _("Målet är sparat."),
    "deltagare": _("Deltagarna är ändrade."),
    "avslutat": _("Ärendet är avslutat. Allt som var delat är stängt."),
    "oppnat-igen": _("Ärendet är öppnat igen. Ingen annan ser det förrän familjen har sagt ja på nytt."),
}


@router.get("/arenden/{case_id}", access=Access.SIGNED_IN, lock=shared("case_id"))
def show_case(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, wanted: Queried[NotesForm]
) -> Response:
    """The case; one that is closed is for others than coordination what became of it, and nothing more."""
    case, now = cases.get_case_at(session, actor, case_id)
    if case.state is State.CLOSED and not holds(actor, Permission.CASE_OPEN):
        return page.render("casefile/closed.html", **gather_closed(session, actor, case, now))
    return _show(page, session, actor, case, now, {}, notes_before=wanted.data.fore if wanted.data else None)


def show(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    *,
    status: int = 200,
    **forms: Submitted[Any],
) -> Response:
    """The case page, read afresh, with forms that were sent and not accepted as they were typed."""
    case, now = cases.get_case_at(session, actor, case_id)
    return _show(page, session, actor, case, now, forms, status=status)


def _show(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case: Case,
    now: datetime,
    forms: Mapping[str, Submitted[Any]],
    *,
    status: int = 200,
    notes_before: UUID | None = None,
) -> Response:
    just = just_changed(page.request.query_params)
    return page.render(
        "casefile/show.html",
        fragments=FRAGMENTS,
        status=status,
        notice=page.notice(NOTICES),
        **gather(session, actor, case, now, forms, just=just, notes_before=notes_before),
    )


@router.post("/arenden/{case_id}/lage", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def change_state(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[StateForm],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_change_state(actor, case))
    if form.data is None:
        return show(page, session, actor, case_id, status=422)
    if form.data.version != case.version:
        raise Conflict(_("Någon annan har flyttat ärendet sedan du öppnade sidan. Se efter var det är nu."))
    if form.data.to is State.DECLINED:
        decline(session, actor, case)
    else:
        service.change_state(session, actor, case, to=form.data.to, readiness=readiness_of(session, case))
    return page.see_other("show_case", case_id=case_id, query={"klart": "lage"})
