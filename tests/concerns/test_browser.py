"""A telephone call in a real browser: typed by keyboard while it lasts, the family's yes, who they are, and a case."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.concerns import make
from tests.conftest import Served
from tests.web.chromium import chromium, faults
from tests.web.visiting import REFUSED, Open, visiting
from tests.world import GUARDIANS, YOUTH_15

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Served:
    found: Served = request.getfixturevalue("served")
    return found


@pytest.fixture
def open_as(browser: Browser, house: Served) -> Iterator[Open]:
    with visiting(browser, house.installation, house.tokens, forgiven=[REFUSED]) as open_as:
        yield open_as


def looks_well(page: Page, name: str) -> None:
    assert faults(page, f"concerns-{name}") == []


def test_the_telephone_call_by_keyboard_and_on_to_a_case(open_as: Open) -> None:
    page = open_as("coordinator", "/")
    page.get_by_role("link", name="Ny kontakt").press("Enter")
    page.get_by_label("Vem hör av sig?").focus()

    press, type_in = page.keyboard.press, page.keyboard.type
    for keys in ("Familjen", "Frånv", "14", "Årskurs 7", "Provdalen"):
        type_in(keys)
        press("Tab")
    type_in("Har inte varit i skolan på två veckor.")
    looks_well(page, "new")
    with page.expect_navigation():
        page.locator("#area").press("Enter")

    page.locator("[name=suspicion][value=no]").check()
    with page.expect_navigation():
        press("Enter")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Frånvaro")
    looks_well(page, "show")
    page.get_by_role("link", name="Familjen vill ha kontakt").press("Enter")
    page.get_by_label("En vårdnadshavare").press("Space")
    looks_well(page, "yes")
    with page.expect_navigation():
        page.get_by_role("button", name="Spara och skriv in vem det gäller").press("Enter")

    looks_well(page, "identity")
    page.locator("#called_name").fill(make.CALLED)
    page.locator("#full_name").fill(make.FULL_NAME)
    page.locator("#number").fill(YOUTH_15)
    page.locator("#guardian_1_called_name").fill("Vuxen1")
    page.locator("#guardian_1_full_name").fill("Vuxen1 Skogsdotter")
    page.locator("#guardian_1_number").fill(GUARDIANS[0])
    page.locator("#guardian_1_contact").fill(make.CONTACT)
    with page.expect_navigation():
        page.get_by_role("button", name="Spara uppgifterna").press("Enter")

    assert page.get_by_text(make.CALLED, exact=True).count() == 1
    assert make.CALLED not in page.title() + page.url
    looks_well(page, "named")
    page.get_by_role("link", name="Öppna ett ärende").press("Enter")
    assert page.locator("#called_name").input_value() == make.CALLED
    assert page.locator("#guardian_1_contact").input_value() == make.CONTACT
    with page.expect_navigation():
        page.get_by_role("button", name="Öppna ärendet").press("Enter")

    page.locator(".notice", has_text="Ärendet är öppnat.").wait_for()
    page.goto(page.url.split("/arenden")[0] + "/kontakter?visa=alla")
    page.get_by_role("link", name="Frånvaro").press("Enter")
    assert page.get_by_text("Blev ett ärende").count() == 1
    assert page.get_by_text(make.CALLED).count() == 0
    looks_well(page, "case")


def test_a_worry_that_a_child_is_badly_off_leads_to_the_duty_to_report_first(open_as: Open) -> None:
    page = open_as("school", "/kontakter/ny")
    page.get_by_label("Vad gäller det?").select_option(label="Heder")
    page.get_by_label("Vad har setts eller hörts?").fill("Mejla mamma@exempel.se om det som hände.")
    page.get_by_role("button", name="Spara kontakten").click()
    page.locator(".ds-error-summary").wait_for()
    assert "e-postadress" in page.locator("#seen-error").inner_text()
    assert page.get_by_label("Vad gäller det?").input_value() != ""
    looks_well(page, "refused")

    page.get_by_label("Vad har setts eller hörts?").fill("Får inte gå hem från skolan själv längre.")
    page.get_by_role("button", name="Spara kontakten").click()
    page.get_by_role("heading", name="Orosanmälan går först").wait_for()

    assert "19 kap. 1 §" in page.locator("main").inner_text()
    assert "15 jan. 2026" in page.locator("main").inner_text()
    assert "Berätta inte för vårdnadshavarna" in page.locator("main").inner_text()
    assert not page.locator("#reason").is_visible()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Ja, vi har anmält").check()
    page.locator("#made_on").fill("2026-01-20")
    looks_well(page, "weighing")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Ni anmälde till Socialtjänsten").wait_for()
    looks_well(page, "own")
    path = "/kontakter/" + page.url.partition("/kontakter/")[2].partition("?")[0]
    coordinations = open_as("coordinator", path)
    assert coordinations.get_by_text("Får inte gå hem").count() == 1
    assert "Ni anmälde" not in coordinations.locator("body").inner_text()


def test_the_list_and_the_administrators_words_read_well(house: Served, open_as: Open) -> None:
    with house.sessions.begin() as session:
        concern = make.named(session, house.world, make.a_concern(session, house.world, "coordinator"))
        make.a_concern(session, house.world, "school")
    for who, path in (
        ("coordinator", "/kontakter"),
        ("coordinator", f"/kontakter/{concern.id}/informerat"),
        ("coordinator", f"/kontakter/{concern.id}/personer/{concern.people[0].person_id}"),
        ("school", "/kontakter"),
        ("administrator", "/administration/kontaktslag"),
    ):
        page = open_as(who, path)
        looks_well(page, f"{who}-{path.rpartition('/')[2][:12]}")
        page.close()
