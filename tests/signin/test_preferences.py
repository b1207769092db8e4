"""How somebody wants their pages: kept with the account, in a cookie where there is none, and never a way elsewhere."""

import pytest

from sspf.web.preferences import LANGUAGE_COOKIE, THEME_COOKIE
from tests.signin.make import Site, where


@pytest.fixture
def school(site: Site):
    return site.browser(site.served.tokens["school"])


def test_what_is_chosen_stays_with_the_account(site: Site, school):
    sent = school.post("/konto/installningar", data={"language": "en", "theme": "dark"})

    assert where(sent) == "/konto"
    elsewhere = site.browser(site.served.tokens["school"]).get("/konto").text
    assert '<html lang="en" data-color-scheme="dark"' in elsewhere
    assert 'name="shortcuts" value="on" checked' not in elsewhere


def test_it_is_nobody_elses(site: Site, school):
    school.post("/konto/installningar", data={"language": "en", "theme": "dark"})

    assert '<html lang="sv" data-color-scheme="auto"' in site.browser(site.served.tokens["police"]).get("/konto").text


def test_shortcuts_are_on_until_somebody_turns_them_off(school):
    assert 'value="on" checked' in school.get("/konto").text


def test_the_language_may_be_left_to_the_browser_again(school):
    school.post("/konto/installningar", data={"language": "en", "theme": "auto"})
    school.post("/konto/installningar", data={"language": "", "theme": "auto"})
    school.cookies.delete(LANGUAGE_COOKIE)

    assert '<html lang="sv"' in school.get("/konto").text


def test_the_header_changes_the_language_and_leads_back(site: Site, school):
    sent = school.post("/sprak", data={"language": "en", "back_to": "/arenden/elva?sida=2"})

    assert sent.headers["location"] == "/arenden/elva?sida=2"
    assert '<html lang="en"' in site.browser(site.served.tokens["school"]).get("/konto").text


def test_whoever_is_not_signed_in_has_a_cookie_for_it(site: Site):
    browser = site.browser()
    browser.post("/sprak", data={"language": "en", "back_to": "/logga-in"})
    sent = browser.post("/utseende", data={"theme": "dark", "back_to": "/logga-in"})

    assert '<html lang="en" data-color-scheme="dark"' in browser.get("/logga-in").text
    for mark in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert mark in sent.headers["set-cookie"]
    assert {LANGUAGE_COOKIE, THEME_COOKIE} <= set(browser.cookies)


@pytest.mark.parametrize("back_to", ["https://annanstans.example", "//annanstans.example", "/\\annanstans.example"])
@pytest.mark.parametrize(("path", "chosen"), [("/sprak", {"language": "en"}), ("/utseende", {"theme": "dark"})])
def test_it_leads_nowhere_else(site: Site, path, chosen, back_to):
    assert site.browser().post(path, data={**chosen, "back_to": back_to}).headers["location"] == "/"


@pytest.mark.parametrize(("path", "chosen"), [("/sprak", {"language": "de"}), ("/utseende", {"theme": "rosa"})])
def test_what_there_is_not_is_refused(site: Site, path, chosen):
    assert site.browser().post(path, data=chosen).status_code == 422
