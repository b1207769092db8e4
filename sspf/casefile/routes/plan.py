"""The plan for the family, to look at and print, and as PDF. What is sent is on the record before it leaves."""

from uuid import UUID

from starlette.responses import Response

from sspf.casefile.plan import plan_of
from sspf.casefile.routes.registry import router
from sspf.cases import queries as cases
from sspf.plans.events import PlanTag
from sspf.texts import in_swedish
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, shared
from sspf.web.paper import can_make_pdf, make_pdf


@router.get("/arenden/{case_id}/plan", access=Access.SIGNED_IN, lock=shared("case_id"))
def show_plan(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case, now = cases.get_case_at(session, actor, case_id)
    plan = plan_of(session, actor, case, now, PlanTag.SHOWN)
    return page.render("casefile/plan.html", case=case, plan=plan, can_make_pdf=can_make_pdf())


@router.get("/arenden/{case_id}/plan.pdf", access=Access.SIGNED_IN, lock=shared("case_id"))
def print_plan(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    """The paper itself, made inside the transaction: nothing is opened after the commit, and nothing sent before it."""
    case, now = cases.get_case_at(session, actor, case_id)
    plan = plan_of(session, actor, case, now, PlanTag.PRINTED)
    if not can_make_pdf():
        return page.see_other("show_plan", case_id=case_id)
    with in_swedish():  # whoever prints it, it is the family's
        paper = page.render("casefile/plan_paper.html", plan=plan)
    return Response(
        make_pdf(bytes(paper.body).decode()),
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="plan-{case.reference}.pdf"'},
    )
