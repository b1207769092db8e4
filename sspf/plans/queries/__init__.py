"""Every read of plans: ``goals``; actions (``views``, ``mine``, what is ``around`` one); the ``board`` of a page."""

from sspf.plans.queries.around import (
    CommentView,
    DetailView,
    Step,
    comments_of,
    details_of,
    envelopes_around,
    get_comment,
    history_of,
    own_detail,
)
from sspf.plans.queries.board import Asking, Board, case_actions, who_choices
from sspf.plans.queries.goals import GoalView, current_goals, goal_of
from sspf.plans.queries.mine import Cursor, Mine, my_actions
from sspf.plans.queries.views import (
    ActionView,
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
    "CommentView",
    "Cursor",
    "DetailView",
    "GoalView",
    "Mine",
    "Step",
    "case_actions",
    "comments_of",
    "current_goals",
    "current_texts",
    "details_of",
    "envelope_ids",
    "envelopes_around",
    "get_action",
    "get_comment",
    "goal_of",
    "history_of",
    "my_actions",
    "newest_event",
    "open_actions",
    "open_actions_in",
    "own_detail",
    "view_of",
    "who_choices",
]
