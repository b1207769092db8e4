"""The screen in real browsers: the leader's two windows, and the projector's own computer beside them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from sspf.web.current_user import COOKIE
from tests.screen.room import Room
from tests.web.chromium import chromium, faults
from tests.web.visiting import Open, visiting

pytestmark = pytest.mark.browser

TEXT = "Ringa hem varje fredag"

# a poll every third second, and a moment to load
ONE_POLL = 6_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_at(browser: Browser, room: Room) -> Iterator[Open]:
    """Opens a page in a browser of its own, the leader's or nobody's."""
    tokens = {"leader": room.leader.cookies[COOKIE]}
    with visiting(browser, room.served.installation, tokens, forgiven=["ERR_", "422"]) as open_as:

        def open_at(path: str, *, leads: bool = False, **how: object) -> Page:
            # as high as a projector mostly is
            return open_as("leader" if leads else None, path, viewport={"width": 1280, "height": 800}, **how)

        yield open_at


def lead(room: Room, open_at: Open, **how: object) -> Page:
    return open_at(f"/moten/{room.meeting_id}", leads=True, **how)


def connect(leading: Page, open_at: Open, **how: object) -> Page:
    """Another browser, connected with a code that the leader's page shows."""
    leading.get_by_role("button", name="Visa på en annan dator").click()
    code = leading.locator(".screen-code-letters").inner_text()
    there = open_at("/skarm", **how)
    there.get_by_label("Kod").fill(code.lower())
    there.get_by_label("Kod").press("Enter")
    there.wait_for_url("**/skarm/visa")
    return there


def test_a_withdrawal_during_the_meeting_takes_the_case_off_the_screen_within_one_poll(
    room: Room, open_at: Open
) -> None:
    leading = lead(room, open_at)
    projector = connect(leading, open_at)
    expect(projector.get_by_role("heading", name="Paus")).to_be_visible()

    leading.get_by_role("button", name="Kurator Rönn").click()
    expect(projector.get_by_text(TEXT)).to_be_visible(timeout=ONE_POLL)
    expect(leading.locator("#screen_control")).to_contain_text(f"Visar {room.alias_here()}")
    room.take_back()

    expect(projector.get_by_role("heading", name="Paus")).to_be_visible(timeout=ONE_POLL)
    assert TEXT not in projector.content()
    assert room.alias_here() not in projector.content()


def test_escape_blacks_the_screen_from_wherever_the_leader_is(room: Room, open_at: Open) -> None:
    room.come("school")
    leading = lead(room, open_at)
    with leading.expect_popup() as opened:
        leading.get_by_role("button", name="Visa på skärm").click()
    window = opened.value
    expect(window.get_by_text(TEXT)).to_be_visible()
    leading.bring_to_front()
    leading.reload()
    expect(leading.get_by_role("button", name="Paus (Esc)")).to_be_visible()

    leading.locator("#what").press("Escape")
    expect(window.get_by_role("heading", name="Paus")).to_be_visible(timeout=ONE_POLL)
    expect(leading.locator("#screen_control")).to_contain_text("Pausad")
    assert leading.evaluate("document.activeElement.id") == "screen-title"
    leading.keyboard.press("Escape")  # never shows it again
    leading.get_by_role("button", name="Visa igen").press("Enter")
    expect(window.get_by_text(TEXT)).to_be_visible(timeout=ONE_POLL)
    window.keyboard.press("Escape")

    expect(window.get_by_text("Paus", exact=True)).to_be_visible(timeout=500)
    expect(window.get_by_text(TEXT)).to_be_hidden()
    expect(window.get_by_role("heading", name="Paus")).to_be_visible(timeout=ONE_POLL)


def test_what_is_pressed_beside_the_screen_is_told_beside_it(room: Room, open_at: Open) -> None:
    room.press()
    leading = lead(room, open_at)
    control = leading.locator("#screen_control")
    expect(control).to_contain_text("Skärmen är svart tills du har markerat den första som är här.")

    leading.get_by_role("button", name="Kurator Rönn").click()

    expect(control).to_contain_text(f"Visar {room.alias_here()}")
    assert "Kurator Rönn" in leading.evaluate("document.activeElement.textContent")


def test_it_is_black_when_nobody_answers(room: Room, open_at: Open) -> None:
    room.come("school")
    projector = connect(lead(room, open_at), open_at)
    expect(projector.get_by_text(TEXT)).to_be_visible()

    projector.context.set_offline(True)
    expect(projector.get_by_text("Paus", exact=True)).to_be_visible(timeout=3 * ONE_POLL)
    hidden = projector.get_by_text(TEXT).is_hidden()
    projector.context.set_offline(False)

    assert hidden
    expect(projector.get_by_text(TEXT)).to_be_visible(timeout=2 * ONE_POLL)


def test_a_window_whose_leader_signs_out_is_black_and_never_a_sign_in(room: Room, open_at: Open) -> None:
    room.come("school")
    room.press()
    window = open_at(room.path, leads=True)
    expect(window.get_by_text(TEXT)).to_be_visible()

    room.leader.post("/logga-ut")

    expect(window.get_by_text("Paus", exact=True)).to_be_visible(timeout=ONE_POLL)
    expect(window.get_by_text(TEXT)).to_be_hidden()


def test_without_a_script_it_is_loaded_again_and_everything_can_be_pressed(room: Room, open_at: Open) -> None:
    room.come("school")
    leading = lead(room, open_at, java_script_enabled=False)
    leading.get_by_role("link", name="Visa mötet på en skärm").click()
    leading.get_by_role("button", name="Visa på en annan dator").click()
    code = leading.locator(".screen-code-letters").inner_text()
    there = open_at("/skarm", java_script_enabled=False)
    there.get_by_label("Kod").fill(code)
    there.get_by_label("Kod").press("Enter")
    shown = there.locator("main").inner_text()
    refreshed = there.locator("meta[http-equiv=refresh]").get_attribute("content")
    leading.get_by_role("link", name="Möte", exact=False).last.click()
    leading.get_by_role("link", name="Visa mötet på en skärm").click()
    leading.get_by_role("button", name="Paus (Esc)").click()

    there.reload()

    assert TEXT in shown
    assert refreshed == "15"
    assert "Paus" in there.locator("body").inner_text()
    assert TEXT not in there.content()


def test_a_long_list_is_shown_in_turn_without_scrolling_and_the_space_bar_stays(room: Room, open_at: Open) -> None:
    promised = [TEXT, *(f"Ringa familjen om träningen gång {number}" for number in range(19))]
    for text in promised[1:]:
        room.action(room.case_id, text)
    room.come("school")
    room.press()
    window = open_at(room.path, leads=True)
    rows, part = window.locator(".screen-rows > li:visible .screen-what"), window.locator(".screen-part")
    window.set_viewport_size({"width": 1280, "height": 720})
    expect(part).to_have_text("Del 1 av 2. Mellanslag stannar.")
    assert not window.evaluate("document.documentElement.scrollHeight > innerHeight")
    assert window.locator(".screen-rows").evaluate("one => one.clientWidth / innerWidth") > 0.9
    first = rows.all_inner_texts()

    expect(part).to_have_text("Del 2 av 2. Mellanslag stannar.", timeout=5 * ONE_POLL)
    assert not window.evaluate("document.documentElement.scrollHeight > innerHeight")
    second = rows.all_inner_texts()
    window.keyboard.press("Space")
    window.wait_for_timeout(5 * 3_000)

    assert sorted(first + second) == sorted(promised)
    assert rows.all_inner_texts() == second
    window.set_viewport_size({"width": 390, "height": 800})  # on a phone one scrolls
    expect(rows).to_have_count(len(promised))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_the_screen_reads_well(room: Room, open_at: Open, language: str) -> None:
    for text in ("Följa med till simhallen", "Boka tid på gården", "Prata med mormor om helgerna"):
        room.action(room.case_id, text)
    room.come("school")
    leading = lead(room, open_at, locale=language)
    leading.locator("form[action$='/kod'] button").click()
    code = leading.locator(".screen-code-letters").inner_text()
    assert faults(leading, f"screen-code-{language}") == []
    there = open_at("/skarm", locale=language)
    assert faults(there, f"screen-connect-{language}") == []
    there.locator("#code").fill("22222222")
    there.locator("#code").press("Enter")
    there.locator(".ds-error-summary").wait_for()
    assert faults(there, f"screen-wrong-code-{language}") == []
    there.locator("#code").fill(code)
    there.locator("#code").press("Enter")
    there.wait_for_url("**/skarm/visa")
    window = open_at(room.path, leads=True, locale=language)
    control = open_at(f"{room.path}/styr", leads=True, locale=language)
    assert control.locator("html").get_attribute("lang") == language
    for name, page in {"shared": there, "window": window}.items():
        assert page.locator(".screen-rows").is_visible()
        assert page.locator("html").get_attribute("lang") == language
        assert faults(page, f"screen-{name}-{language}") == []
    assert faults(control, f"screen-control-{language}") == []

    room.press("/paus")
    for name, page in {"shared": there, "window": window}.items():
        expect(page.locator("main.screen-black")).to_be_visible(timeout=ONE_POLL)
        assert faults(page, f"screen-{name}-black-{language}") == []
    room.press("/avsluta")
    for name, page in {"shared": there, "window": window}.items():
        expect(page.locator("body:not([data-poll])")).to_be_visible(timeout=ONE_POLL)
        assert faults(page, f"screen-{name}-over-{language}") == []
