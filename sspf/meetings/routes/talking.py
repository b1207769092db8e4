"""What the leader holds in the hand: the talk card on paper."""

from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.meetings import locking, policy, service
from sspf.meetings.card import card_for
from sspf.meetings.routes.finding import led_meeting
from sspf.meetings.routes.registry import router
from sspf.organisations import queries as organisations
from sspf.web import Access, CurrentActor, CurrentPage, DbSession


@router.get("/moten/{meeting_id}/arenden/{case_id}/samtalskort", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def show_talk_card(
    page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID, case_id: UUID
) -> Response:
    """The card for the room as it is, to be printed."""
    led = led_meeting(page, session, actor, meeting_id)
    case = led.talked_about(case_id).case
    require(policy.can_print(actor, led.meeting, case))
    names = organisations.names(session, actor.municipality_id)
    service.record_talk_card(session, actor, led.meeting, case)
    return page.render(
        "meetings/card.html",
        meeting=led.meeting,
        case=case,
        card=card_for(session, actor, case, led.attendance, names),
    )
