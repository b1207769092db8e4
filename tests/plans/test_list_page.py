"""Mina åtaganden in a browser: groups, pages, and the block that htmx asks for."""

import re

import pytest

from sspf.plans import service
from tests.plans.house import House, words
from tests.plans.make import TEXT, an_agreed_case, promise

HTMX = {"HX-Request": "true", "HX-Target": "section#my_actions"}


def test_my_actions_are_named_by_alias_and_never_by_name(empty_house: House) -> None:
    case_id, _action_id = empty_house.prepared()
    with empty_house.session() as session:
        alias = empty_house.case_in(session, case_id).alias

    page = empty_house.client("school").get("/atgarder")

    assert page.status_code == 200
    assert TEXT in words(page)
    assert alias in words(page)
    assert "Pricken" not in page.text
    assert "<title>Mina åtaganden" in page.text


def test_groups_stand_as_late_this_week_later_and_done(empty_house: House) -> None:
    with empty_house.session() as session:
        case = an_agreed_case(session, empty_house.world)
        for text, in_ in (("Sent", -3), ("I dag", 0), ("Långt fram", 30)):
            promise(session, empty_house.world, case, text=text, in_=in_)
        done = promise(session, empty_house.world, case, text="Färdigt")
        service.mark_done(session, empty_house.world.school, case, done)

    said = words(empty_house.client("school").get("/atgarder"))

    places = [said.index(word) for word in ("Försenade", "Den här veckan", "Senare", "Klara (senaste 7 dagarna)")]
    assert places == sorted(places)
    assert "för 3 dagar sedan" in said


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_whoever_is_not_in_casework_has_no_such_page(empty_house: House, name: str) -> None:
    assert empty_house.client(name).get("/atgarder").status_code == 404


def test_htmx_is_given_the_block_and_the_focus_in_it(empty_house: House) -> None:
    _case_id, action_id = empty_house.prepared()

    block = empty_house.client("school").get(f"/atgarder?nyss={action_id}", headers=HTMX)

    assert block.text.strip().startswith('<section id="my_actions"')
    assert block.text.count("data-focus") == 1
    assert "<html" not in block.text


def test_on_a_later_page_of_the_list_one_stays_there(empty_house: House) -> None:
    with empty_house.session() as session:
        case = an_agreed_case(session, empty_house.world)
        for number in range(27):
            promise(session, empty_house.world, case, text=f"nr {number}", in_=number)
    client = empty_house.client("school")

    first = client.get("/atgarder")
    (older,) = re.findall(r'href="(/atgarder\?efter=[^"]+)"', first.text)
    second = client.get(older)

    assert "nr 24" in words(first)
    assert "nr 25" in words(second)
    assert f'name="after" value="{older.removeprefix("/atgarder?efter=")}"' in second.text


@pytest.mark.parametrize("query", ["efter=x", "visa=andras", "nyss=x", "vad=x"])
def test_an_address_that_means_nothing_shows_the_first_page(empty_house: House, query: str) -> None:
    empty_house.prepared()

    page = empty_house.client("school").get(f"/atgarder?{query}")

    assert page.status_code == 200
    assert TEXT in words(page)


def test_the_coordinator_sees_everyones_and_the_familys_are_never_late(empty_house: House) -> None:
    empty_house.prepared(of="family", in_=-20, text="Prata hemma om kvällarna")

    page = empty_house.client("coordinator").get("/atgarder?visa=alla")

    assert "Tas upp på mötet" in words(page)
    assert "Försenat" not in page.text
    assert "data-late" not in page.text


def test_a_contact_asking_for_everyones_gets_its_own(empty_house: House) -> None:
    empty_house.prepared(of="police", text="Polisens eget")

    assert "Polisens eget" not in empty_house.client("school").get("/atgarder?visa=alla").text


def test_due_today_is_not_late(empty_house: House) -> None:
    empty_house.prepared(in_=0)

    said = words(empty_house.client("school").get("/atgarder"))

    assert "i dag" in said
    assert "Försenat" not in said


def test_no_page_asks_more_than_twenty_times_however_many_rows_it_shows(empty_house: House) -> None:
    client = empty_house.client("coordinator")
    with empty_house.session() as session:
        for _number in range(6):
            case = an_agreed_case(session, empty_house.world)
            for of in ("school", "police", "family", "coordinator"):
                promise(session, empty_house.world, case, of=of, person=of != "family")
    client.get("/atgarder?visa=alla")  # the keys are fetched once in ten minutes

    with empty_house.counted() as sent:
        page = client.get("/atgarder?visa=alla")

    assert page.text.count('<li class="task"') == 24
    assert len(sent) <= 20, sent


def test_the_case_page_gives_htmx_its_own_block(empty_house: House) -> None:
    case_id, action_id = empty_house.prepared()

    block = empty_house.client("school").get(
        f"/arenden/{case_id}?nyss={action_id}", headers=HTMX | {"HX-Target": "section#case_actions"}
    )

    assert block.text.strip().startswith('<section id="case_actions"')
    assert block.text.count("data-focus") == 1
