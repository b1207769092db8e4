"""Two who write of the same contact: the one who is last sees both, loses nothing, and may then save."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from sspf.concerns.models import Concern
from sspf.db import clock
from tests.concerns import make
from tests.conftest import Served
from tests.pages import hidden_fields, save, words


def plain(session, world) -> Concern:
    return make.a_concern(session, world, "coordinator")


def wanted(session, world) -> Concern:
    return make.wanted(session, world, plain(session, world))


def named(session, world) -> Concern:
    return make.named(session, world, plain(session, world))


ACCOUNT = {"source": "school", "kind": "{kind}", "seen": "{0} vid grinden.", "basis": "other_tells"}
YES = {"said_by": "youth", "said_to": "{0} Ek", "said_on": "{today}", "way": "paper"}
WEIGHED = {"suspicion": "yes", "is_made": "no", "reason": "{0} har redan anmält."}
FAMILY = {"called_name": "{0}", "contact": "070-1740605"}

CASES: dict[str, tuple[Callable[..., Concern], str, dict[str, str], str]] = {
    "what was told": (plain, "ratta", ACCOUNT, "Sett eller hört: {0} vid grinden."),
    "the duty to report": (plain, "orosanmalan", WEIGHED, "Varför: {0} har redan anmält."),
    "the yes": (plain, "kontakt", YES, "Till vem: {0} Ek"),
    "the yes put right": (wanted, "kontakt", YES, "Till vem: {0} Ek"),
    "who they are": (wanted, "vem", FAMILY, "Den unge, kallas: {0}"),
    "who they are put right": (named, "vem", FAMILY, "Den unge, kallas: {0}"),
}


@pytest.mark.parametrize("what", CASES)
def test_the_one_who_is_last_sees_both_and_may_then_save(house: Served, what: str):
    made, page, form, line = CASES[what]
    with house.sessions.begin() as session:
        concern = made(session, house.world)
        values = {"kind": str(concern.kind_id), "today": str(clock.today(session))}
    path, client = f"/kontakter/{concern.id}/{page}", house.client("coordinator")

    def filled(who: str) -> dict[str, str]:
        return {name: said.format(who, **values) for name, said in form.items()}

    begun = hidden_fields(client.get(path), path)
    first = save(client, path, filled("Lind"))
    beaten = client.post(path, data=begun | filled("Alm"))
    again = client.post(path, data=hidden_fields(beaten, path) | filled("Alm"))

    assert (first.status_code, beaten.status_code, again.status_code) == (303, 409, 303)
    assert "Någon hann före" in words(beaten)
    assert line.format("Lind") in words(beaten)
    assert line.format("Alm") in words(beaten)
    for said in filled("Alm").values():
        assert f'value="{said}"' in beaten.text or f">\n{said}</textarea>" in beaten.text, "what was typed still stands"
    assert client.get(f"/kontakter/{concern.id}").status_code == 200


def test_when_the_family_was_told(house: Served):
    with house.sessions.begin() as session:
        concern, today = named(session, house.world), str(clock.today(session))
    path, client = f"/kontakter/{concern.id}/informerat", house.client("coordinator")
    begun = hidden_fields(client.get(path), path)

    save(client, path, {"informed_on": today, "way": "spoken"})
    beaten = client.post(path, data=begun | {"informed_on": today, "way": "paper"})
    again = client.post(path, data=hidden_fields(beaten, path) | {"informed_on": today, "way": "paper"})

    assert (beaten.status_code, again.status_code) == (409, 303)
    assert "Hur: I ett samtal" in words(beaten)
    assert "Hur: I brev" in words(beaten)
    assert "Jag har informerat" not in words(client.get(f"/kontakter/{concern.id}"))


def test_the_pages_lead_to_where_things_are_put_right(house: Served):
    with house.sessions.begin() as session:
        concern = named(session, house.world)
        theirs = make.a_concern(session, house.world, "school")
    client = house.client("coordinator")
    page = client.get(f"/kontakter/{concern.id}").text

    for where in ("ratta", "kontakt", "vem"):
        assert f'href="/kontakter/{concern.id}/{where}"' in page, where
    assert f'href="/kontakter/{theirs.id}/ratta"' not in client.get(f"/kontakter/{theirs.id}").text
    assert f'href="/kontakter/{theirs.id}/ratta"' in house.client("school").get(f"/kontakter/{theirs.id}").text


def test_a_correction_shows_what_it_said_before_and_opens_nothing_else(house: Served):
    with house.sessions.begin() as session:
        concern = make.a_concern(session, house.world, "school")
        form = {**ACCOUNT, "kind": str(concern.kind_id), "seen": "Det var på parkeringen."}
    school, path = house.client("school"), f"/kontakter/{concern.id}"

    assert make.SEEN in school.get(f"{path}/ratta").text
    assert save(school, f"{path}/ratta", form).headers["location"].endswith("?klart=rattad")
    theirs, ours = words(school.get(path)), words(house.client("coordinator").get(path))

    assert "Det var på parkeringen." in theirs
    assert make.SEEN in theirs
    assert "Det var på parkeringen." in ours
    assert make.SEEN not in ours
    with house.sessions.begin() as session:
        assert (
            session.execute(
                text("SELECT count(*) FROM concern_account WHERE concern_id = :id"), {"id": concern.id}
            ).scalar_one()
            == 2
        )


def test_advice_written_while_a_colleague_goes_on_is_not_lost(house: Served):
    with house.sessions.begin() as session:
        concern = wanted(session, house.world)

    page = house.client("coordinator").post(f"/kontakter/{concern.id}/rad", data={"advice": "Ring hem och fråga."})

    assert page.status_code == 409
    assert "Någon har gått vidare med kontakten medan du skrev." in words(page)
    assert "Ring hem och fråga." in page.text
