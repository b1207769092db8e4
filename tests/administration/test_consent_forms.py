"""The administrator's pages of the form: seen, made from an old version, and never changed."""

import re

import pytest

from sspf.consents.printed.asked import DEFAULT
from sspf.consents.printed.queries import list_forms
from sspf.db import clock
from tests.conftest import Served
from tests.consents.make import NARROW, a_form


@pytest.fixture(scope="module")
def client(house: Served):
    return house.client("administrator")


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="questions" value="([^"]*)" checked', page))


def sent(house: Served, **typed: object) -> dict[str, object]:
    with house.sessions.begin() as session:
        today = str(clock.today(session))
    return {
        "version": "2026-9",
        "approved_by": "Prövnämnden",
        "approved_on": today,
        "valid_from": today,
        "parties": ["school", "police"],
        "questions": ["school:police:school"],
    } | typed


def forms(house: Served):
    with house.sessions.begin() as session:
        return list_forms(session, house.world.municipality.id)


def test_a_municipality_without_one_begins_with_what_comes_with_the_product(house: Served, client) -> None:
    listed = client.get("/administration/blanketter").text
    new = client.get("/administration/blanketter/ny").text

    assert "Kommunen har ingen egen version än." in listed
    assert ticked(new) == {question.key for question in DEFAULT.questions}


def test_a_new_version_begins_with_an_old_one_and_asks_what_is_ticked(house: Served, client) -> None:
    with house.sessions.begin() as session:
        old = a_form(session, house.world, version="2020-1", asked=NARROW).id
    begun = client.get(f"/administration/blanketter/ny?fran={old}").text

    saved = client.post("/administration/blanketter", data=sent(house, version="2020-2"))
    shown = client.get(saved.headers["location"]).text

    assert ticked(begun) == {"school:police:school"}
    assert saved.status_code == 303
    assert "Skola får berätta" in shown
    assert "Prövnämnden" in shown
    assert next(form for form in forms(house) if form.version == "2020-2").asked == NARROW


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"version": ""}, "Skriv versionens namn"),
        ({"approved_by": ""}, "Skriv vem som har beslutat"),
        ({"approved_on": "2099-01-01"}, "Den dagen har inte varit än."),
        ({"parties": []}, "Välj minst en som familjen ska få frågan om."),
        ({"parties": ["school"]}, "Här saknas någon"),
        ({"parties": ["school", "police", "coordination"]}, "Ladda sidan och försök igen."),
        ({"questions": ["school:police:actions"]}, "Ladda sidan och försök igen."),
        ({"questions": ["school:police"]}, "Ladda sidan och försök igen."),
        ({"questions": ["skola:police:school"]}, "Ladda sidan och försök igen."),
    ],
)
def test_what_cannot_be_asked_is_answered_in_a_sentence_and_stores_nothing(house, client, wrong, sentence) -> None:
    before = len(forms(house))

    page = client.post("/administration/blanketter", data=sent(house, **wrong))

    assert page.status_code == 422
    assert sentence in page.text
    assert len(forms(house)) == before


def test_what_was_ticked_is_still_ticked_when_something_is_wrong(house: Served, client) -> None:
    page = client.post("/administration/blanketter", data=sent(house, version="", questions=["school:police:leisure"]))

    assert ticked(page.text) == {"school:police:leisure"}


def test_a_version_is_taken_out_of_use_when_there_is_another(house: Served, client) -> None:
    with house.sessions.begin() as session:
        first = a_form(session, house.world, version="2021-1").id
        a_form(session, house.world, version="2021-2")

    ended = client.post(f"/administration/blanketter/{first}/sluta")
    again = client.post(f"/administration/blanketter/{first}/sluta")

    assert ended.status_code == 303
    assert again.status_code == 403
    assert "Används inte längre" in client.get("/administration/blanketter").text
