"""The start page: what waits for whoever signed in, by role."""

from starlette.responses import Response

from auth.permissions import Permission, Role, holds
from sspf.casefile import labels, waiting
from sspf.casefile.routes.registry import router
from sspf.concerns import labels as concern_labels
from sspf.db import clock
from sspf.db.clock import day_of
from sspf.meetings import queries as meetings
from sspf.meetings.service import record_listed as record_meetings_listed
from sspf.oversight import queries as oversight
from sspf.plans import queries as plans
from sspf.signin import queries as vouching
from sspf.web import Access, CurrentActor, CurrentPage, DbSession

MOST_ACTIONS = 6


@router.get("/", access=Access.SIGNED_IN)
def show_start(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    if actor.role is Role.AUDITOR:
        return page.render(
            "casefile/start_auditor.html",
            logs=oversight.list_logs(session, actor),
            vouchable=len(vouching.vouchable_by(session, actor)),
        )
    if actor.role is Role.ADMINISTRATOR:
        return page.see_other("show_administration")
    is_coordination = holds(actor, Permission.CASE_OPEN)
    now = clock.now(session)
    today = meetings.list_on(session, actor, day_of(now))
    waits = waiting.waiting_for(session, actor) if is_coordination else []
    newest = waiting.newest_cases(session, actor)
    # which cases to lock is known only now: they are locked all at once, and those that are gone are left out
    listed = [*(case for row in today for case in row.cases), *(one.case for one in waits), *newest]
    mine = plans.my_actions(
        session, actor, limit=MOST_ACTIONS, lately=False, also={case.id for case in listed}, now=now
    )
    today, newest = meetings.only(today, mine.there), [case for case in newest if case.id in mine.there]
    waits = [one for one in waits if one.case.id in mine.there]
    worries = waiting.concerns_for(session, actor, mine.today) if is_coordination else []
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
        vouchable=len(vouching.vouchable_by(session, actor)),
    )
