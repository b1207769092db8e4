"""From a family that says yes to one that takes it back, as the people who do it."""

from datetime import datetime, timedelta

import pytest

from audit.events import SYSTEM_LOG
from audit.verification import verify
from sspf.db.clock import SWEDEN
from sspf.organisations.queries import the_municipality

pytestmark = pytest.mark.browser

YOUTH, GUARDIAN = "Siv Sjöholm Provsson", "Berit Sjöholm"
NAMES = ("Siv", "Sjöholm", "Provsson", "Berit")
ACTION = "Läsa läxor tillsammans på tisdagar"
NOTE = "Har kommit i tid varje dag sedan måndag."
TODAY = datetime.now(SWEDEN).date()
IN_A_WEEK = (TODAY + timedelta(days=7)).isoformat()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


def test_the_whole_job(meet, demo):
    coordinator = meet("coordinator")
    case = open_a_case(coordinator)
    name_the_table(coordinator, case)
    get_consent(coordinator, case)
    meeting = hold_a_meeting(coordinator, case)

    school = meet("school", width=390)
    glance_and_mark_done(school)
    write_a_note(school, case)
    social = meet("social")
    reads_what_is_told_to_them(social, case)
    police = meet("police", width=390)
    sees_actions_and_no_more(police, case, meeting)
    leisure = meet("leisure")
    is_not_asked_and_knows_nothing(leisure, case, meeting)

    take_it_back(coordinator, case)
    for person in (school, social, police):
        assert person.go(case) == 404
        assert not person.sees(ACTION)

    auditor = meet("auditor")
    finds_it_all_in_the_log(auditor, case)
    administrator = meet("administrator")
    sees_the_system_and_no_case(administrator, case)
    the_trail_is_whole(demo)


def open_a_case(coordinator):
    coordinator.look("start")
    coordinator.follow("Öppna ett ärende")
    coordinator.look("open-case")
    coordinator.press("Öppna ärendet")
    assert coordinator.page.locator(".ds-error-summary").count() == 1
    coordinator.look("open-case-with-faults")
    page = coordinator.page
    page.locator("#called_name").fill("Siv")
    page.locator("#full_name").fill(YOUTH)
    page.locator("#number").fill("201306152382x")
    page.locator("#guardian_1_called_name").fill("Berit")
    page.locator("#guardian_1_full_name").fill(GUARDIAN)
    coordinator.press("Öppna ärendet")
    assert page.locator("#full_name").input_value() == YOUTH, "nothing that was typed is lost"
    page.locator("#number").fill("20130615-2388")
    coordinator.press("Öppna ärendet")
    assert coordinator.sees("Inget är delat med någon än")
    coordinator.look("case")
    assert not any(name in page.title() or name in page.url for name in NAMES)
    return coordinator.path


def name_the_table(coordinator, case):
    coordinator.follow("Ändra deltagare")
    for name in ("Eva Kristoffersson", "Amir Hedlund", "Jonas Palm"):
        coordinator.page.get_by_label(name).check()
    coordinator.look("participants")
    coordinator.press("Lägg till de valda")
    assert coordinator.sees("familjen har inte sagt ja än")
    coordinator.press("Familjen är informerad")
    assert coordinator.sees("Alla som behöver säga ja har inte sagt att de vill vara med än.")


def get_consent(coordinator, case):
    page = coordinator.page
    coordinator.follow("Alla samtycken")
    coordinator.look("consents")
    page.locator(".task", has_text="Berit").get_by_role("link", name="Registrera blankett").click()
    coordinator.settle()
    page.get_by_label("Underskriven den").fill(YESTERDAY)
    page.get_by_label("Blankettens version").fill("2026-1")
    page.locator("input[name=wants][value=yes]").check()
    for place in ("Elevhälsan", "Socialtjänsten", "Lokalpolisområde"):
        page.locator("#organisations .answer-row", has_text=place).locator("input[value=yes]").check()
    # one key fills what the school may tell, as for somebody with the paper beside them
    told = page.locator(".answer-source", has_text="Elevhälsan, Lindskolan får berätta").first
    told.locator("input").first.focus()
    page.keyboard.press("j")
    assert told.locator("input[value=yes]:checked").count() == told.locator(".answer-row").count()
    coordinator.look("consent-form")
    coordinator.press("Granska", exact=True)
    assert coordinator.sees("Inget är sparat än")
    coordinator.look("consent-check")
    coordinator.press("Det stämmer")
    coordinator.go(case)
    coordinator.press("Gå vidare till möte")
    assert coordinator.sees("Ärendet har flyttats")


def hold_a_meeting(coordinator, case):
    page = coordinator.page
    coordinator.go("/moten")
    coordinator.look("meetings")
    coordinator.follow("Nytt möte")
    page.get_by_label("Dag", exact=True).fill(IN_A_WEEK)
    page.get_by_label("Börjar klockan").fill("09:00")
    page.get_by_label("Plats eller länk").fill("Rum Tallen")
    while page.locator("input[name=cases]:checked").count():  # what the agenda suggests
        page.locator("input[name=cases]:checked").first.uncheck()
    page.locator(f"input[name=cases][value='{case.rpartition('/')[2]}']").check()
    coordinator.look("meeting-form")
    coordinator.press("Spara")
    meeting = coordinator.path
    page.get_by_label("Inspelning, transkribering och Copilot är avstängda").check()
    coordinator.press("Börja mötet")
    page.get_by_role("button", name="Eva Kristoffersson").click()
    page.get_by_role("button", name="✓ Eva Kristoffersson").wait_for()
    coordinator.look("meeting")
    page.locator("#what").fill(ACTION)
    page.get_by_label("Vem", exact=True).select_option(label="Eva Kristoffersson, Elevhälsan, Lindskolan")
    page.get_by_label("När", exact=True).fill(IN_A_WEEK)
    page.keyboard.press("Enter")
    page.locator("#meeting_actions", has_text=ACTION).wait_for()
    page.get_by_label("Vad har ni bestämt?").fill("Vi ses igen om fyra veckor.")
    coordinator.press("Spara beslutet")
    page.locator("#meeting_decisions", has_text="Vi ses igen om fyra veckor.").wait_for()
    coordinator.look("meeting-written")
    coordinator.follow("Avsluta mötet")
    coordinator.look("meeting-end")
    coordinator.press("Avsluta mötet")
    coordinator.look("meeting-held")
    coordinator.go(case)
    coordinator.press("Gå vidare till uppföljning")
    assert coordinator.sees("Uppföljning")
    coordinator.look("case-followed-up")
    return meeting


def glance_and_mark_done(school):
    school.go("/atgarder")
    school.look("actions")
    row = school.page.locator(".task", has_text=ACTION)
    row.get_by_role("button", name="Klar").click()
    school.page.locator(".task", has_text=ACTION).get_by_role("button", name="Ångra").click()
    row.get_by_role("button", name="Klar").wait_for()
    assert not any(name in school.page.title() for name in NAMES)


def write_a_note(school, case):
    school.go(case)
    assert school.sees("Annat kan finnas eller inte finnas. Det framgår inte här.")
    school.look("case")
    school.follow("Skriv en anteckning")
    school.look("note")
    page = school.page
    page.get_by_label("Socialtjänsten, barn och unga").first.check()
    page.get_by_label("Vilket slags uppgift är det?").select_option(label="Närvaro i skolan")
    page.get_by_label("Den unge", exact=False).first.check()
    page.get_by_label("Egen iakttagelse").check()
    page.get_by_label("Vilken dag var det?").fill(YESTERDAY)
    page.get_by_label("Vad behöver mottagaren veta").fill(NOTE)
    school.press("Granska innan du sparar")
    assert school.sees("Ser anteckningen")
    school.look("note-preview")
    school.press("Spara och dela")
    assert school.sees(NOTE)


def reads_what_is_told_to_them(social, case):
    social.look("start")
    social.go(case)
    assert social.sees(NOTE)
    assert social.sees("Närvaro i skolan")
    social.look("case")


def sees_actions_and_no_more(police, case, meeting):
    police.look("start")
    police.go(case)
    assert police.sees(ACTION)
    assert not police.sees(NOTE)
    assert not police.sees("Sjöholm")
    police.look("case")
    police.go("/atgarder")
    police.look("actions")
    police.go(meeting)
    assert police.sees(ACTION)
    police.look("meeting")


def is_not_asked_and_knows_nothing(leisure, case, meeting):
    assert leisure.go(case) == 404
    assert leisure.go(meeting) == 404
    leisure.look("not-found")
    assert not leisure.sees("Siv")


def take_it_back(coordinator, case):
    coordinator.go(case)
    coordinator.follow("Alla samtycken")
    coordinator.follow("Återkalla")
    coordinator.look("withdraw")
    coordinator.press("Återkalla allt nu")
    coordinator.look("withdrawn")
    coordinator.go(case)
    assert coordinator.sees("Återkallat")
    coordinator.follow("Avsluta ärendet")
    coordinator.look("close")


def finds_it_all_in_the_log(auditor, case):
    auditor.look("start")
    auditor.go("/logg")
    auditor.look("log")
    with auditor.page.expect_navigation():
        auditor.page.locator(".log a").first.press("Enter")
    auditor.look("entry")
    auditor.go("/logg")
    auditor.press("Kontrollera nu")
    assert auditor.sees("Loggen är obruten")
    auditor.look("verified")
    assert auditor.go(case) == 404
    for secret in (*NAMES, ACTION, NOTE):
        assert not auditor.sees(secret)


def sees_the_system_and_no_case(administrator, case):
    administrator.look("start")
    assert administrator.go(case) == 404
    assert administrator.go("/arenden") in {403, 404}


def the_trail_is_whole(demo):
    with demo.installation.sessions.begin() as session:
        municipality = the_municipality(session)
        assert municipality is not None
        for log_id in (municipality.id, SYSTEM_LOG):
            assert verify(session, log_id, demo.installation.log_sealer).ok
