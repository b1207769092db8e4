"""Everything that changes a meeting: require, change, record. Never commits.

The caller holds the meeting's exclusive lock and those of the cases on its agenda
(``sspf.meetings.locking``); a meeting that is only being made is known to nobody yet.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.db import clock, new_id
from sspf.errors import Conflict, ValidationFailed
from sspf.meetings import attending, policy
from sspf.meetings.events import MeetingEvent
from sspf.meetings.models import AgendaItem, Attendance, ItemState, Meeting, MeetingState
from sspf.meetings.queries import OnAgenda
from sspf.texts import _


def plan_meeting(
    session: Session, actor: Actor, *, starts_at: datetime, place: str, cases: Sequence[Case]
) -> Meeting:
    """Plan a meeting about ``cases``, in that order, and ask those who are named in them to come."""
    require(policy.can_plan(actor))
    _require_able(cases)
    meeting = Meeting(
        id=new_id(),
        municipality_id=actor.municipality_id,
        coordination_id=actor.organisation_id,
        leader_id=actor.user_id,
        starts_at=starts_at,
        place=place,
    )
    session.add(meeting)
    session.flush()  # the agenda points at it
    _put_on_agenda(session, meeting, cases, after=0)
    attending.invite(session, meeting, cases, [])
    record(session, actor.did(MeetingEvent.PLANNED, subject_of(meeting), *(_on(meeting, case.id) for case in cases)))
    return meeting


def change_meeting(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    *,
    starts_at: datetime,
    place: str,
    cases: Sequence[Case],
    agenda: Sequence[OnAgenda],
    attendance: Sequence[Attendance],
) -> None:
    """Change day, place and agenda. Whoever is named in a case that is new here is asked to come."""
    require(policy.can_change(actor, meeting))
    kept = {entry.case.id for entry in agenda}
    wanted = {case.id for case in cases}
    added = [case for case in cases if case.id not in kept]
    _require_able(added)
    meeting.starts_at = starts_at
    meeting.place = place
    for entry in agenda:
        if entry.case.id not in wanted:
            session.delete(entry.item)
    session.flush()
    _put_on_agenda(session, meeting, added, after=max((entry.item.position for entry in agenda), default=0))
    attending.invite(session, meeting, added, attendance)
    changed = (_on(meeting, case_id) for case_id in sorted(kept ^ wanted))
    record(session, actor.did(MeetingEvent.CHANGED, subject_of(meeting), *changed))


def _require_able(cases: Sequence[Case]) -> None:
    for case in cases:
        able = policy.can_take_up(case)
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


def begin_meeting(session: Session, actor: Actor, meeting: Meeting, agenda: Sequence[OnAgenda]) -> None:
    """Begin, led by whoever presses, with the first case that can be taken up."""
    require(policy.can_begin(actor, meeting))
    meeting.state = MeetingState.ONGOING
    meeting.leader_id = actor.user_id
    meeting.began_at = clock.now(session)
    record(session, actor.did(MeetingEvent.BEGAN, subject_of(meeting)))
    first = next((entry for entry in agenda if policy.can_take_up(entry.case)), None)
    if first is not None:
        take_up(session, actor, meeting, agenda, first)


def take_up(
    session: Session, actor: Actor, meeting: Meeting, agenda: Sequence[OnAgenda], entry: OnAgenda
) -> None:
    """Talk about ``entry`` now; the case before it is done. Pressing twice changes nothing more."""
    require(policy.can_work(actor, meeting))
    require(policy.can_take_up(entry.case))
    if entry.item.state is ItemState.CURRENT:
        return
    for other in agenda:
        if other.item.state is ItemState.CURRENT:
            other.item.state = ItemState.DONE
    session.flush()  # one current case at a time, also inside the transaction
    entry.item.state = ItemState.CURRENT
    record(session, actor.did(MeetingEvent.TAKEN_UP, _on(meeting, entry.case.id)))


def set_next_date(
    session: Session, actor: Actor, meeting: Meeting, entry: OnAgenda, *, next_date: date | None, was: date | None
) -> None:
    """Say when the case is to be taken up again; ``was`` is the date that the page showed.

    Raises:
        Conflict: somebody has said another date since.
    """
    require(policy.can_work(actor, meeting))
    if entry.item.next_date not in {was, next_date}:
        raise Conflict
    entry.item.next_date = next_date
    said = next_date.isoformat() if next_date else None
    record(session, actor.did(MeetingEvent.NEXT_DATE_SET, _on(meeting, entry.case.id), date=said))


def end_meeting(
    session: Session, actor: Actor, meeting: Meeting, agenda: Sequence[OnAgenda], *, taken_up: Collection[UUID]
) -> None:
    """End the meeting. The cases in ``taken_up`` were talked about; the others wait for another one."""
    require(policy.can_work(actor, meeting))
    for entry in agenda:
        entry.item.state = ItemState.DONE if entry.case.id in taken_up else ItemState.WAITING
    meeting.state = MeetingState.HELD
    meeting.ended_at = clock.now(session)
    held = (_on(meeting, entry.case.id) for entry in agenda if entry.item.state is ItemState.DONE)
    record(session, actor.did(MeetingEvent.HELD, subject_of(meeting), *held))


def subject_of(meeting: Meeting) -> Subject:
    return Subject(ids={"meeting": str(meeting.id)})


def _on(meeting: Meeting, case_id: UUID) -> Subject:
    return Subject(case_id=case_id, ids={"meeting": str(meeting.id)})
