"""The goals of cases that a reading shows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from sspf.cases.models import Case
from sspf.plans.models import Goal
from sspf.vault.reading import Reading


@dataclass(frozen=True, slots=True)
class GoalView:
    """The goal of a case as pages show it; ``id`` is what a new wording says that it replaces."""

    id: UUID
    case_id: UUID
    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return "GoalView(***)"


def goal_of(session: Session, reading: Reading, cases: Iterable[Case]) -> dict[UUID, GoalView]:
    """The goal of each case, by case id, in one statement. A case has none here if its newest is not shown.

    An older wording never stands in for it: it is not what the youth says now.
    """
    newest = current_goals(session, [case.id for case in cases])
    return {
        case_id: GoalView(goal.id, case_id, reading.reveal(goal, "wording"))
        for case_id, goal in newest.items()
        if reading.shows(goal)
    }


def current_goals(session: Session, case_ids: Collection[UUID]) -> dict[UUID, Goal]:
    """The newest goal of each case, sealed; not yet known to be anything the asker may know of."""
    found = (
        select(Goal)
        .where(Goal.case_id.in_(case_ids))
        .ext(distinct_on(Goal.case_id))
        .order_by(Goal.case_id, Goal.id.desc())
    )
    return {goal.case_id: goal for goal in session.scalars(found)}
