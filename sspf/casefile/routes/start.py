"""The start page: what waits for whoever signed in, by role."""

from starlette.responses import Response

from auth.permissions import Permission, Role, holds
from sspf.administration.health import health_on_page
from sspf.administration.labels import CHECKS
from sspf.casefile import labels, waiting
from sspf.casefile.routes.registry import router
from sspf.db import clock
from sspf.meetings import queries as meetings
from sspf.oversight import queries as oversight
from sspf.plans import queries as plans
from sspf.web import Access, CurrentActor, CurrentPage, DbSession


@router.get("/", access=Access.SIGNED_IN)
def show_start(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    if actor.role is Role.AUDITOR:
        return page.render("casefile/start_auditor.html", logs=oversight.list_logs(session, actor))
    if actor.role is Role.ADMINISTRATOR:
        return page.render("casefile/start_administrator.html", checks=health_on_page(session), check_names=CHECKS)
    is_coordination = holds(actor, Permission.CASE_OPEN)
    today = clock.today(session)
    return page.render(
        "casefile/start.html",
        is_coordination=is_coordination,
        labels=labels,
        today=today,
        meetings=meetings.list_on(session, actor, today),
        waiting=waiting.waiting_for(session, actor) if is_coordination else [],
        cases=waiting.newest_cases(session, actor),
        mine=plans.my_actions(session, actor),
    )
