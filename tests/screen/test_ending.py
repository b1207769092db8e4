"""A screen is dead as soon as its row, its session or its meeting ends: at the next question, wherever it is shown."""

import pytest
from sqlalchemy import text

from auth import accounts
from tests.pages import words
from tests.screen.room import Room
from tests.world import TESTS

TEXT = "Ringa hem varje fredag"
OVER = "Skärmen är avslutad"


def sign_out(room: Room) -> None:
    room.leader.post("/logga-ut")


def rest_too_long(room: Room) -> None:
    room.force(
        "UPDATE session SET last_seen_at = now() - interval '61 minutes',"
        f" in_meeting_at = now() - interval '61 minutes' WHERE id = '{room.session_id}'"
    )


def lose_the_assignment(room: Room) -> None:
    room.force(f"UPDATE assignment SET ends_at = now() WHERE id = '{room.world.coordinator.assignment_id}'")


def get_it_back(room: Room) -> None:
    room.force("UPDATE assignment SET ends_at = NULL")
    room.force('UPDATE "user" SET disabled_at = NULL')


def be_disabled(room: Room) -> None:
    with room.session() as session:
        accounts.disable_user(session, TESTS, room.world.coordinator.user_id)


def grow_old(room: Room) -> None:
    room.force("UPDATE screen SET opened_at = now() - interval '12 hours'")


def end_the_screen(room: Room) -> None:
    assert room.press("/avsluta").status_code == 303


def end_the_meeting(room: Room) -> None:
    answer = room.leader.post(f"/moten/{room.meeting_id}/avsluta", data={"taken_up": str(room.case_id)})
    assert answer.status_code == 303


WAYS = (sign_out, rest_too_long, lose_the_assignment, be_disabled, grow_old, end_the_screen, end_the_meeting)


@pytest.mark.parametrize("happens", WAYS)
def test_the_projector_shows_nothing_from_that_moment_on(room: Room, happens) -> None:
    room.come("school")
    screen = room.projector()
    mark = screen.mark()
    assert TEXT in screen.words()
    before = len(room.readings())

    happens(room)

    try:
        assert screen.poll(mark) == 200
        shown = screen.page().text
        assert OVER in shown
        assert TEXT not in shown
        assert room.alias_here() not in shown
        assert "data-poll" not in shown, "it asks no more"
        assert len(room.readings()) == before
    finally:
        get_it_back(room)


@pytest.mark.parametrize("happens", [grow_old, end_the_screen, end_the_meeting])
def test_the_leaders_window_shows_nothing_either(room: Room, happens) -> None:
    room.come("school")
    window = room.window()
    mark = window.mark()
    assert TEXT in window.words()

    happens(room)

    assert window.poll(mark) == 200
    assert OVER in window.words()


def test_signed_out_the_window_asks_in_vain(room: Room) -> None:
    window = room.window()
    sign_out(room)

    assert window.client.get(window.path).status_code == 303
    assert window.poll('""') == 303


def test_what_is_over_does_not_come_back(room: Room) -> None:
    room.come("school")
    screen = room.projector()
    room.press("/avsluta")
    room.press()

    assert OVER in screen.words()


def test_another_session_of_the_same_leader_shows_a_screen_of_its_own(room: Room) -> None:
    room.come("school")
    projector, window = room.projector(), room.window()
    _session_id, elsewhere = room.signed_in("coordinator")
    before = elsewhere.get(room.path).text

    assert elsewhere.post(room.path).status_code == 303

    assert OVER in before
    assert TEXT in elsewhere.get(room.path).text
    assert OVER in projector.words()
    assert OVER in window.words()
    with room.session() as session:
        ended = session.execute(
            text("SELECT ended_at IS NOT NULL FROM screen WHERE meeting_id = :meeting ORDER BY id"),
            {"meeting": room.meeting_id},
        )
        assert ended.scalars().all() == [True, False]


def test_pressing_twice_opens_one(room: Room) -> None:
    room.press()
    room.press()
    room.press("/kod")

    with room.session() as session:
        opened = text("SELECT count(*) FROM screen WHERE meeting_id = :meeting")
        assert session.execute(opened, {"meeting": room.meeting_id}).scalar_one() == 1


def test_no_screen_before_the_meeting_has_begun(room: Room) -> None:
    planned = room.meeting(room.case_id)

    for press in ("", "/kod", "/paus"):
        assert room.leader.post(f"/moten/{planned}/skarm{press}").status_code == 403


def test_whoever_pauses_without_scripts_is_told_that_it_is_paused(room: Room) -> None:
    room.come("school")
    screen = room.window()

    paused = room.press("/paus")
    told = words(room.leader.get(paused.headers["location"]))
    black = TEXT not in screen.words()
    room.press("/fortsatt")

    assert "Pausad Visa igen" in told
    assert black
    assert TEXT in screen.words()
