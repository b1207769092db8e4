"""A name and an address put right, and what that closes."""

import re

import pytest
from starlette.testclient import TestClient

from auth import queries
from auth.accounts import confirm_user
from tests.conftest import Served
from tests.pages import save, words
from tests.world import TESTS


@pytest.fixture(scope="module")
def client(house: Served) -> TestClient:
    return house.client("administrator")


def path_of(house: Served, name: str) -> str:
    return f"/administration/anvandare/{house.world.people[name].user_id}"


def test_a_new_name_is_seen_everywhere_and_waits_for_a_yes(house: Served, client: TestClient):
    school = house.client("school")
    before = school.get("/").status_code
    answer = save(
        client, f"{path_of(house, 'school')}/andra", {"name": "Kurator Ask", "email": "school@provkoping.example"}
    )

    assert answer.headers["location"].endswith("?klart=namn")
    assert (before, school.get("/").status_code) == (200, 303)
    with house.sessions.begin() as session:
        confirm_user(session, TESTS, house.world.people["school"].user_id)
    assert "Kurator Ask" in words(school.get("/")), "the same session goes on when somebody has said yes"
    assert "Kurator Ask" in words(client.get("/administration/anvandare"))


def test_a_new_address_signs_them_out_and_waits_for_a_yes(house: Served, client: TestClient):
    police = house.client("police")
    before = police.get("/").status_code

    answer = save(client, f"{path_of(house, 'police')}/andra", {"name": "Alm", "email": "Alm@Provkoping.example"})
    page = words(client.get(answer.headers["location"]))

    assert (before, police.get("/").status_code) == (200, 303)
    assert "Kontot behöver bekräftas innan det öppnar något." in page
    assert "alm@provkoping.example" in page
    with house.sessions.begin() as session:
        assert queries.get_user(session, house.world.police.user_id).confirmed_at is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "ingen adress"}, "email"),
        ({"email": "LEISURE@provkoping.example"}, "email"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    house: Served, client: TestClient, typed: dict[str, str], field: str
):
    form = {"name": "Någon Ny", "email": "ny@provkoping.example"} | typed

    answer = save(client, f"{path_of(house, 'social')}/andra", form)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert all(f'value="{said}"' in answer.text for said in form.values())
    assert "Någon Ny" not in words(client.get(path_of(house, "social")))


def test_nobody_takes_their_own_name_or_address_from_themselves(house: Served, client: TestClient):
    path = f"{path_of(house, 'administrator')}/andra"

    page = client.get(path)
    form = {"name": "Administratör Vide", "email": "vide@provkoping.example"}
    moved = client.post(path, data=form)

    assert "Be en annan administratör." in words(page)
    assert not re.search(r'<input[^>]*type="email"', page.text)
    assert moved.status_code == 403
    assert client.get("/administration").status_code == 200


def test_a_closed_account_keeps_its_name(house: Served, client: TestClient):
    path = path_of(house, "outsider")

    client.post(f"{path}/stang")

    assert "/andra" not in client.get(path).text
    assert client.get(f"{path}/andra").status_code == 403
    assert client.post(f"{path}/andra", data={"name": "A", "email": "a@b.example"}).status_code == 403
