"""What is recorded of goals and actions; who, by when and what is said are never in it."""

from audit.events import EventTag


class GoalTag(EventTag):
    WRITTEN = "goal:written"


class ActionTag(EventTag):
    CREATED = "action:created"
    DONE = "action:done"
    POSTPONED = "action:postponed"
    DROPPED = "action:dropped"
    TAKEN_BACK = "action:taken_back"
    EDITED = "action:edited"
    REPORTED = "action:reported"


class PlanTag(EventTag):
    SHOWN = "plan:shown"
    PRINTED = "plan:printed"


class CommentTag(EventTag):
    WRITTEN = "comment:written"
    TAKEN_BACK = "comment:taken_back"


class DetailTag(EventTag):
    WRITTEN = "detail:written"
