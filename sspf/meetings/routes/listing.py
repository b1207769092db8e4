"""Meetings that come, and that have been."""

from starlette.responses import Response

from auth.decisions import require
from sspf.db import clock
from sspf.meetings import policy, queries, service
from sspf.meetings.forms import ListForm
from sspf.meetings.routes.registry import router
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Queried

NOTICES = {"installt": _("Mötet är inställt.")}


@router.get("/moten", access=Access.SIGNED_IN)
def list_meetings(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    wanted: Queried[ListForm],
) -> Response:
    require(policy.can_follow_meetings(actor))
    before = wanted.data.fore if wanted.data else None
    coming = queries.list_coming(session, actor) if before is None else []
    over = queries.list_over(session, actor, before=before)
    rows = queries.settled(session, actor, [*coming, *over.rows])
    service.record_listed(session, actor, rows)
    return page.render(
        "meetings/list.html",
        coming=[row for row in rows if row.meeting.state in queries.COMING],
        over=[row for row in rows if row.meeting.state in queries.OVER],
        next_before=over.next_before,
        today=clock.today(session),
        is_first=before is None,
        may_plan=policy.can_plan(actor),
        notice=page.notice(NOTICES),
    )
