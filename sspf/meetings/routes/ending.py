"""Ending a meeting: what follows from it is looked at first, and which cases were really talked about."""

from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.errors import ValidationFailed
from sspf.meetings import locking, policy, queries, service
from sspf.meetings.forms import EndForm
from sspf.meetings.models import ItemState
from sspf.meetings.queries import LedTo, OnAgenda
from sspf.meetings.routes.finding import Led, led_meeting
from sspf.meetings.routes.registry import router
from sspf.meetings.routes.showing import came_to
from sspf.organisations import queries as organisations
from sspf.organisations.terms import TERMS
from sspf.texts import Text, _, either, upper_first
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank
from sspf.web.dates import date_words


@router.get("/moten/{meeting_id}/avsluta", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def review_meeting(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_work(actor, led.meeting))
    talked_about = [entry.case.id for entry in led.agenda if entry.item.state is not ItemState.WAITING]
    return _review_page(page, session, actor, led, blank(taken_up=talked_about))


@router.post("/moten/{meeting_id}/avsluta", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def end_meeting(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    form: Sent[EndForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    if form.data is not None and not set(form.data.taken_up) <= {entry.case.id for entry in led.agenda}:
        form = form.refused(ValidationFailed(taken_up=_("Välj bland mötets ärenden.")))
    if form.data is None:
        return _review_page(page, session, actor, led, form, status=422)
    service.end_meeting(session, actor, led.meeting, led.agenda, taken_up=form.data.taken_up)
    return page.see_other("edit_notes", meeting_id=meeting_id, query={"klart": "hallet"})


def _review_page(
    page: Page, session: Session, actor: Actor, led: Led, form: Submitted[EndForm], *, status: int = 200
) -> Response:
    """How much the meeting has led to, case by case, with a box for whether the case was talked about."""
    service.record_shown(session, actor, led.meeting, led.agenda)
    able = [
        entry
        for entry in led.agenda
        if entry.item.state is not ItemState.WAITING or policy.can_take_up(entry.case, led.now)
    ]
    led_to = queries.led_to(session, led.meeting, [entry.case.id for entry in able])
    return page.render(
        "meetings/end.html",
        status=status,
        meeting=led.meeting,
        form=form,
        came=came_to(session, actor, led, organisations.names(session, actor.municipality_id)),
        choices=[(one.case.id, _named(one.case), _in_words(one, led_to[one.case.id])) for one in able],
    )


def _named(case: Case) -> Text | str:
    return _("%(alias)s (skyddade uppgifter)", alias=case.alias) if case.is_protected else case.alias


def _in_words(entry: OnAgenda, led_to: LedTo) -> str:
    next_date = entry.item.next_date
    parts = [
        either(
            "%(number)s %(action)s",
            "%(number)s %(actions)s",
            led_to.actions,
            action=TERMS["action"],
            actions=TERMS["actions"],
        )
        if led_to.actions
        else None,
        either("%(number)s beslut", "%(number)s beslut", led_to.decisions) if led_to.decisions else None,
        _("nästa gång %(day)s", day=date_words(next_date)) if next_date else _("ingen dag för nästa gång"),
    ]
    return str(upper_first(", ".join(str(part) for part in parts if part is not None)))
