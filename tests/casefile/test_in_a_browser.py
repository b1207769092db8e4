"""Closing a case, opening it again and a protected identity, as a person at a browser meets them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from sspf.cases import queries as cases
from sspf.cases.models import Case, State
from sspf.cases.protecting import protect
from sspf.cases.seating import add_guest
from sspf.organisations.models import LegalForm, OrganisationKind
from sspf.organisations.service import add_authority, add_organisation
from sspf.people.models import Protection
from tests.casefile.make import GOAL, OUTCOME, a_full_case
from tests.conftest import Served
from tests.web.chromium import chromium, faults_in_both_languages
from tests.web.visiting import REFUSED, Open, visiting
from tests.world import TESTS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_as(browser: Browser, served: Served) -> Iterator[Open]:
    with visiting(browser, served.installation, served.tokens, forgiven=[REFUSED]) as open_as:
        yield open_as


def look(page: Page, name: str) -> None:
    assert faults_in_both_languages(page, f"cases-{name}") == []


@pytest.fixture
def case(served: Served) -> Case:
    """Everyone takes part, and beside them an association where nobody has an account."""
    with served.sessions.begin() as session:
        made = a_full_case(session, served.world)
        authority = add_authority(
            session, TESTS, municipality_id=served.world.municipality.id, name="Klubben", legal_form=LegalForm.PRIVATE
        )
        session.flush()
        club = add_organisation(
            session, TESTS, authority=authority, name="Provklubben", kind=OrganisationKind.ASSOCIATION
        )
        session.flush()
        fresh = cases.get_case(session, served.world.coordinator, made.id)
        add_guest(session, served.world.coordinator, fresh, organisation_id=club.id, name="Ledare Prov", reserved=True)
        return made


def test_from_the_decision_to_close_to_beginning_anew(case: Case, open_as: Open) -> None:
    page = open_as("coordinator", f"/arenden/{case.id}")
    page.get_by_role("link", name="Avsluta ärendet").click()
    page.get_by_role("button", name="Se vad som händer").click()
    page.get_by_text("Välj varför ärendet avslutas.").first.wait_for()
    look(page, "close")
    page.get_by_label("Målen är nådda").check()
    page.locator("#outcome").fill(OUTCOME)
    page.get_by_role("button", name="Se vad som händer").click()
    page.get_by_role("heading", name="Det här händer när du avslutar").wait_for()
    look(page, "close-check")
    page.get_by_role("button", name="Ändra").click()
    assert page.locator("#outcome").input_value() == OUTCOME
    page.get_by_role("button", name="Se vad som händer").click()
    page.get_by_role("button", name="Avsluta ärendet").click()
    page.get_by_text("Får gallras tidigast").wait_for()
    look(page, "closed")

    school = open_as("school", f"/arenden/{case.id}")
    assert {GOAL in school.content(), OUTCOME in school.content()} == {True}
    look(school, "closed-contact")

    page.get_by_role("link", name="Öppna igen").click()
    look(page, "reopen")
    page.get_by_role("button", name="Öppna ärendet igen").click()
    page.locator(".notice", has_text="Ärendet är öppnat igen.").wait_for()
    gone = school.goto(school.url)
    assert gone is not None
    assert gone.status == 404


def test_a_familys_no_says_what_follows_before_it_is_written_down(served: Served, case: Case, open_as: Open) -> None:
    with served.sessions.begin() as session:
        cases.get_case(session, served.world.coordinator, case.id).state = State.CONSENT
    page = open_as("coordinator", f"/arenden/{case.id}")

    page.get_by_role("link", name="Familjen tackade nej").click()
    page.get_by_text("Ärendet finns inte längre för").wait_for()
    look(page, "decline")
    page.get_by_role("link", name="Gå tillbaka").click()
    page.get_by_role("link", name="Familjen tackade nej").click()
    page.get_by_role("button", name="Familjen tackade nej").click()

    page.locator(".notice", has_text="Ärendet har flyttats.").wait_for()
    assert page.get_by_role("link", name="Familjen tackade nej").count() == 0


def test_the_table_and_the_marking(case: Case, open_as: Open) -> None:
    page = open_as("coordinator", f"/arenden/{case.id}/deltagare")
    page.get_by_label("Organisation").select_option(label="Provklubben")
    page.get_by_label("Namn").fill("Ledare Ett")
    page.get_by_role("button", name="Lägg till utan inloggning").click()
    page.locator(".notice", has_text="Personen är tillagd.").wait_for()
    look(page, "participants")
    page.goto(page.url.split("/deltagare")[0] + "/skydd")
    look(page, "protection")
    page.get_by_label("Vårdnadshavare 1").check()
    page.get_by_label("Sekretessmarkering").check()
    page.get_by_role("button", name="Markera").click()
    page.get_by_role("region", name="Skyddade uppgifter").wait_for()
    look(page, "protected")


def test_a_protected_case_is_always_marked_and_never_printed(served: Served, case: Case, open_as: Open) -> None:
    with served.sessions.begin() as session:
        fresh = cases.get_case(session, served.world.coordinator, case.id)
        protect(
            session,
            served.world.coordinator,
            fresh,
            person_id=fresh.guardian_ids[0],
            level=Protection.PROTECTED_REGISTRATION,
        )
    for name in ("coordinator", "school"):
        page = open_as(name, f"/arenden/{case.id}")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        banner = page.get_by_role("region", name="Skyddade uppgifter")
        box = banner.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 10  # it stays in sight however far down one reads

        page.emulate_media(media="print")
        assert page.inner_text("body").strip() == "Ärendet har skyddade uppgifter och skrivs inte ut."
