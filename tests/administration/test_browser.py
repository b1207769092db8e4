"""Somebody new, from the administrator's list to their own start page, in a real browser."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Served
from tests.web.chromium import chromium, faults, faults_in_both_languages
from tests.web.visiting import REFUSED, Open, visiting

pytestmark = pytest.mark.browser

PASSWORD = "vattenfall gråsten paraply"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_as(browser: Browser, served: Served) -> Iterator[Open]:
    with visiting(browser, served.installation, served.tokens, forgiven=[REFUSED]) as open_as:
        yield open_as


def look(page: Page, name: str) -> None:
    assert faults_in_both_languages(page, f"administration-{name}") == []


def test_somebody_new_gets_in_once_a_colleague_knows_them(open_as: Open) -> None:
    admin = open_as("administrator", "/administration/anvandare/ny")
    look(admin, "user_new")
    admin.get_by_label("Namn").fill("Kurator Ny")
    admin.get_by_label("E-postadress").fill("ny@provkoping.example")
    admin.get_by_label("Organisation").select_option(label="Enheten school")
    admin.get_by_label("Kontaktperson").check()
    admin.get_by_role("button", name="Lägg till").click()
    admin.get_by_role("button", name="Ge en engångskod").click()
    code = admin.locator(".one-time-code code").inner_text()
    assert faults(admin, "administration-code") == []  # asked for anew it would be another code

    ny = open_as(None, "/valkommen")
    ny.get_by_label("Engångskod").fill(code)
    ny.get_by_role("button", name="Fortsätt").click()
    look(ny, "password")
    for field in ny.locator("input[type=password]").all():
        field.fill(PASSWORD)
    ny.locator("main form button[type=submit]").click()
    look(ny, "first_code")
    seed = ny.locator("main code").inner_text().replace(" ", "")
    totp = pyotp.TOTP(seed)
    now = int(datetime.now(UTC).timestamp()) // 30
    ny.locator("main input[name=code]").fill(totp.at(now * 30))
    ny.locator("main form button[type=submit]").click()
    # one that has not been used, and that is good for a minute and more
    sign_in(ny, totp.at((now + 1) * 30))
    assert "En kollega i din organisation, eller koordinatorn" in ny.locator("main").inner_text()
    look(ny, "waiting")

    colleague = open_as("school", "/")
    colleague.get_by_role("link", name="Känner du personen?").click()
    look(colleague, "vouch")
    colleague.get_by_role("button", name="Ja, det är Kurator Ny").click()
    assert "Ingen väntar på dig just nu." in colleague.locator("main").inner_text()

    ny.reload()
    look(ny, "choice")
    ny.get_by_label("Kontaktperson").check()
    ny.get_by_role("button", name="Fortsätt").click()
    assert "Mina åtaganden" in ny.locator("main").inner_text()


def sign_in(page: Page, code: str) -> None:
    page.get_by_label("E-postadress").fill("ny@provkoping.example")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_label("Kod från din app").fill(code)
    page.locator("main form button[type=submit]").first.click()


@pytest.mark.parametrize(
    "path",
    [
        "/administration",
        "/administration/halsa",
        "/administration/anvandare",
        "/administration/organisationer",
        "/administration/organisationer/ny",
        "/administration/myndigheter/ny",
        "/administration/aldrar",
        "/administration/ord",
        "/administration/uppgifter",
        "/administration/kommun",
    ],
)
def test_every_page_fits_and_can_be_used_by_everybody(open_as: Open, path: str) -> None:
    look(open_as("administrator", path), path.rpartition("/")[2])


def test_a_municipality_is_found_by_typing(open_as: Open) -> None:
    page = open_as("administrator", "/administration/kommun")

    page.get_by_label("Kommunens namn").fill("Kalix kommun")
    page.get_by_role("button", name="Spara").click()

    assert "Nu är det den här kommunen." in page.locator("main").inner_text()
