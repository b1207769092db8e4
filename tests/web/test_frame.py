"""The frame: where one is, and dates as they are said."""

from datetime import UTC, date, datetime

import pytest

from sspf.texts import _, either
from sspf.web import Frame, MenuItem, dates

MENU = (MenuItem(_("Start"), "/"), MenuItem(_("Ärenden"), "/arenden"), MenuItem(_("Nytt"), "/arenden/nytt"))


@pytest.mark.parametrize(
    ("path", "item"),
    [
        ("/", "Start"),
        ("/arenden", "Ärenden"),
        ("/arenden/1", "Ärenden"),
        ("/arenden/nytt", "Nytt"),
        ("/arendena", None),
        ("/logg", None),
    ],
)
def test_the_menu_shows_where_one_is(path, item):
    here = Frame(menu=MENU).here(path)

    assert (str(here.text) if here else None) == item


def test_times_are_told_by_the_clock_on_the_wall():
    winter, summer = datetime(2026, 11, 24, 8, 0, tzinfo=UTC), datetime(2026, 6, 30, 22, 30, tzinfo=UTC)

    assert dates.time(winter) == "09:00"
    assert dates.moment(winter) == "24 nov. 2026 09:00"
    assert dates.date_words(summer) == "onsdag 1 juli 2026"  # past midnight here
    assert dates.machine(winter) == "2026-11-24T09:00+01:00"


def test_dates_are_said_in_words():
    assert dates.date_words(date(2026, 11, 24)) == "tisdag 24 november 2026"
    assert dates.day(date(2026, 11, 24)) == "24 nov. 2026"
    assert dates.machine(date(2026, 11, 24)) == "2026-11-24"
    assert dates.date_echo("2026-11-24") == "tisdag 24 november 2026"
    assert dates.date_echo("i morgon") == ""


def test_a_sentence_is_put_together_when_it_is_shown():
    assert str(_("Klart sedan %(day)s, 50 %%.", day="i går")) == "Klart sedan i går, 50 %."
    assert str(either("ett ärende", "%(number)s ärenden", 1)) == "ett ärende"
    assert str(either("ett ärende", "%(number)s ärenden", 3)) == "3 ärenden"
