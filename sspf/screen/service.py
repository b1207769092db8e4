"""Everything that changes a screen: require, change, record. Never commits.

The caller holds the meeting's lock, exclusively but for ``connect``.
"""

import secrets
from uuid import uuid4

from sqlalchemy.orm import Session

from audit.events import SYSTEM_LOG, Event, EventTag, Subject, Who
from audit.log import record
from audit.sealing import Sealer
from auth.actor import Actor
from auth.decisions import require
from auth.ticket_keys import signing_ring
from auth.tokens import SCREEN, issue
from sspf.cases.models import Case
from sspf.db import clock, new_id
from sspf.meetings import policy as meetings
from sspf.meetings.events import MeetingEvent, subject_in, subject_of
from sspf.meetings.models import Meeting
from sspf.screen import codes, queries
from sspf.screen.events import ScreenEvent
from sspf.screen.models import Screen


def open_screen(session: Session, actor: Actor, meeting: Meeting) -> Screen:
    """Show the meeting on a screen, in place of any that there is. Pressing twice changes nothing more."""
    require(meetings.can_work(actor, meeting))
    now = clock.now(session)
    current = _open_now(session, meeting)
    if current is not None and current.session_id == actor.session_id and now < current.until:
        return current
    if current is not None:
        _end(session, actor, current)
        session.flush()  # one at a time, also inside the transaction
    screen = Screen(
        id=new_id(),
        municipality_id=actor.municipality_id,
        meeting_id=meeting.id,
        user_id=actor.user_id,
        assignment_id=actor.assignment_id,
        session_id=actor.session_id,
        opened_at=now,
        salt=secrets.token_bytes(16),
    )
    session.add(screen)
    session.flush()
    _record(session, actor, ScreenEvent.OPENED, screen)
    return screen


def make_code(session: Session, actor: Actor, meeting: Meeting, *, key: bytes) -> str:
    """A code that one other computer may be connected with, once and within a minute. An earlier one is gone."""
    screen = open_screen(session, actor, meeting)
    until, code = clock.now(session) + codes.LASTS, codes.new_code()
    screen.code_digest, screen.code_until = codes.digest(key, code), until
    _record(session, actor, ScreenEvent.CODE_MADE, screen)
    return code


def connect(session: Session, leader: Actor, screen: Screen, *, sealer: Sealer) -> str:
    """Use up the code: a ticket for whoever typed it, and for nobody who had one before. The row is locked."""
    now = clock.now(session)
    screen.code_digest = screen.code_until = None
    screen.ticket_id = uuid4()
    _record(session, leader, ScreenEvent.CONNECTED, screen)
    ring = signing_ring(session, sealer, now=now)
    return issue(ring, SCREEN, subject=screen.id, ticket_id=screen.ticket_id, now=now, until=screen.until)


def pause(session: Session, actor: Actor, meeting: Meeting) -> None:
    """Black, at once. Pressing again leaves it black."""
    require(meetings.can_work(actor, meeting))
    _set_paused(session, actor, meeting, is_paused=True)


def resume(session: Session, actor: Actor, meeting: Meeting) -> None:
    """Show again what is to be shown."""
    require(meetings.can_work(actor, meeting))
    _set_paused(session, actor, meeting, is_paused=False)


def end(session: Session, actor: Actor, meeting: Meeting) -> None:
    """No screen any more, wherever it is shown. Pressing again changes nothing more."""
    require(meetings.can_lead(actor, meeting))
    screen = _open_now(session, meeting)
    if screen is not None:
        _end(session, actor, screen)


def record_control_shown(session: Session, actor: Actor, meeting: Meeting, case: Case | None) -> None:
    """Put on record that the leader was told what the screen shows of which case."""
    of_case = [subject_in(meeting, case.id)] if case is not None else []
    record(session, actor.did(MeetingEvent.SHOWN, subject_of(meeting), *of_case))


def record_code_refused(session: Session, *, next_in: int) -> None:
    """Put on record that somebody typed a code that no screen waits for; never what was typed."""
    record(session, Event(log=SYSTEM_LOG, tag=ScreenEvent.CODE_REFUSED, who=Who(), facts={"next_in": next_in}))


def _set_paused(session: Session, actor: Actor, meeting: Meeting, *, is_paused: bool) -> None:
    screen = _open_now(session, meeting)
    if screen is None or screen.is_paused is is_paused:
        return
    screen.is_paused = is_paused
    _record(session, actor, ScreenEvent.PAUSED if is_paused else ScreenEvent.RESUMED, screen)


def _open_now(session: Session, meeting: Meeting) -> Screen | None:
    found = queries.find_open(session, meeting.id)
    return found.screen if found is not None else None


def _end(session: Session, actor: Actor, screen: Screen) -> None:
    screen.ended_at = clock.now(session)
    screen.code_digest = screen.code_until = None
    _record(session, actor, ScreenEvent.ENDED, screen)


def _record(session: Session, actor: Actor, tag: EventTag, screen: Screen) -> None:
    subject = Subject(ids={"meeting": str(screen.meeting_id), "screen": str(screen.id)})
    record(session, actor.did(tag, subject))
