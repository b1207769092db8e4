"""A meeting until it begins: planned, changed, called off. Never commits.

The caller holds the meeting's exclusive lock and those of the cases on its agenda
(``sspf.meetings.locking``); a meeting that is only being made is known to nobody yet.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.db import clock, new_id
from sspf.errors import Conflict, ValidationFailed
from sspf.meetings import attending, policy
from sspf.meetings.events import MeetingEvent, subject_of, subjects_of
from sspf.meetings.models import AgendaItem, Attendance, Meeting, MeetingKind, MeetingState
from sspf.meetings.queries import OnAgenda
from sspf.texts import _

LONGEST_AHEAD = timedelta(days=730)
LONGEST_AGO = timedelta(days=62)


def plan_meeting(
    session: Session,
    actor: Actor,
    *,
    starts_at: datetime,
    place: str,
    cases: Sequence[Case],
    kind: MeetingKind = MeetingKind.GROUP,
) -> Meeting:
    """Plan a meeting about ``cases``, in that order, and ask those who are named in them to come.

    Raises:
        ValidationFailed: the day is too far off, a case cannot be taken up, or a family would hear of another.
    """
    require(policy.can_plan(actor))
    _require_near(session, starts_at)
    _require_able(session, cases)
    if kind is MeetingKind.FAMILY and len(cases) != 1:
        raise ValidationFailed(cases=_("Ett möte med familjen handlar om ett enda ärende. Välj ett."))
    meeting = Meeting(
        id=new_id(),
        municipality_id=actor.municipality_id,
        coordination_id=actor.organisation_id,
        leader_id=actor.user_id,
        kind=kind,
        starts_at=starts_at,
        place=place,
    )
    session.add(meeting)
    session.flush()  # the agenda points at it
    _put_on_agenda(session, meeting, cases, after=0)
    attending.invite(session, meeting, cases, [])
    record(session, actor.did(MeetingEvent.PLANNED, *subjects_of(meeting, (case.id for case in cases))))
    return meeting


def change_meeting(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    *,
    version: int,
    starts_at: datetime,
    place: str,
    cases: Sequence[Case],
    agenda: Sequence[OnAgenda],
    attendance: Sequence[Attendance],
) -> None:
    """Change day, place and agenda. Whoever is named in a case that is new here is asked to come.

    Raises:
        Conflict: the meeting is not at ``version`` any more.
        ValidationFailed: the day is too far off, or a case cannot be taken up.
    """
    require(policy.can_change(actor, meeting))
    if meeting.version != version:
        raise Conflict
    _require_near(session, starts_at)
    kept = {entry.case.id for entry in agenda}
    wanted = {case.id for case in cases}
    added = [case for case in cases if case.id not in kept]
    if meeting.kind is MeetingKind.FAMILY and wanted != kept:
        raise ValidationFailed(
            cases=_("Familjen är inbjuden till det här ärendet. Planera ett nytt möte om ett annat.")
        )
    _require_able(session, added)
    meeting.starts_at = starts_at
    meeting.place = place
    flag_modified(meeting, "place")  # its version counts the agenda too: whoever comes second is told so
    for entry in agenda:
        if entry.case.id not in wanted:
            session.delete(entry.item)
    session.flush()
    _put_on_agenda(session, meeting, added, after=max((entry.item.position for entry in agenda), default=0))
    attending.invite(session, meeting, added, attendance)
    record(session, actor.did(MeetingEvent.CHANGED, *subjects_of(meeting, sorted(kept ^ wanted))))


def _require_near(session: Session, starts_at: datetime) -> None:
    """A meeting may be written down afterwards; a day years away is a slip of the keyboard."""
    now = clock.now(session)
    if starts_at > now + LONGEST_AHEAD:
        raise ValidationFailed(day=_("Dagen är mer än två år bort. Kontrollera årtalet."))
    if starts_at < now - LONGEST_AGO:
        raise ValidationFailed(day=_("Det är mer än två månader sedan den dagen. Kontrollera datumet."))


def _require_able(session: Session, cases: Sequence[Case]) -> None:
    now = clock.now(session)
    for case in cases:
        able = policy.can_take_up(case, now)
        if not able:
            raise ValidationFailed(cases=_("%(alias)s: %(reason)s", alias=case.alias, reason=able.reason))


def _put_on_agenda(session: Session, meeting: Meeting, cases: Sequence[Case], *, after: int) -> None:
    session.add_all(
        AgendaItem(municipality_id=meeting.municipality_id, meeting_id=meeting.id, case_id=case.id, position=position)
        for position, case in enumerate(cases, start=after + 1)
    )
    session.flush()


def cancel_meeting(session: Session, actor: Actor, meeting: Meeting) -> None:
    """Call the meeting off; it stays in the list as cancelled."""
    require(policy.can_change(actor, meeting))
    meeting.state = MeetingState.CANCELLED
    record(session, actor.did(MeetingEvent.CANCELLED, subject_of(meeting)))
