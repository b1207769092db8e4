"""A contact was told that the family has changed its mind: one check page, and it bites at once."""

from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.cases import queries as cases
from sspf.cases.service import record_shown
from sspf.consents import labels, policy, service
from sspf.consents.forms import ReceivedForm
from sspf.consents.routes.registry import router
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Sent, blank, exclusive, shared


@router.get("/arenden/{case_id}/aterkallelse", access=Access.SIGNED_IN, lock=shared("case_id"))
def receive_withdrawal(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_receive_withdrawal(actor, case))
    if policy.can_see_answers(actor):
        # who knows whose consent it is takes it back there, row by row if need be
        return page.see_other("show_consents", case_id=case_id)
    record_shown(session, actor, case)
    return page.render("consents/receive.html", case=case, form=blank())


@router.post("/arenden/{case_id}/aterkallelse", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def end_what_was_taken_back(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[ReceivedForm],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_receive_withdrawal(actor, case))
    if form.data is None or form.data.step == "check":
        record_shown(session, actor, case)
    if form.data is None:
        return page.render("consents/receive.html", status=422, case=case, form=form)
    if form.data.step == "check":
        role = form.data.role
        return page.render("consents/receive_check.html", case=case, role=role, label=labels.ROLES[role])
    service.receive_withdrawal(session, actor, case, role=form.data.role)
    return page.see_other("show_received")


@router.get("/aterkallelse-mottagen", access=Access.SIGNED_IN)
def show_received(page: CurrentPage, actor: CurrentActor) -> Response:
    """What happened, without a word of whose case it was: it may not exist for the reader any more."""
    return page.render("consents/received.html")
