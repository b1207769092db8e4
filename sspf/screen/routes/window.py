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
from sspf.screen.models import Screen
from sspf.screen.routes.registry import router
from sspf.screen.showing import news, over_page, screen_page, view_of
from sspf.web import Access, CurrentActor, CurrentPage, DbSession
from sspf.web.last_seen import is_no_use


@router.get("/moten/{meeting_id}/skarm", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def show_screen(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    is_no_use(page.request)
    screen = _own_screen(session, actor, meeting_id)
    if screen is None:
        return over_page(page, meeting_id)
    return screen_page(page, session, view_of(session, screen, is_led=True), actor, window_of=meeting_id)


@router.get("/moten/{meeting_id}/skarm/nytt", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def poll_screen(request: Request, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    is_no_use(request)
    screen = _own_screen(session, actor, meeting_id)
    return news(request, view_of(session, screen, is_led=True) if screen else None)


def _own_screen(session: Session, actor: Actor, meeting_id: UUID) -> Screen | None:
    """The meeting's screen, if it was opened in the session that asks."""
    require(policy.can_lead(actor, meetings.get_meeting(session, actor, meeting_id)))
    screen = queries.find_open(session, meeting_id)
    return screen if screen is not None and screen.session_id == actor.session_id else None
