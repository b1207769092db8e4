"""Two administrators at once: the one who is last sees what the first has written, and loses nothing of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from sspf.concerns.models import ConcernKind
from sspf.consents.printed.queries import list_forms
from sspf.db import clock
from sspf.organisations import queries
from sspf.organisations.models import Authority, Organisation, OrganisationKind
from sspf.organisations.service import add_authority, add_organisation
from tests.conftest import Served
from tests.consents.make import NARROW, a_form
from tests.pages import hidden_fields, save, words
from tests.world import TESTS


@pytest.fixture(scope="module")
def client(house: Served) -> TestClient:
    return house.client("administrator")


def an_id(house: Served, table: type, **is_so: object) -> str:
    with house.sessions.begin() as session:
        found = select(table.id).where(*(getattr(table, name) == value for name, value in is_so.items()))
        return str(session.scalars(found.limit(1)).one())


TERM = {"words[plan]": "{0}plan", "words[plan_the]": "{0}planen", "words[plans]": "{0}planer"}

PAGES: dict[str, tuple[Callable[[Served], str], dict[str, str], str]] = {
    "a municipality": (lambda _house: "/administration/kommun", {"municipality": "{1}"}, "Kommun: {1}"),
    "terms": (lambda _house: "/administration/ord", TERM, "Åtagandeplan: {0}plan"),
    "kinds": (lambda _house: "/administration/uppgifter", {"words[school]": "{0}gång"}, "Hur skolan fungerar: {0}gång"),
    "an authority": (
        lambda house: f"/administration/myndigheter/{an_id(house, Authority)}",
        {"name": "{0}nämnden", "legal_form": "public"},
        "Namn: {0}nämnden",
    ),
    "an organisation": (
        lambda house: f"/administration/organisationer/{house.world.id_of('police')}",
        {"name": "{0}polisen", "kind": "police", "secrecy_rule": "OSL 35 kap."},
        "Namn: {0}polisen",
    ),
    "an account": (
        lambda house: f"/administration/anvandare/{house.world.police.user_id}/andra",
        {"name": "{0} Alm", "email": "{2}@provkoping.example"},
        "E-postadress: {2}@provkoping.example",
    ),
    "a kind of concern": (
        lambda house: f"/administration/kontaktslag/{an_id(house, ConcernKind, position=3)}",
        {"label": "{0}medel"},
        "Ord: {0}medel",
    ),
}


def filled(form: dict[str, str], *with_: str) -> dict[str, str]:
    return {name: said.format(*with_) for name, said in form.items()}


@pytest.mark.parametrize("what", PAGES)
def test_the_one_who_is_last_sees_both_and_may_then_save(house: Served, client: TestClient, what: str):
    where, form, line = PAGES[what]
    path, theirs, mine = where(house), ("Sam", "Kalix kommun", "sam"), ("Ung", "Bodens kommun", "ung")
    begun = hidden_fields(client.get(path), path)

    first = save(client, path, filled(form, *theirs))
    beaten = client.post(path, data=begun | filled(form, *mine))
    again = client.post(path, data=hidden_fields(beaten, path) | filled(form, *mine))

    assert (first.status_code, beaten.status_code, again.status_code) == (303, 409, 303)
    assert "Någon hann före" in words(beaten)
    assert line.format(*theirs) in words(beaten)
    assert line.format(*mine) in words(beaten)
    for said in filled(form, *mine).values():
        assert f'value="{said}"' in beaten.text, "what was typed is still in its field"
    assert beaten.text.count("Det här ändrades medan du skrev.") == 1


@pytest.mark.parametrize("what", PAGES)
def test_a_form_that_does_not_say_what_was_read_is_not_saved(house: Served, client: TestClient, what: str):
    where, form, _line = PAGES[what]

    answer = client.post(where(house), data=filled(form, "Ny", "Bodens kommun", "ny"))

    assert answer.status_code == 409


def test_a_form_with_something_wrong_still_knows_what_was_read(house: Served, client: TestClient):
    path = f"/administration/organisationer/{house.world.id_of('leisure')}"
    begun = hidden_fields(client.get(path), path)

    save(client, path, {"name": "Fritidsgården", "kind": "leisure"})
    wrong = client.post(path, data=begun | {"name": "", "kind": "leisure"})
    beaten = client.post(path, data=hidden_fields(wrong, path) | {"name": "Fritid", "kind": "leisure"})

    assert (wrong.status_code, beaten.status_code) == (422, 409)


def test_of_two_in_the_same_moment_one_is_told(house: Served, client: TestClient):
    path = f"/administration/organisationer/{house.world.id_of('social')}"
    begun = hidden_fields(client.get(path), path)
    forms = [begun | {"name": f"Enhet {number}", "kind": "social_services"} for number in range(4)]

    with ThreadPoolExecutor(4) as crowd:
        codes = [answer.status_code for answer in crowd.map(lambda form: client.post(path, data=form), forms)]

    assert sorted(codes) == [303, 409, 409, 409]


def test_a_version_of_the_form_is_typed_in_once(house: Served, client: TestClient):
    with house.sessions.begin() as session:
        today = str(clock.today(session))
    form = {
        "version": "2030-1",
        "approved_by": "Nämnden",
        "approved_on": today,
        "valid_from": today,
        "parties": ["school"],
    }

    with ThreadPoolExecutor(2) as pair:
        sent = pair.map(lambda data: client.post("/administration/blanketter", data=data), [form, form])
        answers = sorted(sent, key=lambda answer: answer.status_code)

    assert [answer.status_code for answer in answers] == [303, 422]
    assert "Det finns redan en version med det namnet." in words(answers[1])


def test_the_last_two_versions_are_not_both_ended(house: Served, client: TestClient):
    with house.sessions.begin() as session:
        for old in list_forms(session, house.world.municipality.id):
            old.ended_at = clock.now(session)
        paths = [
            f"/administration/blanketter/{a_form(session, house.world, version=name, asked=NARROW).id}/sluta"
            for name in ("2031-1", "2031-2")
        ]

    with ThreadPoolExecutor(2) as pair:
        codes = sorted(answer.status_code for answer in pair.map(client.post, paths))

    assert codes == [303, 403]


def test_the_last_two_places_of_coordination_are_not_both_taken_out_of_use(house: Served, client: TestClient):
    with house.sessions.begin() as session:
        authority = add_authority(session, TESTS, municipality_id=house.world.municipality.id, name="Nämnden")
        session.flush()
        new = add_organisation(
            session, TESTS, authority=authority, name="Nya samordningen", kind=OrganisationKind.COORDINATION
        )
        ids = [new.id, house.world.id_of("coordinator")]
    paths = [f"/administration/organisationer/{one}/ta-ur-bruk" for one in ids]

    with ThreadPoolExecutor(2) as pair:
        codes = sorted(answer.status_code for answer in pair.map(client.post, paths))

    assert codes == [303, 403]
    with house.sessions.begin() as session:
        in_use = queries.list_in_use(session, house.world.municipality.id)
        assert len([one for one in in_use if one.kind is OrganisationKind.COORDINATION]) == 1
        for one in session.scalars(select(Organisation)):
            one.ended_at = None


def test_a_kind_of_concern_is_added_once(house: Served, client: TestClient):
    with ThreadPoolExecutor(2) as pair:
        sent = pair.map(lambda data: client.post("/administration/kontaktslag", data=data), [{"label": "Skolk"}] * 2)
        codes = sorted(answer.status_code for answer in sent)

    assert codes == [303, 422]


def test_two_accounts_are_not_given_the_same_address(house: Served, client: TestClient):
    paths = [f"/administration/anvandare/{house.world.people[name].user_id}/andra" for name in ("social", "leisure")]
    forms = [
        hidden_fields(client.get(path), path) | {"name": "Kim", "email": "kim@provkoping.example"} for path in paths
    ]

    with ThreadPoolExecutor(2) as pair:
        sent = pair.map(lambda path, data: client.post(path, data=data), paths, forms)
        answers = sorted(sent, key=lambda answer: answer.status_code)

    assert [answer.status_code for answer in answers] == [303, 422]
    assert 'href="#email"' in answers[1].text
    assert "Det finns redan ett konto med den adressen." in words(answers[1])
