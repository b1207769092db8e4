"""The page of one action: where its buttons lead, and how history names people."""

import re

import pytest

from tests.plans.house import House, words
from tests.plans.make import TEXT


def test_what_is_pressed_there_comes_back_there(house: House) -> None:
    case_id, action_id = house.prepared()
    client, path = house.client("school"), f"/arenden/{case_id}/atgarder/{action_id}"

    pressed = client.post(f"{path}/klar", data={"back": "atagande"})
    page = client.get(pressed.headers["location"])

    assert pressed.headers["location"] == f"{path}?nyss={action_id}"
    assert "Markerades som klart" in words(page)
    assert page.text.count("data-focus") == 1


@pytest.mark.parametrize("target", ["one_action", "action_comments"])
def test_htmx_is_given_the_block_that_it_asked_for(house: House, target: str) -> None:
    case_id, action_id = house.prepared()

    block = house.client("school").get(
        f"/arenden/{case_id}/atgarder/{action_id}", headers={"HX-Request": "true", "HX-Target": f"section#{target}"}
    )

    assert block.text.strip().startswith(f'<section id="{target}"')


def test_history_names_colleagues_and_of_others_the_organisation(house: House) -> None:
    case_id, action_id = house.prepared()
    path = f"/arenden/{case_id}/atgarder/{action_id}"
    house.client("school").post(f"{path}/flytta", data={"due_on": str(house.day(9))})

    def history(name: str) -> str:
        return words(house.client(name).get(path)).partition("Vad som har hänt")[2]

    assert "Kurator Rönn Flyttades" in history("school")
    assert "Enheten coordinator Lades till" in history("school")
    assert "Enheten school Flyttades" in history("police")
    assert "Kurator Rönn" not in history("police")


def test_the_lists_lead_to_it_and_offer_a_comment_beside_klar(house: House) -> None:
    case_id, action_id = house.prepared()
    path = f"/arenden/{case_id}/atgarder/{action_id}"

    for name, where in (("school", "/atgarder"), ("school", f"/arenden/{case_id}"), ("police", f"/arenden/{case_id}")):
        assert f'href="{path}#comment"' in house.client(name).get(where).text, (name, where)
    assert f'href="/arenden/{case_id}"' in house.client("school").get("/atgarder").text


def test_neither_title_nor_heading_says_what_it_is(house: House) -> None:
    case_id, action_id = house.prepared()

    page = house.client("school").get(f"/arenden/{case_id}/atgarder/{action_id}")

    for said in re.findall(r"<(?:title|h1)[^>]*>(.*?)</(?:title|h1)>", page.text, re.DOTALL):
        assert TEXT not in said
