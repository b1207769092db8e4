"""The screen in a second window of the leader's browser. It keeps nobody signed in."""

from uuid import UUID

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.meetings import locking, policy
from sspf.meetings import queries as meetings
from sspf.screen import queries
from sspf.screen.queries import Standing
from sspf.screen.routes.registry import router
from sspf.screen.showing import news, over_page, screen_page, view_of
from sspf.web import Access, CurrentActor, CurrentPage, DbSession
from sspf.web.last_seen import is_no_use


@router.get("/moten/{meeting_id}/skarm", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def show_screen(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    is_no_use(page.request)
    standing = _own_screen(session, actor, meeting_id)
    if standing is None:
        return over_page(page, meeting_id)
    return screen_page(page, session, view_of(session, standing, is_led=True), actor, window_of=meeting_id)


@router.get("/moten/{meeting_id}/skarm/nytt", access=Access.SIGNED_IN)
def poll_screen(request: Request, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    # no locks, since nothing is opened: it waits for nobody, and what changes meanwhile is news the next time
    is_no_use(request)
    standing = _own_screen(session, actor, meeting_id)
    return news(request, view_of(session, standing, is_led=True) if standing else None)


def _own_screen(session: Session, actor: Actor, meeting_id: UUID) -> Standing | None:
    """The meeting's screen, if it was opened in the session that asks."""
    found = queries.find_open(session, meeting_id)
    is_own = found is not None and found.screen.session_id == actor.session_id
    meeting = found.meeting if found is not None and is_own else meetings.get_meeting(session, actor, meeting_id)
    require(policy.can_lead(actor, meeting))
    return found if is_own else None
