"""An account opens when somebody who knows its owner says so, and until then says whose yes it waits for."""

import pytest
from sqlalchemy import text

from auth import accounts
from auth.permissions import Role
from auth.queries import get_user
from sspf.web.current_user import COOKIE
from tests.pages import hidden_fields
from tests.signin.make import Site, where
from tests.world import TESTS

COLLEAGUE = "En kollega i din organisation, eller koordinatorn, behöver först bekräfta att det är du."
COORDINATION = "Någon annan i samordningen behöver först bekräfta att det är du."
COMMAND_LINE = "Den som sköter servern behöver först bekräfta att det är du."


def signed_in(site: Site, name: str):
    return site.browser(site.served.tokens[name])


def yes(site: Site, name: str) -> str:
    return f"/bekrafta/{site.actor(name).user_id}/ja"


def no(site: Site, name: str) -> str:
    return f"/bekrafta/{site.actor(name).user_id}/nej"


def answer_as_read(browser, path: str):
    """Press the button on the page as it stands."""
    return browser.post(path, data=hidden_fields(browser.get("/bekrafta"), path))


@pytest.mark.parametrize(
    ("name", "said"), [("school", COLLEAGUE), ("coordinator", COORDINATION), ("auditor", COMMAND_LINE)]
)
def test_who_waits_sees_one_sentence_and_nothing_of_anybody(site: Site, name: str, said: str):
    site.enrol(name, confirmed=False)
    browser = site.browser()

    answer = site.sign_in(browser, name)
    page = browser.get("/logga-in/vantar")

    assert where(answer) == "/logga-in/vantar"
    assert page.status_code == 200
    assert said in page.text
    assert site.actor(name).name not in page.text
    assert site.email(name) not in page.text
    assert "Enheten" not in page.text
    assert where(browser.get("/")) == "/logga-in"


def test_once_confirmed_the_same_page_leads_in(site: Site):
    site.enrol("school", confirmed=False)
    browser = site.browser()
    site.sign_in(browser, "school")

    site.confirm("school")
    onwards = browser.get("/logga-in/vantar")
    chosen = browser.post("/logga-in/uppdrag", data={"assignment": str(site.actor("school").assignment_id)})

    assert where(onwards) == "/logga-in/uppdrag"
    assert where(chosen) == "/"
    assert browser.get("/").text == "Kurator Rönn, contact"


def test_the_waiting_page_is_nobody_elses(site: Site):
    assert where(site.browser().get("/logga-in/vantar")) == "/logga-in/uppdrag"
    assert where(site.browser("A" * 43).get("/logga-in/vantar")) == "/logga-in/uppdrag"
    assert where(signed_in(site, "school").get("/logga-in/vantar")) == "/logga-in/uppdrag"


def test_a_browser_that_waits_for_somebody_has_left_whoever_it_was(site: Site):
    site.enrol("school", confirmed=False)
    browser = signed_in(site, "police")
    before = browser.cookies[COOKIE]

    site.sign_in(browser, "school")

    assert where(site.browser(before).get("/")) == "/logga-in"


def test_the_coordinator_is_shown_who_waits_and_says_yes(site: Site):
    site.enrol("school", confirmed=False)
    coordinator = signed_in(site, "coordinator")

    page = coordinator.get("/bekrafta")
    answer = answer_as_read(coordinator, yes(site, "school"))

    assert "Kurator Rönn" in page.text
    assert site.email("school") in page.text
    assert "Kontaktperson, Enheten school" in page.text
    assert where(answer) == "/bekrafta"
    assert "Ingen väntar på dig just nu." in coordinator.get("/bekrafta").text
    assert where(site.sign_in(site.browser(), "school")) == "/"


def test_who_is_not_recognised_goes_on_waiting_and_the_next_one_asked_is_told(site: Site):
    site.enrol("school", confirmed=False)
    coordinator = signed_in(site, "coordinator")

    answer = answer_as_read(coordinator, no(site, "school"))

    assert where(answer) == "/bekrafta"
    assert "Någon har svarat nej" in coordinator.get("/bekrafta").text
    assert where(site.sign_in(site.browser(), "school")) == "/logga-in/vantar"


@pytest.mark.parametrize(("who", "waiting"), [("police", "school"), ("coordinator", "auditor"), ("school", "school")])
def test_an_account_that_is_not_theirs_to_confirm_is_not_there(site: Site, who: str, waiting: str):
    token = site.served.tokens[who]
    site.enrol(waiting, confirmed=False)
    if who == waiting:
        # signed out by the reset; another colleague's place is as empty
        token = site.served.tokens["police"]
    browser = site.browser(token)

    assert site.actor(waiting).name not in browser.get("/bekrafta").text
    assert browser.post(yes(site, waiting)).status_code == 404
    assert browser.post(no(site, waiting)).status_code == 404
    assert where(site.sign_in(site.browser(), waiting)) == "/logga-in/vantar"


def test_who_makes_accounts_confirms_none(site: Site):
    site.enrol("school", confirmed=False)
    administrator = signed_in(site, "administrator")

    assert administrator.get("/bekrafta").status_code == 403
    assert administrator.post(yes(site, "school")).status_code == 403


def test_a_list_of_who_waits_is_on_the_record(site: Site):
    site.enrol("school", confirmed=False)

    signed_in(site, "coordinator").get("/bekrafta")

    assert "account:listed" in site.events(site.served.world.municipality.id)


@pytest.mark.parametrize("change", ["name", "role", "password"])
def test_a_yes_is_for_what_was_read_and_nothing_that_came_after(site: Site, change: str):
    """Whoever is renamed, given a role or reset meanwhile is not let in by an answer to what stood before."""
    site.enrol("school", confirmed=False)
    coordinator, path, school = signed_in(site, "coordinator"), yes(site, "school"), site.actor("school").user_id
    read = hidden_fields(coordinator.get("/bekrafta"), path)
    with site.served.sessions.begin() as session:
        if change == "name":
            accounts.change_user(session, TESTS, school, email=site.email("school"), name="Någon Annan")
        elif change == "role":
            leisure = site.served.world.id_of("leisure")
            accounts.give_assignment(session, TESTS, school, organisation_id=leisure, role=Role.CONTACT)
    if change == "password":
        site.enrol("school", confirmed=False)

    answer = coordinator.post(path, data=read)

    assert answer.status_code == 409
    assert "Kontot har ändrats sedan du läste det" in answer.text
    assert "account:confirmed" not in site.events(site.served.world.municipality.id)[-2:]
    with site.served.sessions.begin() as session:
        assert get_user(session, school).confirmed_at is None
    assert answer_as_read(coordinator, path).status_code == 303


def test_a_yes_twice_is_one_yes(site: Site):
    site.enrol("school", confirmed=False)
    coordinator = signed_in(site, "coordinator")

    first, second = answer_as_read(coordinator, yes(site, "school")), coordinator.post(yes(site, "school"))

    assert (first.status_code, second.status_code) == (303, 404)
    assert site.events(site.served.world.municipality.id).count("account:confirmed") == 9


def test_somebody_with_two_assignments_changes_without_signing_in(site: Site):
    with site.served.sessions.begin() as session:
        other = accounts.give_assignment(
            session,
            TESTS,
            site.actor("school").user_id,
            organisation_id=site.served.world.id_of("leisure"),
            role=Role.CONTACT,
        ).id
    site.confirm("school")
    browser = signed_in(site, "school")
    before = browser.cookies[COOKIE]

    page = browser.get("/konto")
    answer = browser.post(f"/konto/uppdrag/{other}")

    assert "Enheten leisure" in page.text
    assert "Det här arbetar du i nu" in page.text
    assert where(answer) == "/konto"
    assert browser.cookies.get(COOKIE, domain="testserver.local") not in {None, before}
    assert where(site.browser(before).get("/konto")) == "/logga-in"
    with site.served.sessions.begin() as session:
        assert session.execute(text("SELECT count(*) FROM session WHERE assignment_id = :id"), {"id": other}).scalar()


def test_nobody_changes_to_somebody_elses_assignment(site: Site):
    browser = signed_in(site, "school")

    assert browser.post(f"/konto/uppdrag/{site.actor('police').assignment_id}").status_code == 404
    assert "Byt till det här" not in browser.get("/konto").text
