"""Shown or black: every way to be black, and that nothing else decides."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.cases.models import Case, State
from sspf.meetings.models import Meeting, MeetingKind, MeetingState
from sspf.screen.models import Screen
from sspf.screen.policy import Black, Situation, black

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
COORDINATION, SCHOOL, POLICE = uuid4(), uuid4(), uuid4()


def a_situation(**changes) -> Situation:
    """A screen that shows its case, but for the changes."""
    screen = Screen(opened_at=NOW - timedelta(hours=1), ended_at=None, is_paused=False)
    meeting = Meeting(state=MeetingState.ONGOING, kind=MeetingKind.GROUP)
    case = Case(coordination_id=COORDINATION, state=State.MEETING, is_protected=False)
    of_screen = {"ended_at", "is_paused", "opened_at"}
    for name in of_screen & changes.keys():
        setattr(screen, name, changes.pop(name))
    if "meeting_state" in changes:
        meeting.state = changes.pop("meeting_state")
    for name, attribute in (("case_state", "state"), ("is_protected", "is_protected")):
        if name in changes:
            setattr(case, attribute, changes.pop(name))
    usual = {
        "screen": screen,
        "meeting": meeting,
        "is_led": True,
        "case": case,
        "audience": frozenset({COORDINATION, SCHOOL}),
        "is_somebody_here": True,
        "may_hear": frozenset({COORDINATION, SCHOOL, POLICE}),
        "now": NOW,
    }
    return Situation(**(usual | changes))


def test_a_case_is_shown():
    assert black(a_situation()) is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"ended_at": NOW}, Black.OVER),
        ({"opened_at": NOW - timedelta(hours=12)}, Black.OVER),
        ({"is_led": False}, Black.OVER),
        ({"meeting_state": MeetingState.HELD}, Black.OVER),
        ({"meeting_state": MeetingState.CANCELLED}, Black.OVER),
        ({"is_paused": True}, Black.PAUSED),
        ({"is_somebody_here": False}, Black.NOBODY_HERE),
        ({"case": None}, Black.NO_CASE),
        ({"is_protected": True}, Black.PROTECTED),
        ({"case_state": State.WITHDRAWN}, Black.NO_CONSENT),
        ({"case_state": State.CONSENT}, Black.NO_CONSENT),
        ({"case_state": State.CLOSED}, Black.NO_CONSENT),
        ({"audience": frozenset({COORDINATION}), "may_hear": frozenset({COORDINATION})}, Black.NO_CONSENT),
        ({"audience": frozenset({COORDINATION, SCHOOL, uuid4()})}, Black.SOMEBODY_LACKS_CONSENT),
        ({"may_hear": frozenset({COORDINATION, POLICE})}, Black.SOMEBODY_LACKS_CONSENT),
    ],
)
def test_it_is_black(changes, why):
    assert black(a_situation(**changes)) is why


def test_a_moment_before_twelve_hours_it_still_shows():
    assert black(a_situation(opened_at=NOW - timedelta(hours=12) + timedelta(microseconds=1))) is None


organisations = st.frozensets(st.sampled_from([SCHOOL, POLICE]))


@given(asked=organisations, may=organisations, paused=st.booleans(), here=st.booleans(), protected=st.booleans())
def test_it_never_shows_a_case_to_somebody_who_may_not_hear_of_it(asked, may, paused, here, protected):
    situation = a_situation(
        audience=asked | {COORDINATION},
        may_hear=may | {COORDINATION},
        is_paused=paused,
        is_somebody_here=here,
        is_protected=protected,
    )

    shows = black(situation) is None

    assert shows == (asked <= may and bool(may) and not paused and here and not protected)
