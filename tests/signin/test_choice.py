"""Somebody with several assignments says which one before anything opens."""

from auth import accounts
from auth.permissions import Role
from sspf.web.current_user import COOKIE
from tests.signin.make import Site, where
from tests.world import TESTS


def two_assignments(site: Site) -> None:
    site.enrol("school", confirmed=False)
    with site.served.sessions.begin() as session:
        accounts.give_assignment(
            session,
            TESTS,
            site.actor("school").user_id,
            organisation_id=site.served.world.id_of("coordinator"),
            role=Role.COORDINATOR,
        )
    site.confirm("school")


def assignment_of(site: Site, name: str) -> str:
    return str(site.actor(name).assignment_id)


def test_the_choice_decides_who_one_is(site: Site):
    two_assignments(site)
    browser = site.browser()

    asked = site.sign_in(browser, "school", back_to="/konto")
    page = browser.get(asked.headers["location"])
    answer = browser.post("/logga-in/uppdrag", data={"assignment": assignment_of(site, "school"), "back_to": "/konto"})

    assert where(asked) == "/logga-in/uppdrag"
    assert "Koordinator" in page.text
    assert "Enheten school" in page.text
    assert "Enheten coordinator" in page.text
    assert where(answer) == "/konto"
    assert browser.get("/").text == "Kurator Rönn, contact"


def test_nothing_opens_before_the_choice(site: Site):
    two_assignments(site)
    browser = site.browser()

    site.sign_in(browser, "school")

    assert where(browser.get("/")) == "/logga-in"


def test_the_session_gets_a_new_name_with_the_choice(site: Site):
    two_assignments(site)
    browser = site.browser()
    site.sign_in(browser, "school")
    before = browser.cookies[COOKIE]

    browser.post("/logga-in/uppdrag", data={"assignment": assignment_of(site, "school")})

    assert browser.cookies[COOKIE] != before
    assert where(site.browser(before).get("/logga-in/uppdrag")) == "/logga-in"


def test_somebody_elses_assignment_cannot_be_chosen(site: Site):
    two_assignments(site)
    browser = site.browser()
    site.sign_in(browser, "school")

    answer = browser.post("/logga-in/uppdrag", data={"assignment": assignment_of(site, "police")})

    assert where(answer) == "/logga-in"
    assert where(browser.get("/")) == "/logga-in"


def test_choosing_nothing_shows_the_choice_again(site: Site):
    two_assignments(site)
    browser = site.browser()
    site.sign_in(browser, "school")

    answer = browser.post("/logga-in/uppdrag", data={"back_to": "/konto"})

    assert answer.status_code == 422
    assert "Välj vad du ska arbeta som nu." in answer.text
    assert 'name="back_to" value="/konto"' in answer.text


def test_without_password_and_code_there_is_no_choice(site: Site):
    assert where(site.browser().get("/logga-in/uppdrag")) == "/logga-in"
    assert where(site.browser(site.served.tokens["school"]).get("/logga-in/uppdrag")) == "/logga-in"


def test_the_choice_leads_nowhere_else(site: Site):
    two_assignments(site)
    browser = site.browser()
    site.sign_in(browser, "school")

    answer = browser.post(
        "/logga-in/uppdrag", data={"assignment": assignment_of(site, "school"), "back_to": "//ont.example/"}
    )

    assert answer.headers["location"] == "/"
