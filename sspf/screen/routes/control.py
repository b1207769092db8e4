"""The leader's buttons for the screen: a block beside the meeting, and a page of its own without JavaScript."""

from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth import throttle_key
from auth.actor import Actor
from auth.decisions import require
from sspf.meetings import locking, policy
from sspf.meetings import queries as meetings
from sspf.meetings.models import Meeting
from sspf.organisations import queries as organisations
from sspf.screen import codes, queries, service
from sspf.screen.routes.registry import router
from sspf.screen.showing import leader_of, view_of
from sspf.screen.wording import state_of
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, exclusive

PRESSED = "skarm"


@router.get("/moten/{meeting_id}/skarm/styr", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def show_screen_control(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    return _control_page(page, session, actor, _led(session, actor, meeting_id))


@router.post("/moten/{meeting_id}/skarm", access=Access.SIGNED_IN, lock=exclusive("meeting_id"))
def open_screen(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    service.open_screen(session, actor, _led(session, actor, meeting_id))
    return page.see_other("show_screen", meeting_id=meeting_id)


@router.post("/moten/{meeting_id}/skarm/kod", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def make_screen_code(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    meeting = _led(session, actor, meeting_id)
    key = throttle_key.load(session, session.info["totp_sealer"])
    code = service.make_code(session, actor, meeting, key=key)
    session.flush()
    return _control_page(page, session, actor, meeting, code=codes.spelled(code))


@router.post("/moten/{meeting_id}/skarm/paus", access=Access.SIGNED_IN, lock=exclusive("meeting_id"))
def pause_screen(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    service.pause(session, actor, _led(session, actor, meeting_id))
    return _back(page, meeting_id)


@router.post("/moten/{meeting_id}/skarm/fortsatt", access=Access.SIGNED_IN, lock=exclusive("meeting_id"))
def resume_screen(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    service.resume(session, actor, _led(session, actor, meeting_id))
    return _back(page, meeting_id)


@router.post("/moten/{meeting_id}/skarm/avsluta", access=Access.SIGNED_IN, lock=exclusive("meeting_id"))
def end_screen(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    service.end(session, actor, _led(session, actor, meeting_id))
    return _back(page, meeting_id)


def _led(session: Session, actor: Actor, meeting_id: UUID) -> Meeting:
    meeting = meetings.get_meeting(session, actor, meeting_id)
    require(policy.can_lead(actor, meeting))
    return meeting


def _control_page(page: Page, session: Session, actor: Actor, meeting: Meeting, *, code: str = "") -> Response:
    found = queries.find_open(session, meeting.id)
    is_mine = found is not None and found.screen.session_id == actor.session_id
    view = None
    if found is not None:
        view = view_of(session, found, is_led=is_mine or leader_of(session, found.screen) is not None)
    service.record_control_shown(session, actor, meeting, view.situation.case if view else None)
    names = organisations.names(session, actor.municipality_id)
    return page.render(
        "screen/control.html",
        fragments=("screen_control", "screen_state"),
        meeting=meeting,
        state=state_of(view, names),
        is_mine=is_mine,
        may_show=policy.can_work(actor, meeting),
        code=code,
        address=f"{session.info['settings'].base_url.partition('://')[2]}/skarm",
        is_pressed=page.request.query_params.get("klart") == PRESSED,
        lasts=int(codes.LASTS.total_seconds()),
    )


def _back(page: Page, meeting_id: UUID) -> Response:
    """To the buttons and what they say now: in their block, or without scripts on the page where they stand."""
    return page.see_other("show_screen_control", meeting_id=meeting_id, query={"klart": PRESSED})
