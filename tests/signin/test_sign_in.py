"""Signing in: one way in, one answer for everything else."""

from sqlalchemy import text

from audit.events import SYSTEM_LOG
from auth import accounts
from sspf.web.current_user import COOKIE
from tests.signin.make import PASSWORD, Site, plain, where
from tests.world import TESTS

WRONG = "E-postadressen, lösenordet eller koden stämmer inte."


def test_somebody_with_password_and_code_comes_in(site: Site):
    site.enrol("school")
    browser = site.browser()

    answer = site.sign_in(browser, "school")

    assert where(answer) == "/"
    assert browser.get("/").text == "Kurator Rönn, contact"


def test_the_cookie_stays_on_this_host_and_away_from_scripts_and_other_sites(site: Site):
    site.enrol("school")

    answer = site.sign_in(site.browser(), "school")

    cookie = answer.headers["set-cookie"]
    name, *attributes = cookie.split("; ")
    assert name.startswith("__Host-sid=")
    assert {each.lower() for each in attributes} == {"httponly", "path=/", "samesite=strict", "secure"}


def test_a_page_that_needed_sign_in_is_shown_afterwards(site: Site):
    site.enrol("school")
    browser = site.browser()
    asked = f"/arenden/{site.actor('school').user_id}"

    to_sign_in = browser.get(asked)
    page = browser.get(to_sign_in.headers["location"])
    answer = site.sign_in(browser, "school", back_to=asked)

    assert where(to_sign_in) == "/logga-in"
    assert f'name="back_to" value="{asked}"' in page.text
    assert where(answer) == asked


ELSEWHERE = (
    "https://ont.example/",
    "//ont.example/",
    "/\\ont.example/",
    "/\t/ont.example",
    "javascript:alert(1)",
    "ont",
    "",
)


def test_nobody_is_sent_to_another_site(site: Site):
    site.enrol("school")
    signed_in = site.browser(site.served.tokens["police"])

    for elsewhere in ELSEWHERE:
        page = site.browser().get("/logga-in", params={"till": elsewhere})
        assert 'name="back_to" value="/"' in page.text
        assert signed_in.get("/logga-in", params={"till": elsewhere}).headers["location"] == "/"
    answer = site.sign_in(site.browser(), "school", back_to="//ont.example/")

    assert answer.headers["location"] == "/"


def test_every_wrong_attempt_gives_the_same_page(site: Site):
    site.enrol("school")
    site.enrol("police")
    with site.served.sessions.begin() as session:
        accounts.disable_user(session, TESTS, site.actor("police").user_id)
    attempts = {
        "nobody": {"email": "ingen@provkoping.example", "code": "123456"},
        "password": {"password": "något helt annat än så"},
        "code": {"code": "000000"},
        "password and code": {"password": "något helt annat än så", "code": "000000"},
        "malformed code": {"code": "abc"},
        "closed account": {"email": site.email("police"), "code": site.app_code("police")},
        "no password yet": {"email": site.email("social"), "code": "123456"},
    }

    pages = {}
    for what, typed in attempts.items():
        answer = site.sign_in(site.browser(), "school", **typed)
        shown = plain(answer).replace(typed.get("email", site.email("school")), "…")
        pages[what] = (answer.status_code, shown, answer.headers.get("set-cookie"))

    assert len(set(pages.values())) == 1
    status, page, cookie = pages["nobody"]
    assert status == 422
    assert WRONG in page
    assert cookie is None


def test_a_wrong_attempt_loses_the_address_to_nobody_and_shows_no_secret(site: Site):
    answer = site.sign_in(site.browser(), "school", password="hemligt hemligt", code="918273")

    assert site.email("school") in answer.text
    assert "hemligt hemligt" not in answer.text
    assert "918273" not in answer.text


def test_a_refused_attempt_is_on_the_record_without_what_was_typed(site: Site):
    site.sign_in(site.browser(), "school", code="918273", email="ingen@provkoping.example")

    assert site.events(SYSTEM_LOG)[-1] == "session:sign_in_refused"
    with site.served.sessions.begin() as session:
        stored = session.execute(text("SELECT * FROM audit_entry_facts ORDER BY seq DESC LIMIT 1")).one()
    assert "ingen" not in repr(stored)


def test_empty_fields_are_named_and_nothing_is_tried(site: Site):
    before = site.events(SYSTEM_LOG)

    answer = site.browser().post("/logga-in", data={"email": "", "password": "", "code": "", "back_to": "/"})

    assert answer.status_code == 422
    assert "Skriv din e-postadress." in answer.text
    assert "Skriv ditt lösenord." in answer.text
    assert site.events(SYSTEM_LOG) == before


def test_whoever_guesses_has_to_wait_and_is_told_how_long(site: Site):
    site.enrol("school")
    guesser = site.browser()

    guesses = [site.sign_in(guesser, "school", password="inte det rätta alls", code="000000") for _ in range(6)]
    right = site.sign_in(site.browser(), "school")
    unknown = [site.sign_in(guesser, "school", email="ingen@provkoping.example", code="000000") for _ in range(6)]

    assert [answer.status_code for answer in guesses] == [422] * 5 + [429]
    wait = int(guesses[-1].headers["retry-after"])
    assert 20 <= wait <= 30, "half a minute, less what checking a guess takes"
    assert f"Det har varit många försök. Vänta {wait} sekunder" in guesses[-1].text
    assert right.status_code == 429, "the wait is the account's, whoever asks"
    assert [answer.status_code for answer in unknown] == [answer.status_code for answer in guesses]


def test_an_unconfirmed_account_is_told_so_only_to_its_owner(site: Site):
    site.enrol("school", confirmed=False)

    owner = site.sign_in(site.browser(), "school")
    stranger = site.sign_in(site.browser(), "school", password="något helt annat än så")

    assert where(owner) == "/logga-in/vantar"
    assert "bekräfta" not in stranger.text
    assert WRONG in stranger.text


def test_the_session_gets_a_new_name_at_every_sign_in(site: Site):
    site.enrol("school")
    browser = site.browser()
    site.sign_in(browser, "school")
    before = browser.cookies[COOKIE]

    site.sign_in(browser, "school")

    assert browser.cookies[COOKIE] != before
    assert where(site.browser(before).get("/")) == "/logga-in"
    assert browser.get("/").status_code == 200


def test_a_cookie_from_outside_is_never_taken_over(site: Site):
    site.enrol("school")
    browser = site.browser("A" * 43)

    site.sign_in(browser, "school")

    assert browser.cookies.get(COOKIE, domain="testserver.local") != "A" * 43
    assert where(site.browser("A" * 43).get("/")) == "/logga-in"


def test_whoever_is_signed_in_goes_straight_on(site: Site):
    browser = site.browser(site.served.tokens["school"])

    assert where(browser.get("/logga-in")) == "/"
    assert where(browser.get("/logga-in", params={"till": "/konto"})) == "/konto"


def test_the_page_says_how_long_one_stays_signed_in(site: Site):
    page = site.browser().get("/logga-in")

    assert page.status_code == 200
    assert "15 minuter" in page.text
    assert "8 timmar" in page.text


def test_another_site_cannot_sign_anybody_in(site: Site):
    site.enrol("school")
    form = {"email": site.email("school"), "password": PASSWORD, "code": site.app_code("school")}

    answer = site.browser().post("/logga-in", data=form, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
