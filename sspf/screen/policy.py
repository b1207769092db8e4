"""Whether the screen shows the case or is black, from plain columns alone. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sspf.cases.models import Case
from sspf.meetings.models import Meeting, MeetingState
from sspf.meetings.policy import TAKEN_UP_IN
from sspf.screen.models import Screen


class Black(StrEnum):
    """Why there is nothing on the screen. The room is told "Paus", whichever it is; the leader is told why."""

    OVER = "over"
    PAUSED = "paused"
    NOBODY_HERE = "nobody_here"
    NO_CASE = "no_case"
    PROTECTED = "protected"
    NO_CONSENT = "no_consent"
    SOMEBODY_LACKS_CONSENT = "somebody_lacks_consent"


@dataclass(frozen=True, slots=True)
class Situation:
    """A screen and the room around it at one moment.

    ``is_led``: the session it was opened in still lasts. ``audience`` are the organisations of everyone
    who was asked to come and has not left, ``may_hear`` those that may know of the case, coordination in both.
    """

    screen: Screen
    meeting: Meeting
    is_led: bool
    case: Case | None
    audience: frozenset[UUID]
    is_somebody_here: bool
    may_hear: frozenset[UUID]
    now: datetime

    @property
    def must_go_out(self) -> frozenset[UUID]:
        """The organisations that keep the case from being shown: asked to come, and not to hear of it."""
        return self.audience - self.may_hear


def has_ended(situation: Situation) -> bool:
    """Whether the screen shows nothing ever again."""
    screen = situation.screen
    return (
        screen.ended_at is not None
        or situation.now >= screen.until
        or not situation.is_led
        or situation.meeting.state is not MeetingState.ONGOING
    )


def black(situation: Situation) -> Black | None:
    """Why the screen is black; None if the case is shown."""
    if has_ended(situation):
        return Black.OVER
    if situation.screen.is_paused:
        return Black.PAUSED
    if not situation.is_somebody_here:
        return Black.NOBODY_HERE
    return _black_for(situation, situation.case)


def _black_for(situation: Situation, case: Case | None) -> Black | None:
    if case is None:
        return Black.NO_CASE
    if case.is_protected:
        return Black.PROTECTED
    # as ``meetings.policy.can_take_up``: not while nobody but coordination may hear of it
    if case.state not in TAKEN_UP_IN or situation.may_hear <= {case.coordination_id}:
        return Black.NO_CONSENT
    return Black.SOMEBODY_LACKS_CONSENT if situation.must_go_out else None
