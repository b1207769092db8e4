"""What is written at a meeting: a new action on one line, what became of the others, and decisions."""

from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.cases.policy import access_to
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.meetings import acting, deciding, locking, policy, queries
from sspf.meetings.forms import ActionForm, DecisionForm, PressForm
from sspf.meetings.models import Decision
from sspf.meetings.routes.finding import Led, back, led_meeting, valid
from sspf.meetings.routes.registry import router
from sspf.meetings.routes.showing import leaders_page
from sspf.plans import queries as plans
from sspf.plans.responsible import parse
from sspf.vault import door
from sspf.vault.reading import Reading
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank


@router.post("/moten/{meeting_id}/arenden/{case_id}/atgarder", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def add_action_at_meeting(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    case_id: UUID,
    form: Sent[ActionForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_work(actor, led.meeting))
    case = led.talked_about(case_id).case
    if form.data is not None:
        who = parse(form.data.who)
        try:
            action = acting.add_action(
                session, actor, led.meeting, case, what=form.data.what, who=who, due=form.data.due
            )
        except ValidationFailed as failed:
            form = form.refused(failed)
        else:
            return back(page, meeting_id, case_id, klart="atagande", nyss=action.id)
    return leaders_page(page, session, actor, led, asked_for=case_id, status=422, forms={"action_form": form})


@router.post(
    "/moten/{meeting_id}/arenden/{case_id}/atgarder/{action_id}",
    access=Access.SIGNED_IN,
    lock=locking.meeting_exclusive,
)
def press_action(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    case_id: UUID,
    action_id: UUID,
    form: Sent[PressForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_work(actor, led.meeting))
    case = led.talked_about(case_id).case
    pressed = valid(form)
    reading = door.open(
        session,
        access_to(actor, case, led.now),
        Purpose.MEETING,
        envelope_ids=plans.envelope_ids(session, case, action_id),
    )
    acting.press(
        session,
        actor,
        led.meeting,
        case,
        plans.get_action(session, reading, case, action_id),
        what=pressed.press,
        version=pressed.version,
        later=pressed.later,
    )
    return back(page, meeting_id, case_id, nyss=action_id)


@router.post("/moten/{meeting_id}/arenden/{case_id}/beslut", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def write_decision(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    case_id: UUID,
    form: Sent[DecisionForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    require(policy.can_work(actor, led.meeting))
    case = led.talked_about(case_id).case
    if form.data is None:
        return leaders_page(page, session, actor, led, asked_for=case_id, status=422, forms={"decision_form": form})
    deciding.write_decision(session, actor, led.meeting, case, statement=form.data.decision)
    return back(page, meeting_id, case_id, klart="beslut")


@router.get("/moten/{meeting_id}/beslut/{decision_id}", access=Access.SIGNED_IN, lock=locking.meeting_shared)
def edit_decision(
    page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID, decision_id: UUID
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    decision = queries.get_decision(session, led.meeting, decision_id)
    case = led.entry(decision.case_id).case
    require(policy.can_correct(actor, led.meeting, case))
    reading = _reading(session, actor, case, decision)
    form = blank(decision=reading.reveal(decision, "statement"))
    return _decision_page(page, led, case, decision, form)


@router.post("/moten/{meeting_id}/beslut/{decision_id}", access=Access.SIGNED_IN, lock=locking.meeting_exclusive)
def correct_decision(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    meeting_id: UUID,
    decision_id: UUID,
    form: Sent[DecisionForm],
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    decision = queries.get_decision(session, led.meeting, decision_id)
    case = led.entry(decision.case_id).case
    require(policy.can_correct(actor, led.meeting, case))
    if form.data is None:
        return _decision_page(page, led, case, decision, form, status=422)
    try:
        deciding.correct_decision(session, actor, led.meeting, case, decision, statement=form.data.decision)
    except Conflict:
        newest = queries.newest_of(session, decision)
        theirs = _reading(session, actor, case, newest).reveal(newest, "statement")
        return _decision_page(page, led, case, newest, form, theirs=theirs, status=409)
    return back(page, meeting_id, case.id, klart="rattat")


@router.post(
    "/moten/{meeting_id}/beslut/{decision_id}/ta-bort", access=Access.SIGNED_IN, lock=locking.meeting_exclusive
)
def remove_decision(
    page: CurrentPage, session: DbSession, actor: CurrentActor, meeting_id: UUID, decision_id: UUID
) -> Response:
    led = led_meeting(page, session, actor, meeting_id)
    decision = queries.get_decision(session, led.meeting, decision_id)
    case = led.entry(decision.case_id).case
    deciding.remove_decision(session, actor, led.meeting, case, decision)
    return back(page, meeting_id, case.id, klart="borttaget")


def _reading(session: Session, actor: Actor, case: Case, decision: Decision) -> Reading:
    return door.open(
        session,
        access_to(actor, case, clock.now(session)),
        Purpose.CORRECTION,
        kinds=(Kind.ACTIONS,),
        envelope_ids=[decision.envelope_id],
    )


def _decision_page(
    page: Page,
    led: Led,
    case: Case,
    decision: Decision,
    form: Submitted[DecisionForm],
    *,
    theirs: str | None = None,
    status: int = 200,
) -> Response:
    return page.render(
        "meetings/decision.html",
        status=status,
        meeting=led.meeting,
        case=case,
        decision_id=decision.id,
        is_removed=decision.removed_at is not None,
        form=form,
        theirs=theirs,
    )
