"""From a code to a screen: once, within a minute, by whoever typed it, and to nothing else."""

import json
import re
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from audit.events import SYSTEM_LOG, Who
from auth.limits import ACCOUNT
from sspf.app.web import ROUTERS
from sspf.screen.codes import spelled
from sspf.screen.events import ScreenEvent
from sspf.screen.holding import held_screen, polled_screen
from sspf.web.routing import Access, access_of, routes_of
from tests.conftest import Served
from tests.pages import words
from tests.screen.room import Room, holding
from tests.world import CALLED, CAST, CONTACT, FULL_NAME

WRONG = "Koden stämmer inte"


@pytest.fixture(autouse=True)
def patient(place: Served):
    """What one test mistypes, the next does not wait for."""
    with place.sessions.begin() as session:
        session.execute(text("DELETE FROM throttle"))


def test_a_code_connects_once_and_however_it_is_typed(room: Room) -> None:
    code = room.code()
    first, second = room.served.client(), room.served.client()

    connected = first.post("/skarm", data={"code": f" {code.lower()} "})
    again = second.post("/skarm", data={"code": code})

    assert (connected.status_code, connected.headers["location"]) == (303, "/skarm/visa")
    assert again.status_code == 422
    assert WRONG in words(again)
    assert second.get("/skarm/visa").headers["location"] == "/skarm"


def test_a_minute_later_it_connects_nobody(room: Room) -> None:
    code = room.code()
    room.force("UPDATE screen SET code_until = now() WHERE code_until IS NOT NULL")

    assert WRONG in words(room.served.client().post("/skarm", data={"code": code}))


def test_a_new_code_takes_the_place_of_the_old(room: Room) -> None:
    old, new = room.code(), room.code()

    assert room.served.client().post("/skarm", data={"code": old}).status_code == 422
    assert room.served.client().post("/skarm", data={"code": new}).status_code == 303


@pytest.mark.parametrize("until", ["ended", "signed out"])
def test_a_code_of_a_screen_that_has_ended_connects_nobody(room: Room, until: str) -> None:
    code = room.code()
    if until == "ended":
        room.press("/avsluta")
    else:
        room.leader.post("/logga-ut")

    assert room.served.client().post("/skarm", data={"code": code}).status_code == 422


def test_the_code_itself_is_stored_nowhere(room: Room) -> None:
    code = room.code().replace(" ", "")

    with room.session() as session:
        stored = session.execute(text("SELECT screen::text FROM screen")).scalars().all()
    everything = repr(stored) + repr(room.entries())

    assert code not in everything
    assert spelled(code) not in everything


def test_two_who_type_it_at_once_are_not_both_let_in(room: Room) -> None:
    code = room.code()
    clients = [room.served.client() for _ in range(4)]
    ready = Barrier(4)

    def type_it(client) -> int:
        ready.wait(10)
        return client.post("/skarm", data={"code": code}).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(type_it, clients))

    assert sorted(statuses) == [303, 422, 422, 422]


def test_guessing_is_slowed_down_where_it_is_done_and_a_right_code_forgives(room: Room) -> None:
    guesser = room.served.client()
    for _ in range(ACCOUNT.free - 2):
        assert WRONG in words(guesser.post("/skarm", data={"code": "22222222"}))
    assert guesser.post("/skarm", data={"code": room.code()}).status_code == 303

    for _ in range(ACCOUNT.free):
        assert WRONG in words(guesser.post("/skarm", data={"code": "22222222"}))
    slowed = guesser.post("/skarm", data={"code": room.code()})

    assert slowed.status_code == 422
    assert re.search(r"Vänta (2\d|30) sekunder", words(slowed))


def test_a_wrong_code_is_on_the_record_without_the_code_and_names_nobody(room: Room) -> None:
    used, guesser = room.code(), room.served.client("outsider")
    assert room.served.client().post("/skarm", data={"code": used}).status_code == 303
    before = len(refused_codes(room))

    for typed in ("22222222", used, "not a code at all"):
        assert guesser.post("/skarm", data={"code": typed}).status_code == 422
    assert guesser.post("/skarm", data={"code": room.code()}).status_code == 303

    recorded = refused_codes(room)[before:]
    assert len(recorded) == 3
    assert {entry.who for entry in recorded} == {Who()}
    assert not any(code in repr(recorded) for code in ("22222222", used, used.replace(" ", ""), "not a code"))
    assert all(entry.facts.keys() == {"next_in"} and not entry.subjects for entry in recorded)


def test_one_that_was_not_looked_at_is_not_on_the_record(room: Room) -> None:
    guesser = room.served.client()
    for _ in range(ACCOUNT.free):
        guesser.post("/skarm", data={"code": "22222222"})
    before = len(refused_codes(room))

    assert "Vänta" in words(guesser.post("/skarm", data={"code": "22222222"}))

    assert len(refused_codes(room)) == before


def refused_codes(room: Room) -> list:
    return room.entries(ScreenEvent.CODE_REFUSED, log_id=SYSTEM_LOG)


def test_the_ticket_is_in_a_cookie_of_its_own_and_in_no_address(room: Room) -> None:
    answer = room.served.client().post("/skarm", data={"code": room.code()})
    (cookie,) = answer.headers.get_list("set-cookie")

    assert cookie.startswith("__Host-skarm=")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie
    assert "Domain" not in cookie
    assert answer.headers["location"] == "/skarm/visa"


def test_the_ticket_names_the_screen_and_nobody(room: Room) -> None:
    room.come("school")
    token = room.projector().ticket
    said = "".join(urlsafe_b64decode(part + "==").decode("latin-1") for part in token.split("."))

    claims = json.loads(urlsafe_b64decode(token.split(".")[1] + "=="))

    assert claims.keys() == {"iss", "aud", "sub", "jti", "nbf", "exp"}
    for name in (CALLED, FULL_NAME, CONTACT, room.alias_here(), "Provköping", *(name for name, *_ in CAST.values())):
        assert name not in said
        assert name not in token


def test_who_is_signed_in_on_that_computer_makes_no_difference(room: Room) -> None:
    room.come("school")
    seen_before = last_seen(room)

    for who in ("outsider", "administrator", "auditor", None):
        screen = room.projector(who)
        assert "Ringa hem varje fredag" in screen.words()
        assert "Kurator Utanför" not in screen.page().text

    # each reading is the leader's, in the leader's session
    assert {entry.who.session_id for entry in room.readings()[-4:]} == {room.session_id}
    assert last_seen(room) == seen_before


def last_seen(room: Room) -> list:
    with room.session() as session:
        return session.execute(text("SELECT id, last_seen_at FROM session ORDER BY id")).all()


def test_another_computer_takes_over_from_the_one_before(room: Room) -> None:
    room.come("school")
    first, second = room.projector(), room.projector()

    assert "Ringa hem" in second.words()
    assert first.client.get("/skarm/visa").headers["location"] == "/skarm"
    assert first.poll('"x"') == 303


@pytest.mark.parametrize("change", ["==", " ", "A", "\u00e5"])
def test_a_ticket_that_was_touched_is_none(room: Room, change: str) -> None:
    token = room.projector().ticket
    forged = [token + change, change + token] if change != "A" else [token[:-2] + "AA", token.replace(".", ".A", 1)]

    for one in forged:
        client = room.served.client()
        answer = client.get("/skarm/visa", headers={"Cookie": f"__Host-skarm={one}".encode()})
        assert answer.headers.get("location") == "/skarm" or one.strip() == token


def test_a_ticket_opens_the_screen_and_no_other_page(room: Room) -> None:
    room.come("school")
    screen, nobody = room.projector(), room.served.client()
    ids = {"meeting_id": room.meeting_id, "case_id": room.case_id, "seq": 1}
    pages = [route for route in routes_of(ROUTERS) if "GET" in route.methods and access_of(route) is not Access.SCREEN]

    assert len(pages) > 30
    for route in pages:
        if set(route.param_convertors) <= ids.keys():
            path = route.path.format(**ids)
            ours, theirs = screen.client.get(path), nobody.get(path)
            assert (ours.status_code, ours.headers.get("location")) == (
                theirs.status_code,
                theirs.headers.get("location"),
            )
            assert "Ringa hem" not in ours.text


def test_every_page_for_a_ticket_asks_for_the_screen_it_names() -> None:
    pages = [route for route in routes_of(ROUTERS) if access_of(route) is Access.SCREEN]

    assert len(pages) == 2
    for route in pages:
        assert {held_screen, polled_screen} & {needed.call for needed in route.dependant.dependencies}


def test_a_ticket_of_another_installation_is_none(room: Room) -> None:
    token = room.projector().ticket
    room.force("UPDATE ticket_key SET retired_at = now()")

    assert holding(room.served, token).client.get("/skarm/visa").headers["location"] == "/skarm"
