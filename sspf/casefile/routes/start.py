"""The start page: what waits for whoever signed in, by role."""

from starlette.responses import Response

from auth.permissions import Permission, Role, holds
from sspf.casefile import labels, waiting
from sspf.casefile.routes.registry import router
from sspf.concerns import labels as concern_labels
from sspf.meetings import queries as meetings
from sspf.meetings.service import record_listed as record_meetings_listed
from sspf.oversight import queries as oversight
from sspf.plans import queries as plans
from sspf.web import Access, CurrentActor, CurrentPage, DbSession

MOST_ACTIONS = 6


@router.get("/", access=Access.SIGNED_IN)
def show_start(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    if actor.role is Role.AUDITOR:
        return page.render("casefile/start_auditor.html", logs=oversight.list_logs(session, actor))
    if actor.role is Role.ADMINISTRATOR:
        return page.see_other("show_administration")
    is_coordination = holds(actor, Permission.CASE_OPEN)
    # first, since it locks the cases it shows before any of them is read
    mine = plans.my_actions(session, actor, limit=MOST_ACTIONS, lately=False)
    today = meetings.list_on(session, actor, mine.today)
    worries = waiting.concerns_for(session, actor, mine.today) if is_coordination else []
    waits = waiting.waiting_for(session, actor) if is_coordination else []
    newest = waiting.newest_cases(session, actor)
    record_meetings_listed(session, actor, today)
    if is_coordination:
        waiting.record_concerns_listed(session, actor, worries)
    waiting.record_listed(session, actor, [*(one.case for one in waits), *newest])
    return page.render(
        "casefile/start.html",
        is_coordination=is_coordination,
        labels=labels,
        today=mine.today,
        meetings=today,
        waiting=waits,
        concerns=worries,
        informing=[one for one in worries if one.is_pressing(mine.today)],
        concern_labels=concern_labels,
        cases=newest,
        mine=mine,
    )
