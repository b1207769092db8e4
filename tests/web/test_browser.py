"""The components in a real browser: readable, reachable, and closed to what somebody else wrote."""

import pytest
from starlette.responses import HTMLResponse, Response

from sspf.web import Access, Router
from tests.web.chromium import SIDEWAYS, chromium, faults, picture, served, violations
from tests.web.edge_under_test import edge_with
from tests.web.kitchen import PAGES, kitchen

pytestmark = pytest.mark.browser


STORED = "Object.keys(localStorage).length + Object.keys(sessionStorage).length"
SMALL_TARGETS = """
[...document.querySelectorAll(
  'main button, main .ds-button, main input:not([type=hidden]), main select, nav.menu a, summary')]
  .filter(one => one.checkVisibility())
  .map(one => one.matches('[type=radio], [type=checkbox]') ? one.closest('.ds-field') : one)
  .filter(one => one.getBoundingClientRect().height < 43.5)
  .map(one => one.outerHTML.slice(0, 80))
"""
INJECTED = """<section id="note_form"><p id="written">Hej</p>
<script>document.title = "ran"</script><img src="x" onerror="document.title = 'ran'">
<button id="bait" hx-get="/bete" hx-trigger="load">Bete</button>
<button id="bait2" data-hx-get="/bete" data-hx-trigger="load" hx-nonce="guessed">Bete</button></section>"""

evil = Router()
asked_for: list[str] = []


@evil.get("/bete", access=Access.PUBLIC)
def bait() -> Response:
    asked_for.append("bete")
    return Response()


@evil.post("/illasinnat", access=Access.PUBLIC)
def what_somebody_wrote() -> Response:
    return HTMLResponse(INJECTED)


@pytest.fixture(scope="module")
def address():
    with served(edge_with(kitchen, evil, is_demo=True)) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser, address):
    contexts = []

    def open_page(path, *, width=1280, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="sv-SE", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/kok/in")
        page.goto(f"{address}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def each_page(page, address):
    for path in PAGES:
        page.goto(f"{address}{path}")
        yield path


def test_no_page_has_an_accessibility_fault(open_page, address):
    page = open_page("/kok/in")

    for path in each_page(page, address):
        assert faults(page, path.strip("/").replace("/", "-")) == []


def test_nothing_is_cut_off_on_a_narrow_screen_or_at_four_times_the_size(open_page, address):
    page = open_page("/kok/in", width=320, height=256)

    for path in each_page(page, address):
        assert not page.evaluate(SIDEWAYS), path


def test_a_thumb_can_hit_every_target(open_page, address):
    page = open_page("/kok/in", width=390, height=844)

    for path in each_page(page, address):
        assert (path, page.evaluate(SMALL_TARGETS)) == (path, [])


@pytest.mark.parametrize("width", [390, 1280])
def test_mistakes_are_said_first_and_have_the_focus(open_page, width):
    page = open_page("/kok/anteckning", width=width)
    page.get_by_label("Vem berättade?").fill("Mormor")

    page.get_by_role("button", name="Granska").click()
    page.get_by_role("heading", name="Det är något att rätta till").wait_for()

    assert page.evaluate("document.activeElement.className") == "ds-error-summary"
    assert page.get_by_label("Vem berättade?").input_value() == "Mormor"
    assert page.locator("#status").text_content() == "Det är något att rätta till"
    assert violations(page) == []
    page.get_by_role("link", name="Svara hur du vet det.").click()
    assert page.evaluate("document.activeElement.id") == "basis"
    picture(page, f"mistakes-{width}")


def test_without_javascript_the_same_mistakes_are_said(open_page):
    page = open_page("/kok/anteckning", java_script_enabled=False)
    page.get_by_label("Vem berättade?").fill("Mormor")

    page.get_by_role("button", name="Granska").click()

    assert page.get_by_role("heading", name="Det är något att rätta till").is_visible()
    assert page.get_by_label("Vem berättade?").input_value() == "Mormor"


def test_the_swapped_form_still_works(open_page):
    page = open_page("/kok/anteckning")
    for _attempt in range(2):  # the second one is sent by the form that the first one brought
        with page.expect_response(lambda answer: answer.status == 422) as answer:
            page.get_by_role("button", name="Granska").click()
        assert answer.value.request.headers["hx-request"] == "true"
        page.get_by_role("heading", name="Det är något att rätta till").wait_for()


def test_a_date_is_said_in_words_and_characters_are_counted(open_page):
    page = open_page("/kok/anteckning")

    page.get_by_label("När var det?").fill("2026-11-24")
    page.get_by_label("Vad behöver mottagaren veta").fill("å" * 510)

    assert page.locator("#seen_on-words").text_content() == "tisdag 24 november 2026"
    assert page.locator("#statement-most").text_content() == "10 tecken för mycket"


def test_the_focused_field_is_never_under_the_save_bar(open_page):
    page = open_page("/kok/samtycke", width=390, height=500)
    bar = page.locator(".save-bar")
    for _press in range(14):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "document.activeElement.closest('.save-bar, header, .crumbs') ? null :"
            " document.activeElement.getBoundingClientRect().bottom"
        )
        assert focused is None or focused <= bar.bounding_box()["y"] + 1


def test_what_somebody_wrote_neither_runs_nor_asks_for_anything(open_page):
    page = open_page("/kok/anteckning")
    refused = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.route(
        "**/kok/anteckning", lambda route: route.continue_(url=page.url.replace("/kok/anteckning", "/illasinnat"))
    )

    page.get_by_role("button", name="Granska").click()
    page.locator("#written").wait_for()
    page.wait_for_timeout(300)

    assert asked_for == []
    assert page.title().startswith("Ny anteckning")
    assert not page.locator("#bait").get_attribute("hx-get")
    assert refused


def test_a_page_breaks_none_of_its_own_rules_and_keeps_nothing(open_page):
    page = open_page("/kok/samtycke")
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.reload()

    with page.expect_response(lambda answer: answer.status == 422):
        page.get_by_role("button", name="Granska och spara").click()
    page.get_by_role("heading", name="Det är något att rätta till").wait_for()

    assert [line for line in said if "422" not in line] == []
    assert page.evaluate(STORED) == 0


def test_typed_text_asks_before_it_is_left(open_page):
    page = open_page("/kok/anteckning")
    page.get_by_label("Vem berättade?").press_sequentially("Mormor")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_role("link", name="Ärenden").first.click()
    page.wait_for_url("**/kok/arende")

    assert asked == ["beforeunload"]


def test_a_lost_connection_leaves_the_text_and_says_so(open_page):
    page = open_page("/kok/anteckning")
    page.get_by_label("Vem berättade?").fill("Mormor")
    page.context.set_offline(True)

    page.get_by_role("button", name="Granska").click()
    page.locator("#problem", has_text="Ingen kontakt med systemet").wait_for()

    assert page.get_by_label("Vem berättade?").input_value() == "Mormor"


def test_on_paper_there_is_no_menu_and_a_reminder(open_page):
    page = open_page("/kok/arende")
    page.emulate_media(media="print")

    assert page.get_by_text("Sekretess – skriv ut bara det du behöver.").is_visible()
    assert page.get_by_text("av Sara Lind, Samordningen").is_visible()
    assert not page.locator("header.top").is_visible()
    assert not page.get_by_role("button", name="Klar").first.is_visible()
    picture(page, "paper")
