"""A meeting while it is planned and goes on: its page, the cases one by one, who is here, and the next date."""

from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.errors import Conflict, ValidationFailed
from sspf.meetings import attending, locking, policy, queries, service
from sspf.meetings.forms import AttendeeForm, BeginForm, NextDateForm, NobodyElseForm, PresenceForm, ShowForm
from sspf.meetings.routes.finding import back, led_meeting, valid
from sspf.meetings.routes.registry import router
from sspf.meetings.routes.showing import followers_page, leaders_page
from sspf.organisations import queries as organisations
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Queried, Sent
from sspf.web.locks import as_id


@router.get("/moten/{meeting_id}", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def show_meeting(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    wanted: Queried[ShowForm],
) -> Response:
    if not policy.can_plan(actor):
        return followers_page(page, session, actor, queries.get_meeting(session, actor, meeting_id))
    said = wanted.data or ShowForm()
    return leaders_page(
        page,
        session,
        actor,
        led_meeting(page, session, actor, meeting_id),
        asked_for=said.arende,
        said=said.klart,
        just=said.nyss,
    )


@router.post("/moten/{meeting_id}/borja", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def begin_meeting(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    form: Sent[BeginForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    try:
        service.begin_meeting(session, actor, led.meeting, led.agenda, recording_off=valid(form).recording_off)
    except ValidationFailed as failed:
        forms = {"begin_form": form.refused(failed)}
        return leaders_page(page, session, actor, led, status=422, forms=forms)
    return page.see_other("show_meeting", meeting_id=meeting_id)


@router.post("/moten/{meeting_id}/arenden/{case_id}/ta-upp", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def take_up(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID, case_id: UUID) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    service.take_up(session, actor, led.meeting, led.talked_about(case_id))
    return page.see_other("show_meeting", meeting_id=meeting_id)


@router.post("/moten/{meeting_id}/narvaro", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def add_attendee(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    form: Sent[AttendeeForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_set_presence(actor, led.meeting))
    if form.data is not None and form.data.attendee_from not in organisations.names(session, actor.municipality_id):
        form = form.refused(ValidationFailed(attendee_from=_("Välj ett av alternativen.")))
    if form.data is None:
        shown = as_id(form.value("shown"))
        return leaders_page(page, session, actor, led, asked_for=shown, status=422, forms={"attendee_form": form})
    attending.add_attendee(
        session,
        actor,
        led.meeting,
        led.attendance,
        organisation_id=form.data.attendee_from,
        name=form.data.attendee,
    )
    return back(page, meeting_id, form.data.shown, klart="narvaro")


@router.post("/moten/{meeting_id}/narvaro/{attendance_id}", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def set_presence(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    attendance_id: UUID,
    form: Sent[PresenceForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    row = led.attendee(attendance_id)
    attending.set_presence(session, actor, led.meeting, row, valid(form).presence)
    return back(page, meeting_id, valid(form).shown)


@router.post("/moten/{meeting_id}/kommer-inte", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def expect_nobody_else(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    form: Sent[NobodyElseForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    attending.expect_nobody_else(session, actor, led.meeting, led.attendance)
    return back(page, meeting_id, valid(form).shown, klart="ingen-mer")


@router.post(
    "/moten/{meeting_id}/arenden/{case_id}/nasta-gang", access=Access.SIGNED_IN, lock=locking.meeting_exclusive
)
def set_next_date(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    case_id: UUID,
    form: Sent[NextDateForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_work(actor, led.meeting))
    entry = led.talked_about(case_id)
    status = 422
    if form.data is not None:
        try:
            service.set_next_date(
                session, actor, led.meeting, entry, next_date=form.data.next_date, was=form.data.next_was
            )
        except ValidationFailed as failed:
            form = form.refused(failed)
        except Conflict as conflict:
            form, status = form.refused(ValidationFailed(next_date=conflict.reason)), 409
        else:
            return back(page, meeting_id, case_id, klart="datum")
    return leaders_page(page, session, actor, led, asked_for=case_id, status=status, forms={"next_form": form})
