"""The pages of a contact, as a browser without scripts has them."""

import re
from html import unescape

import pytest
from httpx2 import Response
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from sspf.concerns import service
from sspf.concerns.models import Concern, ConcernState, Suspicion
from sspf.db import clock
from tests.concerns import make
from tests.conftest import Served
from tests.pages import save
from tests.world import World


def words(page: Response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


def filled(served: Served, **instead: str) -> dict[str, str]:
    with served.sessions.begin() as session:
        kind = make.a_kind(session, served.world)
    return {
        "source": "school",
        "kind": str(kind),
        "age": "14",
        "stage": "upper",
        "area": "Provdalen",
        "seen": make.SEEN,
        "basis": "own_observation",
    } | instead


def ended(session: Session, world: World, concern: Concern) -> None:
    service.end(session, world.coordinator, make.fresh(session, world.coordinator, concern), owes_weighing=False)


def test_there_is_no_field_for_a_name(served: Served) -> None:
    page = served.client("coordinator").get("/kontakter/ny")

    (form,) = re.findall(r'<form class="concern-form".*?</form>', page.text, re.DOTALL)
    assert set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', form)) == {
        "source",
        "kind",
        "age",
        "stage",
        "area",
        "seen",
        "basis",
    }


def test_what_ending_takes_away_is_said_before_it_is_done(served: Served) -> None:
    with served.sessions.begin() as session:
        told = make.a_concern(session, served.world)
        named = make.named(session, served.world, make.a_concern(session, served.world, "coordinator"))
    coordinator = served.client("coordinator")
    pages = [coordinator.get(f"/kontakter/{one.id}") for one in (told, named)]
    asked = [coordinator.get(f"/kontakter/{one.id}/avsluta") for one in (told, named)]
    with served.sessions.begin() as session:
        states = [make.fresh(session, served.world.coordinator, one).state for one in (told, named)]

    for page, one in zip(pages, (told, named), strict=True):
        assert f'href="/kontakter/{one.id}/avsluta"' in page.text
        assert f'action="/kontakter/{one.id}/avsluta"' not in page.text
    assert states == [ConcernState.NEW, ConcernState.KONTAKT_JA]
    assert "Det som Enheten school har skrivit läser ni inte längre." in words(asked[0])
    assert "raderas" not in words(asked[0])
    assert "Uppgifterna om familjen raderas direkt." in words(asked[1])
    assert served.client("school").get(f"/kontakter/{told.id}/avsluta").status_code == 403


def test_what_was_typed_is_still_there_when_it_is_refused(served: Served) -> None:
    sent = filled(served, seen="Hon heter Nova och når på 070-174 06 05.", age="5")

    page = served.client("school").post("/kontakter/ny", data=sent)

    assert page.status_code == 422
    assert "Hon heter Nova" in page.text
    assert "Skriv en ålder från 6 till 21." in words(page)
    page = served.client("school").post("/kontakter/ny", data=sent | {"age": "14"})
    assert page.status_code == 422
    assert 'id="seen-error"' in page.text
    with served.sessions.begin() as session:
        assert session.execute(text("SELECT count(*) FROM concern")).scalar_one() == 0


def test_whoever_has_written_it_down_is_asked_of_the_duty_to_report_next(served: Served) -> None:
    client = served.client("school")

    saved = client.post("/kontakter/ny", data=filled(served))

    assert saved.status_code == 303
    assert saved.headers["location"].endswith("/orosanmalan?klart=inskriven")
    page = words(client.get(saved.headers["location"]))
    assert "Socialtjänstlag (2025:400) 19 kap. 1 §" in page
    assert "genast anmäla till socialnämnden" in page
    assert "40 kap. 7 g §" in page


def test_a_report_that_was_not_made_needs_its_reason(served: Served) -> None:
    with served.sessions.begin() as session:
        concern = make.a_concern(session, served.world, "school", suspicion=Suspicion.YES)
    client, path = served.client("school"), f"/kontakter/{concern.id}/orosanmalan"

    assert client.post(path, data={"suspicion": "yes"}).status_code == 422
    assert client.post(path, data={"suspicion": "yes", "is_made": "no"}).status_code == 422
    assert client.post(path, data={"suspicion": "yes", "is_made": "yes"}).status_code == 422
    assert save(client, path, {"suspicion": "no"}).status_code == 303


def test_coordination_is_not_shown_the_schools_report_anywhere(served: Served) -> None:
    with served.sessions.begin() as session:
        concern = make.a_concern(session, served.world, "school", suspicion=Suspicion.YES)
        today = clock.today(session)
    sent = {"suspicion": "yes", "is_made": "yes", "made_on": str(today), "made_by": "Rektor Provsson"}
    save(served.client("school"), f"/kontakter/{concern.id}/orosanmalan", sent)

    for path in ("/", "/kontakter", f"/kontakter/{concern.id}", f"/kontakter/{concern.id}/orosanmalan"):
        page = served.client("coordinator").get(path)
        assert "Provsson" not in page.text, path
        assert "Ni anmälde" not in page.text, path
        assert not re.search(r'name="suspicion" value="\w+" checked', page.text), path
    assert "Rektor Provsson" in served.client("school").get(f"/kontakter/{concern.id}").text


def test_to_the_contact_the_familys_yes_and_the_case_look_like_nothing_happened(served: Served) -> None:
    with served.sessions.begin() as session:
        quiet = make.a_concern(session, served.world, "school")
        wanted = make.named(session, served.world, make.a_concern(session, served.world, "school"))
    client = served.client("school")

    def shown(concern) -> str:
        page = words(client.get(f"/kontakter/{concern.id}"))
        return re.sub(r"\d\d:\d\d", "", page.replace(concern.reference, "K"))

    assert shown(quiet) == shown(wanted)


@pytest.mark.parametrize("then", [make.wanted, make.named, ended])
def test_to_a_contact_who_was_advised_nothing_that_comes_after_shows(served: Served, then) -> None:
    with served.sessions.begin() as session:
        concern = make.a_concern(session, served.world, "school")
        service.advise(
            session,
            served.world.coordinator,
            make.fresh(session, served.world.coordinator, concern),
            "Fråga vem hen litar på.",
            owes_weighing=False,
        )
    client = served.client("school")

    def shown() -> list[str]:
        return [words(client.get(path)) for path in ("/kontakter", f"/kontakter/{concern.id}")]

    before = shown()
    assert "Råd har lämnats" in before[0]
    with served.sessions.begin() as session:
        then(session, served.world, concern)

    assert shown() == before


def test_where_a_guardian_may_be_the_danger_the_page_says_so_calmly(served: Served) -> None:
    with served.sessions.begin() as session:
        risky = make.wanted(session, served.world, make.a_concern(session, served.world, "coordinator", kind="Heder"))
        other = make.wanted(session, served.world, make.a_concern(session, served.world, "coordinator"))
    client = served.client("coordinator")

    for path in ("", "/vem", "/orosanmalan"):
        assert "Berätta inte för vårdnadshavarna" in client.get(f"/kontakter/{risky.id}{path}").text, path
        assert "Berätta inte för vårdnadshavarna" not in client.get(f"/kontakter/{other.id}{path}").text, path


def test_the_family_to_be_told_within_a_week_waits_on_the_start_page(served: Served) -> None:
    with served.sessions.begin() as session:
        concern = make.named(session, served.world, make.a_concern(session, served.world, "coordinator"))
    client = served.client("coordinator")
    assert "Informera familjen senast" not in words(client.get("/"))
    with served.sessions.begin() as session:
        session.execute(text("UPDATE concern SET inform_by = current_date + 7"))

    assert "Informera familjen senast" in words(client.get("/"))
    with served.sessions.begin() as session:
        today = clock.today(session)
    save(client, f"/kontakter/{concern.id}/informerat", {"informed_on": str(today), "way": "spoken"})
    assert "Informera familjen senast" not in words(client.get("/"))


def test_a_case_opened_from_it_is_where_the_concern_then_leads(served: Served) -> None:
    with served.sessions.begin() as session:
        concern = make.named(session, served.world, make.a_concern(session, served.world, "coordinator"))
    client, path = served.client("coordinator"), f"/kontakter/{concern.id}/arende"
    page = client.get(path)
    fields = dict(re.findall(r'<input class="ds-input" id="\w+" name="(\w+)" type="\w+" value="([^"]*)"', page.text))

    opened = client.post(path, data=fields)

    assert (fields["called_name"], fields["full_name"]) == (make.CALLED, make.FULL_NAME)
    assert opened.status_code == 303
    assert client.get(path).headers["location"] == opened.headers["location"].partition("?")[0]
    with served.sessions.begin() as session:
        after = make.fresh(session, served.world.coordinator, concern)
        assert after.state is ConcernState.CASE
        assert after.erased_at is not None
    late = client.post(path, data=fields | {"called_name": "Ormbunksbladet"})
    assert late.status_code == 409
    assert "En kollega hann före: kontakten har redan blivit ett ärende." in words(late)
    assert f'href="{opened.headers["location"].partition("?")[0]}"' in late.text
    assert 'value="Ormbunksbladet"' in late.text, "what was typed is not lost"


def test_a_case_that_the_second_one_may_not_know_is_not_linked_to(served: Served) -> None:
    with served.sessions.begin() as session:
        concern = make.named(session, served.world, make.a_concern(session, served.world, "coordinator"))
    path = f"/kontakter/{concern.id}/arende"
    client = served.client("coordinator")
    opened = client.post(path, data=dict(re.findall(r'name="(\w+)" type="\w+" value="([^"]*)"', client.get(path).text)))
    assert opened.status_code == 303
    engine = create_engine(served.database.superuser_url)
    with engine.begin() as connection:  # somebody else's, and protected
        theirs = 'UPDATE "case" SET is_protected = true, coordinator_id = gen_random_uuid() WHERE concern_id = :id'
        connection.execute(text(theirs), {"id": concern.id})
    engine.dispose()

    shown, late = client.get(path), client.post(path, data={"called_name": "Ormbunksbladet"})

    assert (shown.status_code, late.status_code) == (403, 409)
    for page in (shown, late):
        assert "där är du inte med" in words(page)
        assert "/arenden/" not in page.text.partition("<main")[2].partition("</main>")[0]
