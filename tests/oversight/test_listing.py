"""The log as a table: who did what, when, in which case, and nothing of what is in the case."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import Response
from sqlalchemy import event

from audit.events import SYSTEM_LOG
from sspf.db.clock import SWEDEN
from sspf.oversight import queries
from tests.oversight.make import Desk, tables
from tests.world import CALLED, FULL_NAME


def rows(answer: Response) -> list[list[str]]:
    """The table's cells as words."""
    assert answer.status_code == 200, answer.text
    body = re.search(r"<tbody>(.*?)</tbody>", answer.text, re.DOTALL)
    if body is None:
        return []
    return [
        [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>.*?</tr>", body[1], re.DOTALL)
    ]


def test_the_newest_comes_first_with_names_and_the_reference(desk: Desk):
    expected = desk.entries()[: queries.PAGE]

    found = rows(desk.browser().get("/logg"))

    assert [int(row[4].removeprefix("Öppna post ")) for row in found] == [line.seq for line in expected]
    readings = [row for row in found if row[2] == "Läste"]
    assert any(row[1] == "Kurator Rönn · Enheten school" for row in readings)
    assert {row[3] for row in readings} == {desk.case.reference}
    assert {row[3] for row in found if row[2] == "Lade upp ett konto"} <= {"–"}


def test_no_page_of_the_log_says_anything_about_the_family(desk: Desk):
    pages = [desk.browser().get("/logg").text, desk.browser().get("/logg?log=system").text]

    assert not [word for page in pages for word in (CALLED, FULL_NAME, "Vuxen", "2017") if word in page]


@pytest.mark.parametrize("name", ["school", "coordinator"])
def test_it_can_be_narrowed_to_one_person(desk: Desk, name: str):
    person = desk.world.people[name]

    found = rows(desk.browser().get("/logg", params={"user": str(person.user_id)}))

    assert {row[1].partition(" · ")[0] for row in found} == {person.name}
    assert len(found) == min(len(desk.entries(user_id=person.user_id)), queries.PAGE)


def test_it_can_be_narrowed_to_one_organisation(desk: Desk):
    found = rows(desk.browser().get("/logg", params={"organisation": str(desk.world.id_of("school"))}))

    assert found
    assert all("Enheten school" in row[1] for row in found)


def test_it_can_be_narrowed_to_one_case_by_its_reference_however_it_is_typed(desk: Desk):
    found = rows(desk.browser().get("/logg", params={"case": f" {desk.case.reference.lower()} "}))

    # what was sealed or shared of one of its people alone belongs to it, and names no case
    assert {row[3] for row in found} == {desk.case.reference, "–"}


def test_it_can_be_narrowed_to_one_event(desk: Desk):
    found = rows(desk.browser().get("/logg", params={"event": "consent:recorded"}))

    assert [row[2] for row in found] == ["Skrev in ett samtycke"] * 2


def test_it_can_be_narrowed_to_refusals(desk: Desk):
    desk.browser("police").get("/logg")

    found = rows(desk.browser().get("/logg", params={"refusals": "on"}))

    assert found[0][1] == "Kommunpolis Alm · Enheten police"
    assert {row[2] for row in found} == {"Nekades"}


def test_days_are_swedish_days_and_both_ends_are_in(desk: Desk):
    # what the desk was furnished with is one day's, unless midnight passed
    first, last = desk.entries()[-1].at.astimezone(SWEDEN).date(), datetime.now(SWEDEN).date()
    the_day_before, the_day_after = first - timedelta(days=1), last + timedelta(days=1)

    def count(**days: object) -> int:
        return len(rows(desk.browser().get("/logg", params={key: str(day) for key, day in days.items()})))

    assert count(since=first, until=last) == queries.PAGE
    assert count(until=the_day_before) == 0
    assert count(since=the_day_after) == 0


def test_several_filters_narrow_together(desk: Desk):
    found = rows(
        desk.browser().get("/logg", params={"event": "envelope:read", "organisation": str(desk.world.id_of("school"))})
    )

    assert [row[2] for row in found] == ["Läste", "Läste"]


def test_older_entries_follow_without_gap_or_repetition(desk: Desk):
    browser = desk.browser()
    everything = [line.seq for line in desk.entries()]
    seen: list[int] = []
    answer = browser.get("/logg")
    pages = 0

    while True:
        pages += 1
        seen += [int(row[4].removeprefix("Öppna post ")) for row in rows(answer)]
        older = re.search(r'href="(/logg\?[^"]*before=\d+)"', answer.text)
        if older is None:
            break
        answer = browser.get(html.unescape(older[1]))

    assert pages > 1
    assert seen == everything
    assert "Till de nyaste" in answer.text


def test_paging_keeps_the_filter(desk: Desk):
    browser = desk.browser()
    for _ in range(queries.PAGE + 1):
        browser.get("/logg", params={"event": "consent:withdrawn"})

    first = browser.get("/logg", params={"user": str(desk.world.auditor.user_id), "event": "trail:read"})
    older = re.search(r'href="(/logg\?[^"]*before=\d+)"', first.text)
    assert older is not None
    second = rows(browser.get(html.unescape(older[1])))

    assert second
    assert {row[2] for row in second} == {"Läste loggen"}


def test_the_other_log_has_the_sign_ins(desk: Desk):
    found = rows(desk.browser().get("/logg?log=system"))

    assert {"Loggade in"} <= {row[2] for row in found}
    assert len(found) == min(len(desk.entries(SYSTEM_LOG)), queries.PAGE)


def test_a_sign_in_that_names_nobody_is_by_nobody_known(desk: Desk):
    desk.browser(None).post("/logga-in", data={"email": "ingen@provkoping.example", "password": "x", "code": "1"})

    newest = rows(desk.browser().get("/logg?log=system"))[0]

    assert newest[1:3] == ["Okänd", "Nekades inloggning"]


def test_reading_the_log_is_itself_in_the_log_with_what_was_asked_and_shown(desk: Desk):
    expected = [line.seq for line in desk.entries(event="consent:recorded")]

    desk.browser().get("/logg", params={"event": "consent:recorded", "case": desk.case.reference})

    newest = desk.entries()[0]
    with desk.served.sessions.begin() as session:
        facts = queries.facts_of(session, desk.log_id, [newest.seq])[newest.seq]
    assert newest.event == "trail:read"
    assert newest.user_id == desk.world.auditor.user_id
    assert newest.case_ids == (desk.case.id,)
    assert facts["event"] == "consent:recorded"
    assert facts["entries"] == expected


def test_finding_nothing_is_in_the_log_too(desk: Desk):
    answer = desk.browser().get("/logg", params={"event": "decision:corrected"})

    assert "Ingen post stämmer med urvalet." in answer.text
    assert desk.entries()[0].event == "trail:read"


def test_looking_changes_nothing_but_the_trail(desk: Desk):
    browser = desk.browser()
    browser.get("/logg")
    before = tables(desk)

    browser.get("/logg")
    browser.get("/logg?log=system")
    browser.get("/logg/0")

    assert tables(desk) == before


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"until": "9999-12-31"}, "Kontrollera årtalet."),
        ({"since": "0001-01-01"}, "Kontrollera årtalet."),
        ({"since": "2026-11-24", "until": "2026-11-23"}, "Slutdagen är före startdagen."),
        ({"since": "igår"}, "Skriv dagen som 2026-11-24."),
        ({"event": "något"}, "Välj ett av alternativen."),
        ({"user": "någon"}, "Välj ett av alternativen."),
        ({"log": "tredje"}, "Välj ett av alternativen."),
        ({"before": "-1"}, ""),
        ({"annat": "1"}, "Formuläret har fått med något"),
    ],
)
def test_a_filter_that_cannot_be_understood_shows_no_entries_and_keeps_what_was_typed(
    desk: Desk, asked: dict[str, str], told: str
):
    before = len(desk.entries())

    answer = desk.browser().get("/logg", params=asked)

    assert answer.status_code == 422
    assert told in answer.text
    assert "<tbody>" not in answer.text
    assert len(desk.entries()) == before


def test_to_look_for_a_case_that_is_not_there_shows_no_entries_and_is_in_the_log(desk: Desk):
    before = len(desk.entries())

    answer = desk.browser().get("/logg", params={"case": "SSPF-1999-0001"})

    assert answer.status_code == 422
    assert "Det finns inget ärende med den beteckningen." in answer.text
    assert 'value="SSPF-1999-0001"' in answer.text
    assert "<tbody>" not in answer.text
    assert len(desk.entries()) == before + 1
    assert desk.entries()[0].event == "trail:read"


def test_the_page_has_no_family_in_its_title(desk: Desk):
    page = desk.browser().get("/logg", params={"case": desk.case.reference}).text

    assert "<title>Kommunens logg" in page


def test_times_are_those_on_the_wall(desk: Desk):
    line = desk.entries()[0]

    found = rows(desk.browser().get("/logg"))

    assert found[0][0].endswith(line.at.astimezone(SWEDEN).strftime("%H:%M"))
    assert line.at <= datetime.now(UTC)


def test_a_full_page_takes_no_more_queries_than_an_empty_one_and_at_most_twenty(desk: Desk):
    browser = desk.browser()
    asked: list[str] = []
    engine = desk.served.database.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    def queries_for(path: str) -> int:
        asked.clear()
        assert browser.get(path).status_code == 200
        return len(asked)

    event.listen(engine, "before_cursor_execute", note)
    try:
        full, empty = queries_for("/logg"), queries_for("/logg?event=decision:removed")
        entry = queries_for(f"/logg/{desk.entries()[0].seq}")
    finally:
        event.remove(engine, "before_cursor_execute", note)

    assert full <= 20
    assert full <= empty + 1  # the cases' names
    assert entry <= 20
