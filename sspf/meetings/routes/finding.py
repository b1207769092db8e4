"""A meeting found for a press on its page, and the way back to the page from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth import sessions as auth_sessions
from auth.actor import Actor
from auth.decisions import require
from sspf.db import clock
from sspf.errors import NotFound, ValidationFailed
from sspf.meetings import locking, policy, queries
from sspf.meetings.models import Attendance, Meeting, MeetingState
from sspf.meetings.queries import OnAgenda
from sspf.web import FormModel, Page, Submitted

Model = TypeVar("Model", bound=FormModel)


@dataclass(frozen=True, slots=True)
class Led:
    """A meeting that the actor leads, its locks held."""

    meeting: Meeting
    agenda: Sequence[OnAgenda]
    attendance: Sequence[Attendance]
    now: datetime

    def entry(self, case_id: UUID) -> OnAgenda:
        """The case's place on the agenda, or NotFound."""
        found = next((entry for entry in self.agenda if entry.case.id == case_id), None)
        if found is None:
            raise NotFound
        return found

    def talked_about(self, case_id: UUID) -> OnAgenda:
        """The same for a case that can be talked about now; otherwise the leader is told why not."""
        found = self.entry(case_id)
        require(policy.can_take_up(found.case, self.now))
        return found

    def attendee(self, attendance_id: UUID) -> Attendance:
        found = next((row for row in self.attendance if row.id == attendance_id), None)
        if found is None:
            raise NotFound
        return found


def led_meeting(page: Page, session: Session, actor: Actor, meeting_id: UUID) -> Led:
    """The meeting for somebody who leads it; who may only follow it is told so."""
    meeting, attendance = queries.get_meeting_and_attendance(session, actor, meeting_id)
    require(policy.can_lead(actor, meeting))
    agenda = queries.agenda_of(session, actor, meeting)
    locking.require_locked(page.request, agenda)
    now = clock.now(session)
    stay_signed_in(session, actor, meeting, now)
    return Led(meeting, agenda, attendance, now)


def stay_signed_in(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """Nobody signs in again in front of a family: at a meeting a session may rest for an hour."""
    if meeting.state is MeetingState.ONGOING:
        auth_sessions.extend_idle(session, actor.session_id, now=now)


def back(page: Page, meeting_id: UUID, case_id: UUID | None, *, klart: str = "", nyss: UUID | None = None) -> Response:
    """To the meeting's page with the same case in front, after a change."""
    query = {"arende": str(case_id or ""), "klart": klart, "nyss": str(nyss or "")}
    return page.see_other(
        "show_meeting", meeting_id=meeting_id, query={name: value for name, value in query.items() if value}
    )


def valid(form: Submitted[Model]) -> Model:
    """What a press sent. No page of ours sends anything else, so there is no form to show again.

    Raises:
        ValidationFailed: it cannot be read.
    """
    if form.data is None:
        raise ValidationFailed(**{problem.name: problem.sentence for problem in form.problems})
    return form.data
