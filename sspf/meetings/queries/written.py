"""What has been written at a meeting. Plain columns here; the words come out of a reading alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, null, or_, select
from sqlalchemy.orm import Session, aliased

from sspf.errors import NotFound
from sspf.meetings.models import Decision, Meeting
from sspf.plans.models import TO_DO, Action, ActionEvent, Change
from sspf.vault.reading import Reading


def decisions_of(
    session: Session, reading: Reading, case_ids: Collection[UUID], *, only_at: Meeting | None = None
) -> list[Decision]:
    """The decisions that stand and that the reading shows, oldest first; of every meeting unless one is given."""
    current = [opened.id for opened in reading.opened.values() if opened.replaced_by is None]
    statement = select(Decision).where(
        Decision.case_id.in_(case_ids), Decision.envelope_id.in_(current), Decision.removed_at.is_(None)
    )
    if only_at is not None:
        statement = statement.where(Decision.meeting_id == only_at.id)
    return list(session.scalars(statement.order_by(Decision.id)))


@dataclass(frozen=True, slots=True)
class LedTo:
    """How much a meeting has led to in one case."""

    actions: int
    decisions: int


def led_to(session: Session, meeting: Meeting, case_ids: Collection[UUID]) -> dict[UUID, LedTo]:
    """By case, how many actions and decisions there are from this meeting. Opens nothing; for the leader."""
    later = aliased(Decision)
    decided = (
        select(Decision.case_id, func.count())
        .where(
            Decision.meeting_id == meeting.id,
            Decision.removed_at.is_(None),
            ~exists().where(later.replaces_id == Decision.id),
        )
        .group_by(Decision.case_id)
    )
    agreed = (
        select(Action.case_id, func.count())
        .where(Action.case_id.in_(case_ids), Action.created_at >= meeting.began_at, Action.status.in_(TO_DO))
        .group_by(Action.case_id)
    )
    decisions, actions = (dict(session.execute(one).all()) for one in (decided, agreed))
    return {case_id: LedTo(actions.get(case_id, 0), decisions.get(case_id, 0)) for case_id in case_ids}


def actions_of(
    session: Session, meeting: Meeting, case_ids: Collection[UUID], since: datetime
) -> list[tuple[Action, Change | None]]:
    """What is to be done in the cases and what has been done or dropped since then, in the order it was agreed on.

    Each with what was last done to it at the meeting. Plain columns: without a reading they are not for a page.
    """
    statement = (
        select(Action, _newest_change(meeting))
        .where(Action.case_id.in_(case_ids), or_(Action.status.in_(TO_DO), Action.changed_at >= since))
        .order_by(Action.is_family, Action.id)
    )
    return [(action, Change(change) if change else None) for action, change in session.execute(statement)]


def _newest_change(meeting: Meeting) -> ColumnElement[Any]:
    if meeting.began_at is None:
        return null()
    during = ActionEvent.at >= meeting.began_at
    if meeting.ended_at is not None:
        during &= ActionEvent.at <= meeting.ended_at
    return (
        select(ActionEvent.change)
        .where(ActionEvent.action_id == Action.id, during)
        .order_by(ActionEvent.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def get_decision(session: Session, meeting: Meeting, decision_id: UUID) -> Decision:
    """One decision of a meeting that the actor leads, also one that stands no longer; or NotFound."""
    found = session.scalars(
        select(Decision).where(Decision.id == decision_id, Decision.meeting_id == meeting.id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def newest_of(session: Session, decision: Decision) -> Decision:
    """The decision as it reads now: itself, or what it was corrected to."""
    newest = decision
    while (
        later := session.scalars(select(Decision).where(Decision.replaces_id == newest.id)).one_or_none()
    ) is not None:
        newest = later
    return newest
