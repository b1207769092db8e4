"""A day from the telephone call to the closing: a worry, a yes, six cases on a screen, and a yes that is taken back."""

import base64
import json
import re
from datetime import datetime, timedelta

import pytest

from sspf.db.clock import SWEDEN
from sspf.demo.families import families
from sspf.web.ticket import COOKIE as TICKET
from tests.browser.conftest import Person, keep_addresses

pytestmark = pytest.mark.browser

TODAY = datetime.now(SWEDEN).date()
IN_A_WEEK = (TODAY + timedelta(days=7)).isoformat()
CALLED, FULL_NAME, GUARDIAN, GUARDIAN_FULL = "Yrsa", "Yrsa Klintberg Provsson", "Torvald", "Torvald Klintberg"
NUMBER = "20130615-2388"
SEEN = "Sitter ofta ensam vid hållplatsen efter skolan."
GOAL = "Jag vill komma hem i tid och slippa tjat."
PROMISED = "Möta upp vid hållplatsen"
OUTCOME = "Det blev lugnare hemma."
SECRETS = (CALLED, FULL_NAME, "Klintberg", GUARDIAN, NUMBER, NUMBER.replace("-", ""), SEEN, GOAL, PROMISED, OUTCOME)


def test_the_whole_day(meet, demo, browser):
    coordinator = meet("coordinator")
    concern = a_telephone_call(coordinator)
    case = a_case_of_it(coordinator, concern)
    the_family_says_yes_by_keyboard(coordinator, case)
    a_goal_and_an_action(coordinator, case)

    meeting = begin_the_meeting_of_six(coordinator)
    screen = on_the_projector(coordinator, browser, demo.address)
    six_cases_by_keyboard(coordinator, screen, meeting)
    publish_the_notes(coordinator, meeting)

    school = meet("school", width=390)
    glance_mark_and_say(school)
    the_plan_as_a_file(coordinator, case)
    close_the_case(coordinator, case)
    school.go(case)
    assert school.sees("Avslutat")
    assert not school.sees(CALLED)
    school.look("closed")

    for key in ("social", "police", "leisure", "auditor", "administrator"):
        person = meet(key, width=390)
        assert person.go(concern) == 404
        assert not any(person.sees(secret) for secret in SECRETS)
        school.places |= person.places
    nothing_has_got_out([coordinator, school], screen, demo)


def a_telephone_call(coordinator: Person) -> str:
    """Half a minute with the telephone at the ear, and no name."""
    page = coordinator.page
    coordinator.look("start")
    coordinator.follow("Ny kontakt")
    coordinator.look("new-contact")
    page.locator("#source").select_option(index=1)
    page.locator("#kind").select_option(index=1)
    page.locator("#age").fill("13")
    page.locator("#seen").fill(f"{SEEN} Ring 070-1740605.")
    page.locator("input[name=basis]").first.check()
    coordinator.press("Spara kontakten")
    assert coordinator.sees("Det ser ut som ett telefonnummer")
    coordinator.look("new-contact-with-a-number")
    page.locator("#seen").fill(SEEN)
    coordinator.press("Spara kontakten")
    coordinator.look("the-duty-to-report")
    page.locator("input[name=suspicion][value=no]").check()
    coordinator.press("Spara")
    coordinator.look("contact")
    return coordinator.path


def a_case_of_it(coordinator: Person, concern: str) -> str:
    page = coordinator.page
    coordinator.follow("Familjen vill ha kontakt")
    coordinator.look("the-family-wants-contact")
    page.locator("input[name=said_by]").first.check()
    page.locator("#said_to").fill("Sara Lindqvist")
    page.locator("#said_on").fill(TODAY.isoformat())
    page.locator("input[name=way]").first.check()
    coordinator.press("Spara och skriv in vem det gäller")
    page.locator("#called_name").fill(CALLED)
    page.locator("#full_name").fill(FULL_NAME)
    page.locator("#number").fill(NUMBER)
    page.locator("#contact").fill("070-1740605")
    page.locator("#guardian_1_called_name").fill(GUARDIAN)
    page.locator("#guardian_1_full_name").fill(GUARDIAN_FULL)
    coordinator.look("whom-it-is-about")
    coordinator.press("Spara uppgifterna")
    coordinator.look("contact-with-a-yes")
    coordinator.follow("Öppna ett ärende")
    assert page.locator("#called_name").input_value() == CALLED
    coordinator.press("Öppna ärendet")
    assert coordinator.sees("Inget är delat med någon än")
    case = coordinator.path
    coordinator.follow("Ändra deltagare")
    for name in ("Eva Kristoffersson", "Amir Hedlund", "Nadja Berg"):
        page.get_by_label(name).check()
    coordinator.press("Lägg till de valda")
    coordinator.go(case)
    coordinator.press("Familjen är informerad")
    return case


def the_family_says_yes_by_keyboard(coordinator: Person, case: str) -> None:
    """Not a press of the mouse from the form to the saved consent."""
    page = coordinator.page
    coordinator.follow("Alla samtycken")
    page.locator(".task", has_text=GUARDIAN).get_by_role("link", name="Registrera blankett").click()
    coordinator.settle()
    coordinator.look("consent-form")
    page.locator("input[name=wants]").first.focus()
    for _ in range(page.locator("[data-question]").count()):
        page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert coordinator.sees("Inget är sparat än")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert coordinator.sees("Blanketten är registrerad")
    coordinator.go(case)
    coordinator.press("Gå vidare till möte")


def a_goal_and_an_action(coordinator: Person, case: str) -> None:
    page = coordinator.page
    coordinator.follow("Skriv målet med den unges ord")
    page.get_by_label("Vad vill den unge?").fill(GOAL)
    coordinator.press("Spara målet")
    assert coordinator.sees(GOAL)
    page.locator("#what").fill(PROMISED)
    page.locator("#who").select_option(label="Eva Kristoffersson, Elevhälsan, Lindskolan")
    page.locator("#due_on").fill(IN_A_WEEK)
    page.locator("#what").press("Enter")
    page.locator("#case_actions", has_text=PROMISED).wait_for()
    coordinator.look("case")


def begin_the_meeting_of_six(coordinator: Person) -> str:
    page = coordinator.page
    coordinator.go("/")
    coordinator.follow("Öppna mötet")
    coordinator.look("meeting-planned")
    page.locator("#recording_off").check()
    coordinator.press("Börja mötet")
    for place in "1234":
        with page.expect_response(lambda answer: "/narvaro/" in answer.url):
            page.keyboard.press(place)
        page.locator(f"[data-key='{place}'][aria-pressed=true], [data-key='{place}']", has_text="✓").first.wait_for()
    coordinator.look("meeting")
    return coordinator.path


def on_the_projector(coordinator: Person, browser, address: str):
    """A computer of the room's: nobody is signed in there, and it is given a code."""
    coordinator.page.get_by_role("button", name="Visa på en annan dator").click()
    code = coordinator.page.locator(".screen-code-letters")
    code.wait_for()
    room = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE").new_page()
    keep_addresses(room.context, coordinator.places)
    room.goto(f"{address}/skarm")
    room.get_by_label("Kod").fill(code.inner_text())
    room.get_by_role("button", name="Visa skärmen").click()
    room.locator(".screen-rows").wait_for()
    return room


def six_cases_by_keyboard(coordinator: Person, screen, meeting: str) -> None:
    page = coordinator.page
    assert "Elis" not in screen.locator("body").inner_text()
    said = screen.locator(".screen-rows").inner_text()
    assert "Ringa basketklubben" in said
    page.locator("h1").click()
    page.keyboard.press("a")
    page.keyboard.type("Spela match på torsdag")
    with page.expect_response(lambda answer: "klart=atagande" in answer.url):
        page.keyboard.press("Enter")
    screen.get_by_text("Spela match på torsdag").wait_for(timeout=20_000)
    take_it_back_meanwhile(coordinator)
    screen.locator("body[data-black]").wait_for(timeout=20_000)
    assert "Spela match" not in screen.locator("body").inner_text()
    coordinator.go(meeting)
    for number in range(2, 7):
        page.keyboard.press("n")
        page.get_by_text(f"ärende {number} av 6").wait_for()
        coordinator.settle()
    assert page.locator(".agenda li", has_text="Samtycket är återkallat").count() == 1
    assert page.locator(".agenda li[data-state=done]").count() == 5
    assert page.locator(".agenda li[data-state=current]").count() == 1
    coordinator.look("meeting-last-case")


def take_it_back_meanwhile(coordinator: Person) -> None:
    """In a second tab, while everybody sits there."""
    tab = coordinator.context.new_page()
    current = coordinator.page.get_by_role("link", name="Öppna ärendet").get_attribute("href")
    tab.goto(f"{coordinator.address}{current}/samtycke")
    while tab.get_by_role("link", name="Återkalla", exact=False).count():
        tab.get_by_role("link", name="Återkalla", exact=False).first.click()
        tab.get_by_role("button", name="Återkalla allt nu").click()
        tab.wait_for_load_state("load")
        tab.goto(f"{coordinator.address}{current}/samtycke")
    tab.close()


def publish_the_notes(coordinator: Person, meeting: str) -> None:
    coordinator.follow("Avsluta mötet")
    coordinator.look("meeting-end")
    coordinator.press("Avsluta mötet")
    coordinator.look("meeting-notes")
    coordinator.go(meeting)
    coordinator.follow("Granska och publicera")
    coordinator.look("meeting-publish")
    coordinator.press("Publicera")
    assert coordinator.sees("publicerade")


def glance_mark_and_say(school: Person) -> None:
    school.look("start")
    school.go("/atgarder")
    school.look("actions")
    row = school.page.locator(".task", has_text=PROMISED)
    row.get_by_role("button", name="Klar").click()
    school.page.locator(".task", has_text=PROMISED).get_by_role("button", name="Ångra").wait_for()
    school.page.locator(".task", has_text=PROMISED).get_by_role("link").first.click()
    school.settle()
    school.look("action")


def the_plan_as_a_file(coordinator: Person, case: str) -> None:
    coordinator.go(case)
    coordinator.follow("Skriv ut åtagandeplanen")
    link = coordinator.page.get_by_role("link", name="Ladda ner som PDF")
    if link.count():  # where there is something to make PDF with
        with coordinator.page.expect_download() as found:
            link.click()
        assert found.value.suggested_filename.endswith(".pdf")
        coordinator.places.add(found.value.suggested_filename)


def close_the_case(coordinator: Person, case: str) -> None:
    page = coordinator.page
    coordinator.go(case)
    coordinator.follow("Avsluta ärendet")
    page.locator("input[name=reason]").first.check()
    page.locator("#outcome").fill(OUTCOME)
    coordinator.look("close")
    coordinator.press("Se vad som händer")
    coordinator.look("close-check")
    coordinator.press("Avsluta ärendet")
    coordinator.go(case)
    assert coordinator.sees("Avslutat")
    coordinator.look("case-closed")


def nothing_has_got_out(people: list[Person], screen, demo) -> None:
    """No name and nothing said in any address, title, file name, line of the log, or in the screen's ticket."""
    ticket = next(one["value"] for one in screen.context.cookies() if one["name"] == TICKET)
    parts = [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in ticket.split(".")[:2]]
    assert all(isinstance(json.loads(part), dict) for part in parts)
    assert any("/skarm/visa/nytt" in place for place in people[0].places), "what the screen asks for is looked at too"
    called = _called()
    looked_at = {
        "addresses, titles and file names": "\n".join(place for person in people for place in person.places)
        + screen.title(),
        "the log": demo.said.getvalue(),
        "the ticket": "\n".join(part.decode() for part in parts),
    }
    assert demo.said.getvalue().count("\n") > 100
    for where, said in looked_at.items():
        assert [word for word in SECRETS if word in said] == [], where
        assert [name for name in called if re.search(rf"\b{re.escape(name)}\b", said)] == [], where


def _called() -> set[str]:
    """Every name that anybody in the demo's families has."""
    people = [one for family in families(TODAY).values() for one in (family.youth, *family.guardians)]
    return {name for one in people for name in (one.called_name, one.full_name, *one.full_name.split())}
