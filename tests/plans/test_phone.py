"""Mina åtaganden on a phone, in a real browser: done, a comment, and taking it back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.plans.house import House
from tests.plans.make import TEXT
from tests.web.chromium import SIDEWAYS, chromium, faults
from tests.web.visiting import Open, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_as(browser: Browser, house: House) -> Iterator[Open]:
    with visiting(browser, house.served.installation, house.served.tokens, width=390) as open_as:
        yield open_as


def test_done_comment_and_undo_with_a_thumb(house: House, open_as: Open) -> None:
    house.prepared()
    page = open_as("school", "/atgarder")
    row = page.locator("li.task").filter(has_text=TEXT).first

    row.get_by_role("button", name="Klar").click()
    page.get_by_role("button", name="Ångra").first.wait_for()
    page.get_by_role("link", name="Kommentera").first.click()
    box = page.get_by_label("Ny kommentar")
    box.fill("Tiden är bokad til fredag.")
    page.get_by_role("button", name="Skicka").click()
    sent = page.locator(".comments > li")
    sent.wait_for()

    assert "Tiden är bokad til fredag." in sent.inner_text()
    assert page.evaluate("document.activeElement.tagName") == "LI"
    assert box.input_value() == ""

    sent.get_by_role("button", name="Ångra").click()
    page.locator(".notice", has_text="Kommentaren är borttagen.").wait_for()
    assert box.input_value() == "Tiden är bokad til fredag."
    assert page.locator(".comments").count() == 0
    box.fill("Tiden är bokad till fredag.")
    page.get_by_role("button", name="Skicka").click()
    page.locator(".comments > li").wait_for()

    assert page.locator(".comments > li").count() == 1
    assert not page.evaluate(SIDEWAYS)


def test_the_same_without_javascript(house: House, open_as: Open) -> None:
    case_id, action_id = house.prepared()
    page = open_as("police", f"/arenden/{case_id}/atgarder/{action_id}", java_script_enabled=False)

    page.get_by_label("Ny kommentar").fill("Vi kommer också.")
    page.get_by_role("button", name="Skicka").click()
    page.locator(".comments").get_by_role("button", name="Ångra").click()

    assert page.get_by_label("Ny kommentar").input_value() == "Vi kommer också."
    assert page.locator(".comments").count() == 0


def test_axe_finds_nothing_on_the_pages_of_an_action(house: House, open_as: Open) -> None:
    case_id, action_id = house.prepared()
    whole = f"/arenden/{case_id}/atgarder/{action_id}"
    house.client("school").post(f"{whole}/kommentar", data={"comment": "Ord."})
    house.client("school").post(f"{whole}/mer", data={"kind": "school", "detail": "Mer."})

    for name, path in (
        ("school", whole),
        ("coordinator", whole),
        ("school", f"{whole}/mer"),
        ("coordinator", f"/arenden/{case_id}/mal"),
        ("coordinator", f"/arenden/{case_id}/plan"),
    ):
        page = open_as(name, path)
        for fold in page.locator("details.more > summary").all():
            fold.click()
        assert faults(page) == [], path
        page.context.close()
