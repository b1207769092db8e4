"""Reads of screens and of the room around one: plain columns, except what a reading shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, String, func, literal, or_, select, type_coerce, union_all
from sqlalchemy.orm import Session, joinedload

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.models import Case, Participation
from sspf.errors import NotFound
from sspf.law.kinds import Kind
from sspf.meetings.models import AgendaItem, Attendance, ItemState, Meeting, Presence
from sspf.plans.models import TO_DO, Action, ActionText, Status
from sspf.plans.queries.views import newest_texts, with_texts
from sspf.screen.models import Screen
from sspf.screen.policy import Situation
from sspf.vault.changes import live_now

KINDS = (Kind.ACTIONS,)
_TAKES_PART = "takes_part"


@dataclass(frozen=True, slots=True)
class Standing:
    """A screen with its meeting and the case that is being talked about, if any, at one moment."""

    screen: Screen
    meeting: Meeting
    case: Case | None
    now: datetime


def find_open(session: Session, meeting_id: UUID) -> Standing | None:
    """The meeting's screen that nobody has ended; its session or its meeting may have."""
    return _standing(session, Screen.meeting_id == meeting_id, Screen.ended_at.is_(None))


def find_screen(session: Session, screen_id: UUID) -> Standing | None:
    """A screen, whatever has become of it."""
    return _standing(session, Screen.id == screen_id)


def _standing(session: Session, *conditions: ColumnElement[bool]) -> Standing | None:
    found = session.execute(
        select(Screen, Meeting, Case, func.statement_timestamp())
        .join(Meeting, Meeting.id == Screen.meeting_id)
        .outerjoin(AgendaItem, (AgendaItem.meeting_id == Meeting.id) & (AgendaItem.state == ItemState.CURRENT))
        .outerjoin(Case, Case.id == AgendaItem.case_id)
        .where(*conditions)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return Standing(*found) if found is not None else None


def meeting_of(session: Session, screen_id: UUID) -> UUID | None:
    """The meeting that a screen is of: for the locks alone."""
    return session.scalars(select(Screen.meeting_id).where(Screen.id == screen_id)).one_or_none()


def find_by_code(session: Session, code_digest: bytes) -> Screen | None:
    """The screen that is waiting for this code."""
    waiting = Screen.code_until > func.statement_timestamp()
    found = select(Screen).where(Screen.code_digest == code_digest, waiting, Screen.ended_at.is_(None))
    return session.scalars(found).one_or_none()


def lock_screen(session: Session, screen_id: UUID) -> Screen:
    """The screen as it is now, kept from whoever types the same code at the same time."""
    found = select(Screen).where(Screen.id == screen_id).with_for_update()
    return session.scalars(found, execution_options={"populate_existing": True}).one()


def situation_of(session: Session, standing: Standing, *, is_led: bool) -> Situation:
    """The room as it is now. The locks of the meeting and its cases are held."""
    meeting, case = standing.meeting, standing.case
    in_room: Any = union_all(_asked(meeting), _taking_part(case))
    rows: Sequence[Row[Any]] = session.execute(in_room).all()
    asked = {row.organisation_id for row in rows if row.as_what != _TAKES_PART and row.organisation_id is not None}
    taking_part = {row.organisation_id for row in rows if row.as_what == _TAKES_PART}
    return Situation(
        screen=standing.screen,
        meeting=meeting,
        is_led=is_led,
        case=case,
        audience=frozenset({meeting.coordination_id, *asked}),
        is_somebody_here=any(row.as_what == Presence.PRESENT for row in rows),
        may_hear=frozenset({meeting.coordination_id, *taking_part}),
        now=standing.now,
    )


def _asked(meeting: Meeting) -> Select[UUID | None, str]:
    """Everyone who was asked to come and has not left, also whoever comes from no organisation."""
    as_what = type_coerce(Attendance.presence, String).label("as_what")
    return select(Attendance.organisation_id, as_what).where(
        Attendance.meeting_id == meeting.id, Attendance.presence != Presence.GONE
    )


def _taking_part(case: Case | None) -> Select[UUID, str]:
    now = func.statement_timestamp()
    return select(Participation.organisation_id, literal(_TAKES_PART).label("as_what")).where(
        Participation.case_id == (case.id if case is not None else None),
        Participation.ended_at.is_(None),
        Participation.valid_from <= now,
        Participation.valid_until > now,
    )


def versions_of(session: Session, meeting: Meeting, case: Case, audience: Collection[UUID]) -> list[str]:
    """What the content may have changed by: who has been told what, and how each action stands. Opens nothing."""
    told = live_now([("case", case.id)], audience, KINDS).add_columns(literal(0))
    standing = _shown(meeting, case).with_only_columns(Action.id, Action.version).order_by(None)
    return sorted(f"{one}/{version}" for one, version in session.execute(union_all(told, standing)))


def get_case(session: Session, leader: Actor, case_id: UUID) -> Case:
    """The case for whoever leads the meeting, with its people, or NotFound."""
    found = cases.visible_to(leader).where(Case.id == case_id).options(joinedload(Case.people))
    case = session.scalars(found.execution_options(populate_existing=True)).unique().one_or_none()
    if case is None:
        raise NotFound
    return case


def list_actions(session: Session, meeting: Meeting, case: Case) -> tuple[list[Action], dict[UUID, ActionText]]:
    """What is to be done and what was done at this meeting, as it was agreed on, and the newest wording of each."""
    found = session.execute(with_texts(_shown(meeting, case)).execution_options(populate_existing=True)).all()
    return list(dict.fromkeys(action for action, _text in found)), newest_texts(text for _action, text in found)


def _shown(meeting: Meeting, case: Case) -> Select[Action]:
    done_here = (Action.status == Status.DONE) & (Action.done_at >= meeting.began_at)
    return (
        select(Action)
        .where(Action.case_id == case.id, or_(Action.status.in_(TO_DO), done_here))
        .order_by(Action.is_family, Action.id)
    )
