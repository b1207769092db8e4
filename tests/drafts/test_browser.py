"""Somebody writes, is called away and comes back: nothing typed is lost and nothing is kept in the browser."""

import pytest

from tests.browser.conftest import STORED
from tests.browser.conftest import browser as browser
from tests.browser.conftest import demo as demo
from tests.browser.conftest import meet as meet
from tests.web.chromium import faults, picture

pytestmark = pytest.mark.browser

WORDS = "Kommer i tid varje morgon sedan i måndags."
MINUTE = 60_000


@pytest.fixture
def writer(meet):
    """The coordinator at a new case's form, with a clock that can be moved on."""
    coordinator = meet("coordinator")
    coordinator.page.clock.install()
    coordinator.go("/arenden/nytt")
    return coordinator


def write(person):
    person.page.locator("main form input[type=text]").first.fill(WORDS)


def test_a_draft_is_saved_and_fetched_on_the_same_page(writer):
    page = writer.page
    write(writer)
    with page.expect_response("**/utkast") as saved:
        page.clock.run_for(31_000)
    assert saved.value.ok
    page.locator(".draft-saved", has_text="Utkast sparat").wait_for()

    page.once("dialog", lambda asked: asked.accept())
    page.reload()
    page.get_by_role("heading", name="Du har ett utkast från").wait_for()
    assert faults(page, "draft-found") == []
    page.get_by_role("button", name="Hämta").click()
    page.wait_for_function("words => document.activeElement.value === words", arg=WORDS)
    assert page.locator("#draft").is_hidden()
    assert page.evaluate(STORED) == 0
    assert writer.complaints == []

    page.once("dialog", lambda asked: asked.accept())
    page.reload()
    with page.expect_response("**/slang"):
        page.get_by_role("button", name="Släng").click()
    page.reload()
    assert page.locator("#draft").is_hidden()


def test_two_minutes_before_the_end_somebody_asks_and_goes_on(writer):
    page = writer.page
    page.clock.run_for(13 * MINUTE)
    asked = page.get_by_role("dialog", name="Är du kvar?")
    asked.wait_for()
    assert faults(page, "stay") == []
    with page.expect_response("**/fortsatt") as answered:
        asked.get_by_role("button", name="Fortsätt").click()
    assert answered.value.ok
    asked.wait_for(state="hidden")
    page.clock.run_for(2 * MINUTE)
    assert asked.is_hidden()


def test_what_is_typed_when_it_ends_is_on_the_page_and_in_a_draft(writer):
    page = writer.page
    write(writer)
    with page.expect_response("**/utkast") as saved:
        page.clock.run_for(31_000)
    assert saved.value.ok
    page.clock.run_for(16 * MINUTE)
    page.get_by_role("dialog", name="Du är inte längre inloggad").wait_for()
    assert faults(page, "stay-out") == []
    page.get_by_role("button", name="Stäng").click()
    assert page.locator("main form input[type=text]").first.input_value() == WORDS


def test_without_a_script_what_is_sent_too_late_is_there_afterwards(meet, demo):
    writer = meet("coordinator", java_script_enabled=False)
    page = writer.page
    writer.go("/arenden/nytt")
    write(writer)
    with demo.installation.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE session SET last_seen_at = last_seen_at - interval '20 minutes'")
    page.locator("main form button[type=submit]").first.click()
    assert writer.sees("Det du skrev är sparat. Logga in så finns det kvar.")
    picture(page, "kept")
    writer.go("/demo")
    page.locator("button[value=coordinator]").click()
    writer.go("/utkast")
    picture(page, "drafts")
    writer.follow("Läs", exact=False)
    assert writer.sees(WORDS)
    picture(page, "draft")
    writer.press("Skicka formuläret")
    assert page.locator("main form input[type=text]").first.input_value() == WORDS
