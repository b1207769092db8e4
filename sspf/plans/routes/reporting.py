"""What somebody has said of an action by word of mouth, written down by the coordinator."""

from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.errors import Conflict, ValidationFailed
from sspf.law.purposes import Purpose
from sspf.plans import policy, reporting
from sspf.plans.forms import ReportForm
from sspf.plans.reporting import Said
from sspf.plans.responsible import parse
from sspf.plans.routes.finding import find_whole
from sspf.plans.routes.registry import router
from sspf.plans.routes.showing import action_page
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Sent, exclusive


@router.post("/arenden/{case_id}/atgarder/{action_id}/besked", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def report_action(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    action_id: UUID,
    form: Sent[ReportForm],
) -> Response:
    found = find_whole(session, actor, case_id, action_id, Purpose.ACTION)
    require(policy.can_report(actor, found.case))
    if form.data is None:
        return action_page(page, session, actor, found, status=422, report_form=form)
    said = Said(parse(form.data.source), form.data.teller, form.data.said_on)
    try:
        if form.data.new_day is None:
            reporting.report_done(session, actor, found.case, found.action, said)
        else:
            reporting.report_moved(session, actor, found.case, found.action, said, due_on=form.data.new_day)
    except ValidationFailed as failed:
        return action_page(page, session, actor, found, status=422, report_form=form.refused(failed))
    except Conflict as beaten:
        told = form.refused(ValidationFailed(**{"": beaten.reason}))
        return action_page(page, session, actor, found, status=409, report_form=told)
    return page.see_other("show_action", case_id=case_id, action_id=action_id, query={"nyss": str(action_id)})
