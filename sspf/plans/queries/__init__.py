"""Every read of actions: ``views`` of a case's, ``mine`` in all cases, and the ``board`` that a page shows them on."""

from sspf.plans.queries.board import Asking, Board, case_actions, who_choices
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
    "Mine",
    "case_actions",
    "closed_actions",
    "current_texts",
    "envelope_ids",
    "get_action",
    "my_actions",
    "newest_event",
    "open_actions",
    "open_actions_in",
    "view_of",
    "who_choices",
]
