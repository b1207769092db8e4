"""Reads of screens and of the room around one: plain columns, except what a reading shows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from sspf.cases.models import Case, Participation
from sspf.law.kinds import Kind
from sspf.meetings.models import AgendaItem, Attendance, ItemState, Meeting, Presence
from sspf.plans.models import TO_DO, Action, Status
from sspf.screen.models import Screen
from sspf.screen.policy import Situation
from sspf.vault.changes import live_now

KINDS = (Kind.ACTIONS,)


def find_open(session: Session, meeting_id: UUID) -> Screen | None:
    """The meeting's screen that nobody has ended; its session or its meeting may have."""
    return _fresh(session, Screen.meeting_id == meeting_id, Screen.ended_at.is_(None))


def find_screen(session: Session, screen_id: UUID) -> Screen | None:
    """A screen, whatever has become of it, read afresh."""
    return _fresh(session, Screen.id == screen_id)


def find_by_code(session: Session, code_digest: bytes, now: datetime) -> Screen | None:
    """The screen that is waiting for this code."""
    return _fresh(session, Screen.code_digest == code_digest, Screen.code_until > now, Screen.ended_at.is_(None))


def lock_screen(session: Session, screen_id: UUID) -> Screen:
    """The screen as it is now, kept from whoever types the same code at the same time."""
    found = select(Screen).where(Screen.id == screen_id).with_for_update()
    return session.scalars(found, execution_options={"populate_existing": True}).one()


def _fresh(session: Session, *conditions: ColumnElement[bool]) -> Screen | None:
    found = select(Screen).where(*conditions).execution_options(populate_existing=True)
    return session.scalars(found).one_or_none()


def situation_of(session: Session, screen: Screen, *, is_led: bool) -> Situation:
    """The room as it is now. The locks of the meeting and its cases are held."""
    meeting, case, now = session.execute(
        select(Meeting, Case, func.statement_timestamp())
        .outerjoin(AgendaItem, (AgendaItem.meeting_id == Meeting.id) & (AgendaItem.state == ItemState.CURRENT))
        .outerjoin(Case, Case.id == AgendaItem.case_id)
        .where(Meeting.id == screen.meeting_id)
        .execution_options(populate_existing=True)
    ).one()
    asked = session.execute(
        select(Attendance.organisation_id, Attendance.presence)
        .where(Attendance.meeting_id == meeting.id, Attendance.presence != Presence.GONE)
        .distinct()
    ).all()
    invited = {organisation_id for organisation_id, _presence in asked if organisation_id is not None}
    taking_part = session.scalars(_taking_part(case.id)).all() if case is not None else ()
    return Situation(
        screen=screen,
        meeting=meeting,
        is_led=is_led,
        case=case,
        audience=frozenset({meeting.coordination_id, *invited}),
        is_somebody_here=any(presence is Presence.PRESENT for _organisation_id, presence in asked),
        may_hear=frozenset({meeting.coordination_id, *taking_part}),
        now=now,
    )


def _taking_part(case_id: UUID) -> Select[UUID]:
    now = func.statement_timestamp()
    return select(Participation.organisation_id).where(
        Participation.case_id == case_id,
        Participation.ended_at.is_(None),
        Participation.valid_from <= now,
        Participation.valid_until > now,
    )


def versions_of(session: Session, meeting: Meeting, case: Case, audience: Collection[UUID]) -> list[str]:
    """What the content may have changed by: who has been told what, and how each action stands. Opens nothing."""
    told = live_now(session, [("case", case.id)], audience, KINDS)
    standing = session.execute(_shown(meeting, case).with_only_columns(Action.id, Action.version))
    return [*(str(one) for one in told), *(f"{action_id}/{version}" for action_id, version in standing)]


def list_actions(session: Session, meeting: Meeting, case: Case) -> Sequence[Action]:
    """What is to be done and what was done at this meeting, in the order it was agreed on; for a reading to show."""
    return session.scalars(_shown(meeting, case).execution_options(populate_existing=True)).all()


def _shown(meeting: Meeting, case: Case) -> Select[Action]:
    done_here = (Action.status == Status.DONE) & (Action.done_at >= meeting.began_at)
    return (
        select(Action)
        .where(Action.case_id == case.id, or_(Action.status.in_(TO_DO), done_here))
        .order_by(Action.is_family, Action.id)
    )
