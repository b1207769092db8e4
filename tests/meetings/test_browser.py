"""A meeting in a real browser, led from the keyboard."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from auth.preferences import Preferences, prefer
from sspf.cases.models import State
from sspf.law.kinds import Kind
from tests.meetings.keys import Keys
from tests.meetings.served import Town
from tests.web.chromium import chromium, faults, faults_in_both_languages
from tests.web.visiting import Open, visiting
from tests.world import a_case, agree

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.name || document.activeElement.className || document.activeElement.tagName"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_as(browser: Browser, town: Town) -> Iterator[Open]:
    with visiting(browser, town.served.installation, town.served.tokens) as open_as:
        yield open_as


def a_full_meeting(town: Town, *, begun: bool = True) -> tuple[UUID, UUID, UUID]:
    """Two cases, of which the first has something left since last time."""
    first, second = town.case("school", "police", "leisure"), town.case("school", "social")
    town.action(first, "Ringa hem varje fredag")
    town.action(first, "Följa med till simhallen")
    return town.meeting(first, second, begun=begun), first, second


def test_a_new_action_and_an_undo_from_the_keyboard(town: Town, open_as: Open) -> None:
    meeting_id, _first, _second = a_full_meeting(town)
    page = open_as("coordinator", f"/moten/{meeting_id}")

    page.locator("#what").focus()
    page.keyboard.type("Boka tid på gården")
    page.keyboard.press("Tab")
    page.keyboard.type("Familjen")
    page.keyboard.press("Tab")
    with page.expect_response(lambda answer: "klart=atagande" in answer.url):
        page.keyboard.press("Enter")
    page.wait_for_selector("#added")
    after_adding = page.evaluate(FOCUSED), page.locator("#what").input_value()

    with page.expect_response(lambda answer: "nyss=" in answer.url):
        page.get_by_role("button", name="Klar Ringa hem varje fredag").press("Enter")
    undo = page.get_by_role("button", name="Ångra Ringa hem varje fredag")
    undo.wait_for()
    after_done = page.evaluate(FOCUSED)
    page.keyboard.press("Tab")
    next_stop = page.evaluate("document.activeElement.textContent.trim()")
    undo.press("Enter")
    page.get_by_role("button", name="Klar Ringa hem varje fredag").wait_for()

    assert after_adding == ("notice", "")  # from where the next key is a command
    assert after_done == "task-status"
    assert next_stop.startswith("Ångra")
    assert page.get_by_text("Boka tid på gården").count() > 0


def test_attendance_is_one_press_and_the_warning_follows(town: Town, open_as: Open) -> None:
    meeting_id, _first, second = a_full_meeting(town)
    page = open_as("coordinator", f"/moten/{meeting_id}")

    chip = page.get_by_role("button", name="Socialsekreterare Lind")
    chip.press("Enter")
    page.get_by_role("heading", name="Enheten social har inte samtycke för det här ärendet").wait_for()
    focused = page.evaluate("document.activeElement.textContent")
    page.goto(page.url.split("?")[0] + f"?arende={second}")

    assert "Socialsekreterare Lind" in focused
    assert page.get_by_text("Enheten social har inte samtycke").count() == 0


def a_meeting_with_something_to_tell(town: Town) -> tuple[UUID, UUID]:
    """Both are here: the school may tell the police one thing, and another only when they have gone out."""
    rows = [("school", to, Kind.ATTENDANCE) for to in ("coordinator", "police")]
    with town.session() as session:
        case = a_case(session, town.world)
        alone = ("school", "coordinator", Kind.SCHOOL)
        agree(session, town.world, case, present=("school", "police"), rows=[*rows, alone])
        case = town.case_in(session, case.id)
        case.state = State.MEETING
    meeting_id = town.meeting(case.id, begun=True)
    for name in ("school", "police"):
        row = town.attendance_id(meeting_id, name)
        here = town.served.client("coordinator").post(
            f"/moten/{meeting_id}/narvaro/{row}", data={"presence": "present"}
        )
        assert here.status_code == 303
    return meeting_id, case.id


def test_a_talk_card_with_something_on_it_reads_well(town: Town, open_as: Open) -> None:
    meeting_id, case_id = a_meeting_with_something_to_tell(town)
    page = open_as("coordinator", f"/moten/{meeting_id}/arenden/{case_id}/samtalskort")

    assert page.locator(".told-lines").count() == 2
    assert faults_in_both_languages(page, "meetings-card-told") == []


def test_every_page_of_a_meeting_reads_well(town: Town, open_as: Open) -> None:
    planned, *_rest = a_full_meeting(town, begun=False)
    ongoing, of_ongoing, *_rest = a_full_meeting(town)
    pages = {
        "list": ("coordinator", "/moten"),
        "new": ("coordinator", "/moten/nytt"),
        "planned": ("coordinator", f"/moten/{planned}"),
        "change": ("coordinator", f"/moten/{planned}/andra"),
        "lead": ("coordinator", f"/moten/{ongoing}"),
        "end": ("coordinator", f"/moten/{ongoing}/avsluta"),
        "card": ("coordinator", f"/moten/{ongoing}/arenden/{of_ongoing}/samtalskort"),
        "follow": ("school", f"/moten/{ongoing}"),
        "list-contact": ("school", "/moten"),
    }

    for name, (who, path) in pages.items():
        page = open_as(who, path)
        assert faults_in_both_languages(page, f"meetings-{name}") == []
        page.close()

    page = open_as("coordinator", f"/moten/{ongoing}")
    page.get_by_label("Vad har ni bestämt?").fill("Skolan och fritidsgården träffas varje vecka.")
    page.get_by_role("button", name="Spara beslutet").click()
    page.locator("#meeting_decisions .notice").wait_for()
    page.get_by_role("button", name="Klar Ringa hem varje fredag").click()
    page.get_by_role("button", name="Ångra Ringa hem varje fredag").wait_for()
    page.get_by_role("button", name="Kurator Rönn").click()
    page.get_by_role("button", name="✓ Kurator Rönn").wait_for()
    assert faults(page, "meetings-lead-later") == []
    page.get_by_role("link", name="Ändra Skolan och").click()
    assert faults(page, "meetings-decision") == []
    page.goto(page.url.split("/beslut")[0] + "/avsluta")
    page.get_by_role("button", name="Avsluta mötet").click()
    page.get_by_role("heading", name="Skriv mötesanteckningar").wait_for()
    page.locator("textarea").first.fill("Alla var överens.")
    assert faults(page, "meetings-keep") == []
    page.get_by_role("button", name="Spara och granska").click()
    page.get_by_role("heading", name="Granska och publicera").wait_for()
    assert faults(page, "meetings-publish") == []
    page.get_by_role("button", name="Publicera").click()
    page.get_by_role("heading", name="Mötesanteckningar").wait_for()
    assert faults_in_both_languages(page, "meetings-notes") == []


def test_a_meeting_of_six_cases_by_keyboard_alone(town: Town, open_as: Open) -> None:
    """New action: its text and at most three keys. Attendance: one a change. Next case: one."""
    tables = [("school", "police"), ("school",), ("school", "social"), ("leisure",), ("school", "police"), ("police",)]
    about = [town.case(*present) for present in tables]
    aliases = [town.alias(case_id) for case_id in about]
    page = open_as("coordinator", f"/moten/{town.meeting(*about)}")
    keys = Keys(page)

    keys.tab_to(page.get_by_label("Inspelning, transkribering och Copilot"))
    keys.press("Space")
    keys.tab_to(page.get_by_role("button", name="Börja mötet"))
    keys.press("Enter")
    page.get_by_role("heading", name=aliases[0]).wait_for()
    keys.done("begin")

    def come(name: str, *, is_here: bool = True) -> None:
        chip = page.locator(".chip", has_text=name)
        keys.press(str(chip.get_attribute("data-key")))
        page.locator(f".chip[data-variant={'primary' if is_here else 'tertiary'}]", has_text=name).wait_for()
        keys.done("attendance")

    def promise(first: str, text: str, whose: str) -> None:
        keys.press(first)
        keys.write(text)
        keys.press("Enter")
        page.locator("#meeting_actions .task", has_text=text).filter(has_text=whose).wait_for()
        keys.done(f"new action, {whose}")

    for name in ("Kommunpolis Alm", "Kurator Rönn", "Socialsekreterare Lind"):
        come(name)
    school = page.locator(".chip", has_text="Kurator Rönn").get_attribute("data-key")
    for place, alias in enumerate(aliases):
        page.get_by_role("heading", name=alias).wait_for()
        promise("a", f"Ringa familjen {place}", "Koordinator Ek")
        if "school" in tables[place]:
            promise(f"Shift+Digit{school}", f"Prata med läraren {place}", "Kurator Rönn")
        promise("f", f"Äta frukost tillsammans {place}", "Familjen")
        if place == 2:
            come("Socialsekreterare Lind", is_here=False)
        if alias is not aliases[-1]:
            keys.press("n")
            page.get_by_role("heading", name=aliases[place + 1]).wait_for()
            keys.done("next case")
    keys.tab_to(page.get_by_role("link", name="Avsluta mötet"))
    keys.press("Enter")
    keys.tab_to(page.get_by_role("button", name="Avsluta mötet"))
    keys.press("Enter")
    page.get_by_role("heading", name="Skriv mötesanteckningar").wait_for()
    keys.done("end")

    print(f"\nkeys beside the text of each act:\n{keys}")  # noqa: T201  # the figures are what is asked for
    assert keys.most("attendance") == 1
    assert keys.most("next case") == 1
    assert max(keys.most(act) for act in keys.acts if act.startswith("new action")) <= 3
    assert len(keys.acts["next case"]) == 5


def test_keys_rest_in_a_text_field_and_where_somebody_has_turned_them_off(town: Town, open_as: Open) -> None:
    meeting_id, first, second = a_full_meeting(town)
    page = open_as("coordinator", f"/moten/{meeting_id}")
    page.keyboard.press("?")
    page.locator(".keys[open]").wait_for()
    page.keyboard.press("a")
    page.keyboard.type("n1b?")
    page.locator("#who").focus()
    page.keyboard.press("n")
    typed = page.locator("#what").input_value()
    with town.session() as session:
        prefer(session, town.world.coordinator, Preferences(None, None, shortcuts=False))
    page.close()

    without = open_as("coordinator", f"/moten/{meeting_id}")
    without.keyboard.press("n")
    without.keyboard.press("1")

    assert typed == "n1b?"
    assert without.get_by_role("heading", name=town.alias(first)).is_visible()
    assert without.locator(".chip[data-variant=primary]").count() == 0
    assert without.locator("kbd").count() == 0
    assert town.alias(second) in without.locator(".agenda").inner_text()
