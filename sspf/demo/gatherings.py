"""The demo's meetings: one held last week, one today."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.db import clock, locks
from sspf.db.clock import SWEDEN
from sspf.demo.troupe import Troupe
from sspf.meetings import queries, service

PLACE = "Kommunhuset, rum Eken"


def plan_meeting_today(troupe: Troupe, case_ids: Sequence[UUID]) -> None:
    """This afternoon, or in an hour if it is that late."""
    with troupe.sessions.begin() as session:
        now = clock.now(session).astimezone(SWEDEN)
        starts_at = max(now.replace(hour=15, minute=0, second=0, microsecond=0), _next_quarter(now))
        _plan(troupe, session, case_ids, starts_at)


def hold_meeting(troupe: Troupe, case_ids: Sequence[UUID]) -> None:
    """A week ago, about ``case_ids``: begun, taken up and ended."""
    leader = troupe.actors["coordinator"]
    with troupe.sessions.begin() as session:
        starts_at = clock.now(session) - timedelta(days=7)
        meeting_id = _plan(troupe, session, case_ids, starts_at)
    with troupe.sessions.begin() as session:
        locks.exclusive(session, meeting_id, *case_ids)
        meeting = queries.get_meeting(session, leader, meeting_id)
        agenda = queries.agenda_of(session, leader, meeting)
        service.begin_meeting(session, leader, meeting, agenda, recording_off=True)
        service.end_meeting(session, leader, meeting, agenda, taken_up=case_ids)


def _plan(troupe: Troupe, session: Session, case_ids: Sequence[UUID], starts_at: datetime) -> UUID:
    leader = troupe.actors["coordinator"]
    locks.exclusive(session, *case_ids)
    on_agenda: list[Case] = [cases.get_case(session, leader, case_id) for case_id in case_ids]
    return service.plan_meeting(session, leader, starts_at=starts_at, place=PLACE, cases=on_agenda).id


def _next_quarter(now: datetime) -> datetime:
    """The next quarter of an hour, still today unless it is nearly midnight."""
    later = now + timedelta(minutes=15 - now.minute % 15)
    return later.replace(second=0, microsecond=0)
