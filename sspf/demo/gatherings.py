"""The demo's meetings: one held last week with its notes told, one today, and one with a family in a few days."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from sspf.cases import queries as cases
from sspf.cases.policy import access_to
from sspf.db import clock, locks
from sspf.db.clock import SWEDEN
from sspf.demo.troupe import Troupe
from sspf.law.purposes import Purpose
from sspf.meetings import attending, deciding, noting, planning, queries, service
from sspf.meetings.models import Meeting, MeetingKind, Presence
from sspf.meetings.queries import OnAgenda
from sspf.meetings.room import IN_ROOM
from sspf.vault import door
from sspf.vault.reading import Reading

PLACE = "Kommunhuset, rum Eken"
AT_THE_FAMILYS = "Ungdomens hus, lilla köket"
# how long the meeting took that is over; it is seeded in a moment
LASTED = timedelta(minutes=50)


def plan_meeting_today(troupe: Troupe, case_ids: Sequence[UUID]) -> None:
    """This afternoon, or in an hour if it is that late."""
    with troupe.sessions.begin() as session:
        now = clock.now(session).astimezone(SWEDEN)
        starts_at = max(now.replace(hour=15, minute=0, second=0, microsecond=0), _next_quarter(now))
        _plan(troupe, session, case_ids, starts_at)


def plan_meeting_with_family(troupe: Troupe, case_id: UUID) -> None:
    """After school in a few days: the youth and the guardians are asked to come too."""
    with troupe.sessions.begin() as session:
        starts_at = datetime.combine(_school_day(clock.today(session) + timedelta(days=2)), time(16, 30), SWEDEN)
        _plan(troupe, session, [case_id], starts_at, place=AT_THE_FAMILYS, kind=MeetingKind.FAMILY)


def hold_meeting(troupe: Troupe, noted: Mapping[UUID, str], decided: Mapping[UUID, str]) -> None:
    """A week ago, everyone there: what was decided in a case, and what was noted of it and then told."""
    leader, case_ids = troupe.actors["coordinator"], list(noted)
    with troupe.sessions.begin() as session:
        began = clock.now(session).astimezone(SWEDEN) - LASTED - timedelta(days=7)
        starts_at = began.replace(minute=began.minute // 15 * 15, second=0, microsecond=0)
        meeting_id = _plan(troupe, session, case_ids, starts_at)
    with troupe.sessions.begin() as session:
        locks.exclusive(session, meeting_id, *case_ids)
        meeting, attendance = queries.get_meeting_and_attendance(session, leader, meeting_id)
        agenda = queries.agenda_of(session, leader, meeting)
        service.begin_meeting(session, leader, meeting, agenda, recording_off=True)
        for row in attendance:
            attending.set_presence(session, leader, meeting, row, Presence.PRESENT)
        for entry in agenda:
            if entry.case.id in decided:
                deciding.write_decision(session, leader, meeting, entry.case, statement=decided[entry.case.id])
        service.end_meeting(session, leader, meeting, agenda, taken_up=case_ids)
        _tell_what_was_noted(troupe, session, meeting, agenda, noted)
        meeting.began_at = meeting.recording_off_at = clock.now(session) - LASTED


def _tell_what_was_noted(
    troupe: Troupe, session: Session, meeting: Meeting, agenda: Sequence[OnAgenda], noted: Mapping[UUID, str]
) -> None:
    leader = troupe.actors["coordinator"]

    def read() -> Reading:
        accesses = [access_to(leader, entry.case, clock.now(session)) for entry in agenda]
        return door.open(session, accesses, Purpose.MEETING, kinds=IN_ROOM)

    noting.save_notes(session, leader, meeting, agenda, read(), typed=noted, was={})
    noting.publish(session, leader, meeting, agenda, read())


def _plan(
    troupe: Troupe,
    session: Session,
    case_ids: Sequence[UUID],
    starts_at: datetime,
    *,
    place: str = PLACE,
    kind: MeetingKind = MeetingKind.GROUP,
) -> UUID:
    leader = troupe.actors["coordinator"]
    locks.exclusive(session, *case_ids)
    on_agenda = [cases.get_case(session, leader, case_id) for case_id in case_ids]
    return planning.plan_meeting(session, leader, starts_at=starts_at, place=place, cases=on_agenda, kind=kind).id


def _school_day(day: date) -> date:
    """That day, or the Monday after if it is at the weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def _next_quarter(now: datetime) -> datetime:
    """The next quarter of an hour, still today unless it is nearly midnight."""
    later = now + timedelta(minutes=15 - now.minute % 15)
    return later.replace(second=0, microsecond=0)
