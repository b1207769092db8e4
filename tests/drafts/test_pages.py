"""Drafts as a browser meets them: saved, found, fetched, let go, and kept for whoever's session had run out."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import create_engine, text

from sspf.cases import queries as cases
from sspf.cases.models import CaseRole
from sspf.consents.service import receive_withdrawal
from sspf.web.current_user import COOKIE
from tests.conftest import Served
from tests.world import a_case, agree

SCRIPT = {"Accept": "application/json"}
WORDS = "Han kom i tid varje dag sedan måndag."


@pytest.fixture
def case(served: Served):
    with served.sessions.begin() as session:
        return a_case(session, served.world).id


@pytest.fixture
def coordinator(served: Served):
    return served.client("coordinator")


def where(case) -> dict[str, str]:
    page = f"/arenden/{case}/deltagare"
    return {"utkast-sida": page, "utkast-till": page}


def saved(client, case, **typed) -> str:
    sent = client.post("/utkast", data={**where(case), "statement": WORDS, **typed}, headers=SCRIPT)
    assert sent.status_code == 200
    (draft,) = client.get("/utkast", params={"sida": where(case)["utkast-sida"]}, headers=SCRIPT).json()
    return draft["id"]


def as_superuser(served: Served, statement: str) -> None:
    engine = create_engine(served.database.superuser_url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_the_script_saves_it_and_finds_it_on_the_same_page(coordinator, case):
    draft = saved(coordinator, case)

    opened = coordinator.get(f"/utkast/{draft}", headers=SCRIPT).json()
    assert (opened["sent_to"], opened["typed"]) == (where(case)["utkast-till"], [["statement", WORDS]])
    assert coordinator.get("/utkast?sida=/moten/nytt", headers=SCRIPT).json() == []


def test_without_a_script_it_can_be_read_and_sent(coordinator, case):
    draft = saved(coordinator, case)

    assert f"/utkast/{draft}" in coordinator.get("/utkast").text
    page = unescape(coordinator.get(f"/utkast/{draft}").text)
    assert f'<blockquote class="prose" lang="sv">{WORDS}</blockquote>' in page
    assert f'action="{where(case)["utkast-till"]}" data-no-draft' in page
    assert re.search(rf'<input type="hidden" name="statement" value="{WORDS}">', page)


def test_the_list_says_only_that_it_is_there(coordinator, case):
    saved(coordinator, case)

    assert WORDS not in coordinator.get("/utkast").text


def test_it_can_be_thrown_away(coordinator, case):
    draft = saved(coordinator, case)

    coordinator.post(f"/utkast/{draft}/slang")
    assert coordinator.get(f"/utkast/{draft}").status_code == 404
    assert "Du har inga utkast" in coordinator.get("/utkast").text


def test_nobody_else_gets_it(served: Served, coordinator, case):
    draft, police = saved(coordinator, case), served.client("police")

    assert police.get(f"/utkast/{draft}").status_code == 404
    assert police.post(f"/utkast/{draft}/slang").status_code == 404


def test_when_the_form_has_been_sent_it_is_gone(coordinator, case):
    saved(coordinator, case)

    refused = coordinator.post(where(case)["utkast-till"], data={})
    assert refused.status_code == 422
    assert coordinator.get("/utkast", headers=SCRIPT).json() != []

    member = re.search(r'name="member" value="([^"]+)"', refused.text)[1]
    sent = coordinator.post(where(case)["utkast-till"], data={"member": member})
    assert sent.status_code == 303
    assert coordinator.get("/utkast", headers=SCRIPT).json() == []


@pytest.fixture
def idle(served: Served):
    """Everybody has been away for twenty minutes."""
    as_superuser(served, "UPDATE session SET last_seen_at = last_seen_at - interval '20 minutes'")


def test_what_is_sent_too_late_waits_until_its_writer_has_signed_in(served: Served, coordinator, case, idle):
    form = f"/arenden/{case}/deltagare"
    sent = coordinator.post(form, data={"statement": WORDS, "password": "vattenfall gråsten"})

    assert sent.status_code == 303
    way = urlsplit(sent.headers["location"])
    assert (way.path, parse_qs(way.query)) == ("/logga-in", {"till": ["/utkast"], "klart": ["utkast"]})
    assert "Det du skrev är sparat" in coordinator.get(sent.headers["location"]).text
    as_superuser(served, "UPDATE session SET last_seen_at = clock_timestamp()")
    (draft,) = coordinator.get("/utkast", headers=SCRIPT).json()
    assert coordinator.get(f"/utkast/{draft['id']}", headers=SCRIPT).json()["typed"] == [["statement", WORDS]]


def test_an_ended_session_still_opens_nothing(served: Served, coordinator, case, idle):
    coordinator.post(f"/arenden/{case}/deltagare", data={"statement": WORDS})

    assert coordinator.get("/utkast").status_code == 303
    assert coordinator.get(f"/arenden/{case}").status_code == 303


def test_a_press_a_password_and_a_stranger_leave_nothing(served: Served, case, idle):
    known, stranger = served.client("coordinator"), served.client()
    stranger.cookies.set(COOKIE, "ingens")

    for client, typed in (
        (known, {}),
        (known, {"press": "klart"}),
        (known, {"password": WORDS}),
        (stranger, {"statement": WORDS}),
    ):
        assert client.post(f"/arenden/{case}/deltagare", data=typed).status_code == 303

    with served.sessions.begin() as session:
        assert session.execute(text("SELECT count(*) FROM draft")).scalar_one() == 0


def test_another_site_leaves_nothing_either(served: Served, coordinator, case, idle):
    sent = coordinator.post(
        f"/arenden/{case}/deltagare", data={"statement": WORDS}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert sent.status_code == 403
    with served.sessions.begin() as session:
        assert session.execute(text("SELECT count(*) FROM draft")).scalar_one() == 0


def test_staying_is_said_in_seconds_and_asking_is_a_use(served: Served, coordinator):
    as_superuser(served, "UPDATE session SET last_seen_at = last_seen_at - interval '14 minutes'")

    answer = coordinator.post("/fortsatt", headers=SCRIPT).json()
    assert 13 * 60 < answer["idle"] <= 15 * 60
    assert 7 * 3600 < answer["left"] <= 8 * 3600
    as_superuser(served, "UPDATE session SET last_seen_at = last_seen_at - interval '14 minutes'")
    assert coordinator.get("/konto").status_code == 200


def test_a_page_tells_its_script_how_long_and_nobody_elses(served: Served, coordinator):
    assert re.search(r'id="stay" [^>]*data-idle="\d+" data-left="\d+"', coordinator.get("/konto").text)
    assert 'id="stay"' not in served.client().get("/logga-in").text


def test_who_has_lost_a_case_has_lost_what_stood_in_its_forms(served: Served, case):
    """The form for changing an action begins with its text, which the family let the school read."""
    with served.sessions.begin() as session:
        agree(session, served.world, cases.get_case(session, served.world.coordinator, case))
    school = served.client("school")
    draft = saved(school, case, what="Provuppgiften: hämta i skolan.")
    assert WORDS in school.get(f"/utkast/{draft}").text
    with served.sessions.begin() as session:
        theirs = cases.get_case(session, served.world.school, case)
        receive_withdrawal(session, served.world.school, theirs, role=CaseRole.GUARDIAN)

    assert school.get(f"/utkast/{draft}").status_code == 404
    assert school.get("/utkast", headers=SCRIPT).json() == []
    assert f"/utkast/{draft}" not in school.get("/utkast").text
    assert school.post(f"/utkast/{draft}/slang").status_code == 303


def test_a_form_that_names_two_records_needs_both(served: Served, coordinator, case):
    other = "01a21840-787c-75fc-8177-d385a6f18272"
    sent = coordinator.post("/utkast", data={"utkast-till": f"/moten/{other}/arenden/{case}/beslut", "decision": WORDS})

    assert sent.status_code == 200
    assert coordinator.get("/utkast", headers=SCRIPT).json() == []
