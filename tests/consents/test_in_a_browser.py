"""The form at a real keyboard, with scripts and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from starlette.responses import Response

from sspf.app.web import create_app
from sspf.consents.settling import guardians_of
from sspf.web import Access, Router
from sspf.web.current_user import COOKIE
from tests.conftest import Served, _opened, clone, serve
from tests.web.chromium import chromium, served
from tests.world import a_case

pytestmark = pytest.mark.browser

door = Router()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def house(embedded, template, key_store, keyring_path) -> Iterator[Served]:
    for database in _opened(embedded, clone(embedded, template), key_store):
        yield serve(database, keyring_path)


@pytest.fixture(scope="module")
def form_address(house: Served) -> Iterator[str]:
    with house.sessions.begin() as session:
        case = a_case(session, house.world)
        path = f"/arenden/{case.id}/samtycke/nytt?person={guardians_of(case)[0]}"

    @door.get("/in", access=Access.PUBLIC)
    def come_in() -> Response:
        """Hands out the cookie: only a server can set one whose name begins with __Host-."""
        response = Response()
        response.set_cookie(COOKIE, house.tokens["coordinator"], secure=True, httponly=True, samesite="strict")
        return response

    with served(create_app(house.installation, more=[door])) as address:
        yield address + path


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def form(request, browser: Browser, form_address: str) -> Iterator[Page]:
    """The empty form, opened by the coordinator."""
    context = browser.new_context(java_script_enabled=request.param, locale="sv-SE")
    page = context.new_page()
    page.goto(form_address.partition("/arenden")[0] + "/in")
    page.goto(form_address)
    yield page
    context.close()


def totals(page: Page) -> tuple[int, ...]:
    """How many yes, no and not asked the page says there are, as whoever listens to it hears."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    said = [node["name"]["value"] for node in tree["nodes"] if node.get("role", {}).get("value") == "StaticText"]
    text = " ".join(said[next(place for place, words in enumerate(said) if words.startswith("Vem som får berätta:")) :])
    found = re.search(r"(\d+)\s+ja\s+·\s+(\d+)\s+nej\s+·\s+(\d+)\s+inte tillfrågad", text)
    assert found is not None, text
    return tuple(int(number) for number in found.groups())


def test_the_totals_are_right_while_somebody_types(form: Page) -> None:
    rows = form.locator(".answer-source .answer-row")
    every = rows.count()
    assert totals(form) == (0, 0, every)

    rows.nth(0).locator("input[value=yes]").check()
    rows.nth(1).locator("input[value=no]").check()

    assert totals(form) == (1, 1, every - 2)


def test_one_button_fills_one_source_and_comes_back_to_it(form: Page) -> None:
    source = form.locator(".answer-source").nth(1)
    rows = source.locator(".answer-row").count()
    form.locator("#form_version").fill("2026-1")

    source.get_by_role("button", name=re.compile("^Nej")).click()

    assert source.locator("input[value=no]:checked").count() == rows
    assert totals(form)[:2] == (0, rows)
    assert form.locator("#form_version").input_value() == "2026-1"
    assert form.url.endswith(f"#{source.get_attribute('id')}")


def test_enter_in_a_field_sends_the_form_to_be_checked_and_not_to_be_filled(form: Page) -> None:
    form.locator("#form_version").fill("2026-1")

    form.locator("#form_version").press("Enter")

    form.locator(".ds-error-summary").wait_for()
    assert form.url.endswith("/samtycke/granska")
    assert totals(form)[:2] == (0, 0)


@pytest.mark.parametrize("form", [True], indirect=True, ids=["with scripts"])
@pytest.mark.parametrize(("key", "value"), [("j", "yes"), ("N", "no"), ("-", "")])
def test_one_key_fills_one_source_and_no_other(form: Page, key: str, value: str) -> None:
    sources = form.locator(".answer-source")
    rows = sources.first.locator(".answer-row").count()
    sources.first.locator("input[value=yes]").first.check()

    sources.first.locator("input[value=yes]").first.press(key)

    assert sources.first.locator(f'input[value="{value}"]:checked').count() == rows
    assert sources.nth(1).locator('input[value=""]:checked').count() == sources.nth(1).locator(".answer-row").count()


@pytest.mark.parametrize("form", [True], indirect=True, ids=["with scripts"])
def test_a_key_in_a_field_writes_in_the_field(form: Page) -> None:
    form.locator("#form_version").press_sequentially("jn-1")

    assert form.locator("#form_version").input_value() == "jn-1"
    assert totals(form)[:2] == (0, 0)
