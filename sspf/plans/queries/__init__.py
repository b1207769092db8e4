"""Every read of plans: ``goals``; actions, ``views`` of a case's and ``mine`` in all; the ``board`` of a page."""

from sspf.plans.queries.board import Asking, Board, case_actions, who_choices
from sspf.plans.queries.goals import GoalView, current_goals, goal_of
from sspf.plans.queries.mine import Cursor, Mine, my_actions
from sspf.plans.queries.views import (
    ActionView,
    closed_actions,
    current_texts,
    envelope_ids,
    get_action,
    newest_event,
    open_actions,
    open_actions_in,
    view_of,
)

__all__ = [
    "ActionView",
    "Asking",
    "Board",
    "Cursor",
    "GoalView",
    "Mine",
    "case_actions",
    "closed_actions",
    "current_goals",
    "current_texts",
    "envelope_ids",
    "get_action",
    "goal_of",
    "my_actions",
    "newest_event",
    "open_actions",
    "open_actions_in",
    "view_of",
    "who_choices",
]
