"""How people type what a form asks for."""

import pytest
from starlette.datastructures import ImmutableMultiDict

from sspf.meetings.forms import MeetingForm
from sspf.web.forms import read

CASE = "01a20379-ebf5-753f-881a-d94487245aba"


def typed(at: str, place: str = "Rådhuset") -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict([("day", "2026-11-24"), ("at", at), ("place", place), ("cases", CASE)])


@pytest.mark.parametrize(
    ("at", "time"), [("09:30", "09:30"), ("9.30", "09:30"), ("0930", "09:30"), ("930", "09:30"), ("23:59", "23:59")]
)
def test_a_clock_time_is_read_as_people_type_it(at: str, time: str) -> None:
    form = read(MeetingForm, typed(at))

    assert form.data is not None
    assert f"{form.data.at:%H:%M}" == time


@pytest.mark.parametrize("at", ["24:00", "9:60", "nio", "9", "09:00Z", "09:00+02:00"])
def test_what_is_no_time_is_said_to_be_none(at: str) -> None:
    assert str(read(MeetingForm, typed(at)).error("at")) == "Skriv klockslaget som 09:00."


def test_a_place_is_one_line() -> None:
    assert str(read(MeetingForm, typed("09:00", "Rådhuset\nrum 3")).error("place")) == "Skriv platsen på en rad."
