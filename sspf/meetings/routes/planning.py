"""Planning a meeting, changing what was planned, and calling it off."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.db import locks
from sspf.db.clock import SWEDEN
from sspf.errors import Conflict, ValidationFailed
from sspf.meetings import locking, planning, policy, queries, service
from sspf.meetings.choosing import Choice, choices_for
from sspf.meetings.forms import MeetingForm, NewForm
from sspf.meetings.models import Meeting, MeetingKind
from sspf.meetings.routes.finding import Led, led_meeting
from sspf.meetings.routes.registry import router
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Queried, Sent, Submitted, blank

KINDS = (
    (MeetingKind.GROUP, _("Möte i gruppen"), _("Ett eller flera ärenden. De som är namngivna i dem bjuds in.")),
    (MeetingKind.FAMILY, _("Möte med familjen"), _("Ett ärende. Den unge och vårdnadshavarna bjuds in också.")),
)


@router.get("/moten/nytt", access=Access.SIGNED_IN)
def new_meeting(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    wanted: Queried[NewForm],
) -> Response:
    require(policy.can_plan(actor))
    chosen = [wanted.data.arende] if wanted.data and wanted.data.arende else []
    return _form_page(page, session, actor, None, _new_form(chosen) if chosen else None, also=chosen)


@router.post("/moten/nytt", access=Access.SIGNED_IN)
def plan_meeting(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[MeetingForm],
) -> Response:
    require(policy.can_plan(actor))
    if form.data is not None:
        locks.exclusive(session, *form.data.cases)
        try:
            meeting = planning.plan_meeting(
                session,
                actor,
                starts_at=_starts_at(form.data),
                place=form.data.place,
                cases=_chosen(session, actor, form.data.cases),
                kind=form.data.kind,
            )
        except ValidationFailed as failed:
            form = form.refused(failed)
        else:
            return page.see_other("show_meeting", meeting_id=meeting.id, query={"klart": "planerat"})
    return _form_page(page, session, actor, None, form, status=422)


@router.get("/moten/{meeting_id}/andra", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def edit_meeting(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_change(actor, led.meeting))
    starts_at = led.meeting.starts_at.astimezone(SWEDEN)
    on_agenda = [entry.case.id for entry in led.agenda]
    form = blank(day=starts_at.date(), at=f"{starts_at:%H:%M}", place=led.meeting.place, cases=on_agenda)
    return _form_page(page, session, actor, led.meeting, form, also=on_agenda)


@router.post("/moten/{meeting_id}/andra", access=Access.SIGNED_IN)
def change_meeting(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    form: Sent[MeetingForm],
) -> Response:
    # the cases that are put on the agenda are in the form, so the route takes its locks itself
    locking.lock_with_cases(page.request, session, meeting_id, form.data.cases if form.data else ())
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_change(actor, led.meeting))
    status = 422
    if form.data is not None:
        try:
            planning.change_meeting(
                session,
                actor,
                led.meeting,
                version=form.data.version,
                starts_at=_starts_at(form.data),
                place=form.data.place,
                cases=_chosen(session, actor, form.data.cases),
                agenda=led.agenda,
                attendance=led.attendance,
            )
        except ValidationFailed as failed:
            form = form.refused(failed)
        except Conflict:
            status = 409
        else:
            return page.see_other("show_meeting", meeting_id=meeting_id, query={"klart": "andrat"})
    on_agenda = [entry.case.id for entry in led.agenda]
    return _form_page(page, session, actor, led.meeting, form, also=on_agenda, theirs=led, status=status)


@router.post("/moten/{meeting_id}/stall-in", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def cancel_meeting(page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    planning.cancel_meeting(session, actor, led.meeting)
    return page.see_other("list_meetings", query={"klart": "installt"})


def _form_page(
    page: Page,
    session: Session,
    actor: Actor,
    meeting: Meeting | None,
    form: Submitted[MeetingForm] | None,
    *,
    also: Collection[UUID] = (),
    theirs: Led | None = None,
    status: int = 200,
) -> Response:
    """The form for a new meeting or a changed one; ``theirs`` is what somebody else made of it meanwhile (409).

    Without a form it is a new one, with every case chosen that something speaks for.
    """
    choices = choices_for(session, actor, also)
    if form is None:
        form = _new_form([one.case.id for one in choices if one.why])
    service.record_cases_listed(session, actor, [one.case for one in choices])
    return page.render(
        "meetings/form.html",
        status=status,
        meeting=meeting,
        form=form,
        kinds=KINDS,
        choices=choices,
        are_all=len(choices) < queries.MOST_CASES,
        yours=_in_words(form, choices) if status == 409 else None,
        theirs=_as_it_stands(theirs) if theirs and status == 409 else None,
    )


def _new_form(chosen: Sequence[UUID]) -> Submitted[MeetingForm]:
    return blank(at="09:00", kind=MeetingKind.GROUP.value, cases=chosen)


def _starts_at(form: MeetingForm) -> datetime:
    return datetime.combine(form.day, form.at, SWEDEN)


def _chosen(session: Session, actor: Actor, case_ids: Collection[UUID]) -> list[Case]:
    """The chosen cases in the order they were chosen.

    Raises:
        ValidationFailed: one of them is not there for the actor.
    """
    known = {case.id: case for case in cases.list_cases_by_id(session, actor, set(case_ids))}
    if known.keys() != set(case_ids):
        raise ValidationFailed(cases=_("Ett av ärendena finns inte längre. Välj om."))
    return [known[case_id] for case_id in dict.fromkeys(case_ids)]


def _in_words(form: Submitted[MeetingForm], choices: Sequence[Choice]) -> str:
    chosen = set(form.chosen("cases"))
    aliases = sorted(one.case.alias for one in choices if str(one.case.id) in chosen)
    return "\n".join([f"{form.value('day')} {form.value('at')}", form.value("place"), ", ".join(aliases)])


def _as_it_stands(led: Led) -> str:
    starts_at = led.meeting.starts_at.astimezone(SWEDEN)
    return "\n".join(
        [f"{starts_at:%Y-%m-%d %H:%M}", led.meeting.place, ", ".join(entry.case.alias for entry in led.agenda)]
    )
