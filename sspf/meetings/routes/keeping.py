"""The notes of a meeting that has been held: written, looked through as others will read them, and published."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.cases.policy import access_to
from sspf.law.purposes import Purpose
from sspf.meetings import attending, locking, noting, policy, queries, service
from sspf.meetings.forms import NOTE_LENGTH, NotesForm
from sspf.meetings.grounds import may_hear
from sspf.meetings.noting import noted_about
from sspf.meetings.room import IN_ROOM, cases_in_room, present_by_case
from sspf.meetings.routes.finding import Led, led_meeting
from sspf.meetings.routes.registry import router
from sspf.meetings.routes.showing import NOTICES, by_name
from sspf.organisations import queries as organisations
from sspf.vault import door
from sspf.vault.reading import Reading
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank


@router.get("/moten/{meeting_id}/anteckningar", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def edit_notes(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_write_notes(actor, led.meeting))
    reading = _reading(session, actor, led)
    standing = queries.notes_of(session, reading, led.meeting)
    typed = {f"sentences[{case_id}]": reading.reveal(note, "statement") for case_id, note in standing.items()}
    was = {f"was[{case_id}]": note.id for case_id, note in standing.items()}
    came = [row.id for row in led.attendance if row.came_at]
    return _form_page(page, session, actor, led, blank(**typed, **was, was_here=came))


@router.post("/moten/{meeting_id}/anteckningar", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def save_notes(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    form: Sent[NotesForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_write_notes(actor, led.meeting))
    if form.data is None:
        return _form_page(page, session, actor, led, form, status=422)
    reading = _reading(session, actor, led)
    try:
        noting.save_notes(
            session,
            actor,
            led.meeting,
            led.agenda,
            reading,
            typed=form.data.sentences,
            was=form.data.was,
        )
    except noting.NotedFirst as first:
        standing = queries.notes_of(session, reading, led.meeting)
        was = {f"was[{case_id}]": [str(note.id)] for case_id, note in standing.items()}
        again: Submitted[NotesForm] = Submitted(typed={**form.typed, **was})
        return _form_page(page, session, actor, led, again, theirs=first.theirs, status=409)
    attending.correct_attendance(
        session, actor, led.meeting, led.attendance, listed=form.data.listed, was_here=form.data.was_here
    )
    if form.data.then == "granska" and policy.can_publish(actor, led.meeting):
        return page.see_other("review_notes", meeting_id=meeting_id)
    return page.see_other("show_meeting", meeting_id=meeting_id, query={"klart": "anteckningar"})


@router.get("/moten/{meeting_id}/publicera", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def review_notes(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    """What those who take part will read, case by case, and who they are."""
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_publish(actor, led.meeting))
    names = organisations.names(session, actor.municipality_id)
    service.record_shown(session, actor, led.meeting, led.agenda)
    about = noted_about(led.agenda)
    came = [row for row in led.attendance if row.came_at]
    readers = {
        entry.case.id: sorted(names[one] for one in may_hear(entry.case, led.now) - {entry.case.coordination_id})
        for entry in about
    }
    return page.render(
        "meetings/publish.html",
        meeting=led.meeting,
        cases=cases_in_room(session, actor, led.meeting, about, names=names, now=led.now),
        was_here=present_by_case(about, came, names, led.now),
        readers=readers,
    )


@router.post("/moten/{meeting_id}/publicera", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def publish_notes(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_write_notes(actor, led.meeting))
    noting.publish(session, actor, led.meeting, led.agenda, _reading(session, actor, led))
    return page.see_other("show_meeting", meeting_id=meeting_id, query={"klart": "publicerat"})


def _reading(session: Session, actor: Actor, led: Led) -> Reading:
    accesses = [access_to(actor, entry.case, led.now) for entry in led.agenda]
    return door.open(session, accesses, Purpose.MEETING, kinds=IN_ROOM)


def _form_page(
    page: Page,
    session: Session,
    actor: Actor,
    led: Led,
    form: Submitted[NotesForm],
    *,
    theirs: Mapping[UUID, str] | None = None,
    status: int = 200,
) -> Response:
    service.record_shown(session, actor, led.meeting, led.agenda)
    names = organisations.names(session, actor.municipality_id)
    listed = by_name(session, actor, led, names, led.attendance)
    return page.render(
        "meetings/keep.html",
        status=status,
        meeting=led.meeting,
        about=noted_about(led.agenda),
        listed=[(one.row.id, f"{one.name}, {one.place}" if one.place else one.name) for one in listed],
        form=form,
        theirs=theirs or {},
        most=NOTE_LENGTH,
        may_publish=policy.can_publish(actor, led.meeting),
        notice=page.notice(NOTICES),
    )
