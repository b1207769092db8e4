"""What the room sees: what everyone asked to come may see, and black whenever that cannot be said."""

import pytest

from tests.meetings import make
from tests.screen.room import BLACK, Room

TEXT = "Ringa hem varje fredag"


@pytest.fixture(params=["window", "projector"])
def screen(room: Room, request):
    return getattr(room, request.param)()


def test_the_screen_shows_the_case_to_everyone_asked_to_come(room: Room, screen) -> None:
    room.come("school")

    shown = screen.words()

    assert room.alias_here() in shown
    assert TEXT in shown
    assert "Enheten school" in shown


def test_nothing_but_that_is_on_it(room: Room, screen) -> None:
    room.come("school")

    page = screen.page().text

    for unwanted in ("Koordinator Ek", "<nav", "<form", "Provköping", "Pricken", "SSPF-20", "menu", "Logga ut"):
        assert unwanted not in page
    assert page.count("<a ") == 0
    assert "<title>Skärm</title>" in page


def test_it_is_black_until_somebody_is_here(room: Room, screen) -> None:
    before = screen.words()
    room.come("school")
    here = screen.words()
    room.leave("school")

    assert before.split()[-1] == screen.words().split()[-1] == BLACK
    assert TEXT in here
    assert room.alias_here() not in before


def test_it_is_black_while_somebody_is_asked_to_come_who_may_not_know_of_the_case(room: Room, screen) -> None:
    with room.session() as session:
        meeting = room.meeting_in(session, room.meeting_id)
        row = make.attendance(session, room.world, meeting)["school"]
        session.add(
            type(row)(
                municipality_id=row.municipality_id,
                meeting_id=meeting.id,
                organisation_id=room.world.id_of("leisure"),
                user_id=room.world.leisure.user_id,
                name=room.world.leisure.name,
            )
        )
    room.come("school")
    together = screen.words()
    control = room.leader.get(f"{room.path}/styr").text
    room.leave("leisure")

    assert BLACK in together
    assert room.alias_here() not in together
    assert "Enheten leisure" in control
    assert TEXT in screen.words()


@pytest.mark.parametrize("ends", ["expired", "withdrawn"])
def test_what_is_no_longer_consented_to_is_gone(room: Room, screen, ends: str) -> None:
    room.come("school")
    mark = screen.mark()
    if ends == "withdrawn":
        room.take_back()
    else:
        room.force("UPDATE disclosure SET valid_until = now() WHERE ground = 'consent'")

    polled = screen.poll(mark)

    assert polled == 200
    assert TEXT not in screen.words()
