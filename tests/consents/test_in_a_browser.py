"""The form at a real keyboard, with scripts and without."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
from playwright.sync_api import Browser, Page
from starlette.responses import Response

from sspf.app.web import create_app
from sspf.cases import queries as cases
from sspf.consents import queries
from sspf.consents.service import withdraw
from sspf.law.kinds import TAKING_PART, Kind
from sspf.web import Access, Router
from sspf.web.current_user import COOKIE
from tests.conftest import Served
from tests.consents.make import a_fact, answers, refresh, sign, told
from tests.web.chromium import chromium, faults_in_both_languages, picture, served
from tests.world import CONTACTS, GUARDIANS, a_case

pytestmark = pytest.mark.browser

door = Router()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def form_address(house: Served) -> Iterator[str]:
    with house.sessions.begin() as session:
        case = a_case(session, house.world)
        path = f"/arenden/{case.id}/samtycke/nytt?person={case.guardian_ids[0]}"

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
    assert form.evaluate("document.activeElement.closest('[data-question]').id") == sources.nth(1).get_attribute("id")
    assert sources.nth(1).locator('input[value=""]:checked').count() == sources.nth(1).locator(".answer-row").count()


@pytest.mark.parametrize("form", [True], indirect=True, ids=["with scripts"])
def test_a_key_in_a_field_writes_in_the_field(form: Page) -> None:
    form.locator("#form_version").fill("")
    form.locator("#form_version").press_sequentially("jn-1")

    assert form.locator("#form_version").input_value() == "jn-1"
    assert totals(form)[:2] == (0, 0)


@pytest.mark.parametrize("form", [True], indirect=True, ids=["with scripts"])
def test_a_key_that_is_held_down_answers_one_question(form: Page) -> None:
    form.keyboard.down("j")
    form.keyboard.down("j")
    form.keyboard.up("j")

    assert form.locator("[data-question] input[value=yes]:checked").count() == 1


@pytest.mark.parametrize("form", [True], indirect=True, ids=["with scripts"])
def test_keys_do_nothing_where_no_answer_has_the_focus(form: Page) -> None:
    form.locator("#language").focus()
    form.keyboard.press("j")
    form.locator(".save-bar button").focus()
    form.keyboard.press("n")

    assert (
        form.locator("[data-question] input[value=yes]:checked, [data-question] input[value=no]:checked").count() == 0
    )


class Keyboard:
    """A keyboard that counts: nothing else touches the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


MOST_KEYS = 40


@pytest.fixture
def five_parties(browser: Browser, form_address: str, house: Served) -> Iterator[tuple[Page, str]]:
    """The empty form of a case with five parties, as it stands when it opens."""
    with house.sessions.begin() as session:
        case = a_case(session, house.world, parties=(*CONTACTS, "outsider"))
        path = f"/arenden/{case.id}/samtycke/nytt?person={case.guardian_ids[0]}"
        a_form_typed_before(session, house.world)
    address = form_address.partition("/arenden")[0]
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    page.goto(address + "/in")
    page.goto(address + path)
    yield page, str(case.id)
    context.close()


def a_form_typed_before(session, world) -> None:
    """Another family's, so that the version on the paper is known."""
    case = a_case(session, world)
    sign(session, world, case, case.guardian_ids[0], answers(world))


def test_five_parties_are_typed_in_checked_and_saved_by_keyboard_alone(
    five_parties: tuple[Page, str], house: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plain paper: yes to everyone and to everything."""
    page, case_id = five_parties
    keyboard = Keyboard(page)

    keyboard.press("j")  # wants to take part
    keyboard.press(*"jjjjj")  # each of the five
    keyboard.press(*"jjjjjj")  # what each source may tell, coordination's too
    keyboard.press("Enter")
    page.wait_for_url("**/samtycke/granska")
    picture(page, "consent-check-by-keyboard")
    keyboard.press("Enter")
    page.wait_for_url("**/samtycke?klart=samtycke")

    with capsys.disabled():
        print(f"\nfive parties, checked and saved: {keyboard.pressed} keystrokes")  # noqa: T201  # the figure
    assert keyboard.pressed <= MOST_KEYS
    with house.sessions.begin() as session:
        (consent,) = _consents(session, house, case_id)
        told = [row for row in consent.rows if row.kind not in TAKING_PART]
        assert len({row.source_id for row in told}) == 6
        assert len({row.recipient_id for row in consent.rows} - {house.world.id_of("coordinator")}) == 5


def test_a_paper_with_a_no_in_it_takes_few_keys_more(
    five_parties: tuple[Page, str], house: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    """Signed yesterday; not the police, nothing to be told by or to them, and one row of the school's is a no."""
    page, case_id = five_parties
    keyboard = Keyboard(page)
    parties = page.locator("#organisations .answer-row")
    police = parties.all_inner_texts().index(next(one for one in parties.all_inner_texts() if "police" in one))

    keyboard.press("j")
    keyboard.press(*("n" if place == police else "j" for place in range(5)))
    keyboard.press(*("n" if place == police else "j" for place in range(6)))
    # back to the last source, whose last row is a no
    keyboard.press("Shift+Tab", "ArrowRight")
    keyboard.press("Enter")
    page.wait_for_url("**/samtycke/granska")
    keyboard.press("Enter")
    page.wait_for_url("**/samtycke?klart=samtycke")

    with capsys.disabled():
        print(f"\nfive parties with a no among them: {keyboard.pressed} keystrokes")  # noqa: T201  # the figure
    assert keyboard.pressed <= MOST_KEYS
    with house.sessions.begin() as session:
        (consent,) = _consents(session, house, case_id)
        ends = {end for row in consent.rows for end in (row.source_id, row.recipient_id)}
        assert house.world.id_of("police") not in ends


def test_an_enter_that_is_held_down_saves_nothing_unread(five_parties: tuple[Page, str], house: Served) -> None:
    page, case_id = five_parties
    page.keyboard.press("j")
    page.locator(".save-bar button").first.focus()

    page.keyboard.down("Enter")
    page.wait_for_url("**/samtycke/granska")
    for _ in range(5):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")

    assert page.url.endswith("/samtycke/granska")
    with house.sessions.begin() as session:
        assert _consents(session, house, case_id) == []


def test_axe_finds_nothing_on_the_pages_of_consents(browser: Browser, form_address: str, house: Served) -> None:
    address, case_id, given = form_address.partition("/arenden")[0], *_every_page(house)
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    page.goto(address + "/in")
    base = f"{address}/arenden/{case_id}/samtycke"
    paths = {
        "overview": base,
        "spoken": f"{base}/nytt?person={given['father']}&satt=spoken",
        "same": f"{base}/nytt?person={given['father']}&fran={given['spoken']}",
        "sign": f"{base}/{given['spoken']}/underskrift",
        "withdrawn": f"{base}/{given['withdrawn']}/aterkalla",
        "letters": f"{base}/{given['withdrawn']}/brev",
        "start": f"{address}/",
    }
    found = []
    for name, path in paths.items():
        assert page.goto(path).status == 200, name
        found += faults_in_both_languages(page, f"consent-{name}")
    context.close()

    assert found == []


def test_each_letter_is_printed_on_a_sheet_of_its_own(
    browser: Browser, form_address: str, house: Served, tmp_path: Path
) -> None:
    address, case_id, given = form_address.partition("/arenden")[0], *_every_page(house)
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    page.goto(address + "/in")
    page.goto(f"{address}/arenden/{case_id}/samtycke/{given['withdrawn']}/brev")
    page.pdf(path=tmp_path / "letters.pdf", format="A4")
    letters = page.locator("article").count()
    context.close()

    with pikepdf.open(tmp_path / "letters.pdf") as printed:
        assert len(printed.pages) == letters == len(CONTACTS)


def _every_page(house: Served) -> tuple[str, dict[str, str]]:
    """A case in which the mother took one thing back and then said yes by word of mouth."""
    world = house.world
    with house.sessions.begin() as session:
        case = a_case(session, world, guardians=GUARDIANS)
        mother, father = case.guardian_ids
        rows = [("school", "police", Kind.SCHOOL), ("leisure", "school", Kind.LEISURE)]
        for person in (mother, father):
            given = sign(session, world, case, person, answers(world, *rows))
        case = refresh(session, world, case)
        assert told(session, world, case, a_fact(session, world, case), "police")
        withdraw(session, world.coordinator, refresh(session, world, case), given)
        session.flush()
        spoken = sign(session, world, case, mother, answers(world, *rows), lasting=timedelta(days=10), spoken=True)
        return str(case.id), {"father": str(father), "spoken": str(spoken.id), "withdrawn": str(given.id)}


def _consents(session, house: Served, case_id: str):
    case = cases.get_case(session, house.world.coordinator, UUID(case_id))
    return queries.list_consents(session, case)
