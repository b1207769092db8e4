"""Which language a request is answered in, and how its reader wants the page to look."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.preferences import Preferences
from auth.sessions import Visit
from sspf.texts import _, begin_voice, either
from sspf.web import dates
from sspf.web.languages import Language, preferred, speak, translator
from sspf.web.preferences import LANGUAGE_COOKIE, THEME_COOKIE
from tests.web import edge_under_test
from tests.web.edge_under_test import browser, edge_with
from tests.web.routes_under_test import feature

ASKS_FOR_ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,sv;q=0.5"}


@pytest.fixture
def app():
    return edge_with(feature)


@pytest.fixture
def account(monkeypatch):
    """What Sara's account says; nothing until a test says so."""

    def choose(**chosen):
        usual = edge_under_test.find_visit

        def find_visit(session, token):
            visit = usual(session, token)
            return visit and Visit(
                visit.actor, visit.idle_at, visit.too_old_at, touch_is_due=False, preferences=Preferences(**chosen)
            )

        return edge_with(feature, find=find_visit)

    return choose


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", None),
        ("sv-SE,sv;q=0.9,en;q=0.8", Language.SWEDISH),
        ("en-US", Language.ENGLISH),
        ("de, en;q=0.5, sv;q=0.7", Language.SWEDISH),
        ("EN-gb", Language.ENGLISH),
        ("de-DE,fr", None),
        ("en;q=0", None),
        ("en;q=many, sv;q=0.1", Language.SWEDISH),
        ("*", None),
    ],
)
def test_what_a_browser_asks_for(asked, language):
    assert preferred(asked) == language


@given(st.text())
def test_nothing_that_a_browser_says_is_an_error(asked):
    assert preferred(asked) in {None, *Language}


def test_it_is_swedish_when_nobody_says_anything(app):
    assert '<html lang="sv"' in browser(app, signed_in=False).get("/oppet").text


def test_the_browser_decides_for_whoever_has_not_chosen(app):
    page = browser(app, signed_in=False).get("/oppet", headers=ASKS_FOR_ENGLISH).text

    assert '<html lang="en"' in page
    assert 'value="sv" lang="sv">Svenska' in page


def test_a_cookie_goes_before_the_browser(app):
    client = browser(app, signed_in=False)
    client.cookies.set(LANGUAGE_COOKIE, "sv")

    assert '<html lang="sv"' in client.get("/oppet", headers=ASKS_FOR_ENGLISH).text


def test_a_made_up_cookie_is_no_language_and_no_colours(app):
    client = browser(app, signed_in=False)
    client.cookies.set(LANGUAGE_COOKIE, "'><script>")
    client.cookies.set(THEME_COOKIE, "'><script>")

    assert '<html lang="sv" data-color-scheme="auto"' in client.get("/oppet").text


def test_the_account_goes_before_the_cookie(account):
    client = browser(account(language="en", theme="dark"))
    client.cookies.set(LANGUAGE_COOKIE, "sv")
    client.cookies.set(THEME_COOKIE, "light")

    assert '<html lang="en" data-color-scheme="dark"' in client.get("/hej").text


def test_one_reader_does_not_hear_anothers_language(account):
    app = account(language="en")

    assert '<html lang="en"' in browser(app).get("/hej").text
    assert '<html lang="sv"' in browser(app, signed_in=False).get("/oppet").text


def test_a_form_that_was_refused_offers_no_way_to_lose_what_was_typed(app):
    client = browser(app)

    assert 'action="/sprak"' in client.get("/hej?klart=sparat").text
    assert 'value="/hej?klart=sparat"' in client.get("/hej?klart=sparat").text
    assert 'action="/sprak"' not in client.post("/hej", data={}).text


def test_dates_follow_the_language():
    begin_voice()
    assert dates.date_words(date(2026, 11, 24)) == "tisdag 24 november 2026"

    speak("en")
    assert dates.date_words(date(2026, 11, 24)) == "Tuesday 24 November 2026"


def test_a_sentence_is_said_in_the_language_of_whoever_reads_it(monkeypatch):
    said = {"Hej %(name)s": "Hello %(name)s", "%(number)s dagar": "%(number)s days"}
    spoken = begin_voice()
    greeting, days = _("Hej %(name)s", name="Sara"), either("en dag", "%(number)s dagar", 2)

    spoken.translate = lambda message: said.get(message, message)

    assert (str(greeting), str(days)) == ("Hello Sara", "2 days")


def test_what_the_catalogue_lacks_is_said_in_swedish():
    assert translator(Language.ENGLISH)("Det här står inte i någon katalog.") == "Det här står inte i någon katalog."
