"""In which order the cases of a meeting are taken up."""

from uuid import UUID

from starlette.responses import Response

from sspf.meetings import arranging, locking
from sspf.meetings.forms import MoveForm
from sspf.meetings.routes.finding import led_meeting, valid
from sspf.meetings.routes.registry import router
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Sent


@router.post("/moten/{meeting_id}/ordna", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def order_agenda(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    arranging.order_by_room(session, actor, led.meeting, led.agenda, led.attendance, led.now)
    return page.see_other("show_meeting", meeting_id=meeting_id, query={"klart": "ordning"})


@router.post("/moten/{meeting_id}/arenden/{case_id}/plats", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def move_on_agenda(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    case_id: UUID,
    form: Sent[MoveForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    entry = led.entry(case_id)
    arranging.move(session, actor, led.meeting, led.agenda, entry, valid(form).way)
    return page.see_other("show_meeting", meeting_id=meeting_id, query={"klart": "ordning"})
