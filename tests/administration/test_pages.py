"""What the administrator sets, and what everybody else then sees."""

import re
from uuid import UUID

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from audit.queries import get_entry, list_entries
from auth import accounts
from auth import queries as users
from auth.permissions import Role
from sspf.bench.counting import counted
from sspf.db import clock
from sspf.organisations import queries
from tests.conftest import Served
from tests.pages import save, words
from tests.world import TESTS, a_case

RULE = {"0": (0, "guardians"), "1": (13, "both"), "2": (18, "youth")}


def ages(rows: dict[str, tuple[object, str]] = RULE, **more: object) -> dict[str, str]:
    form = {"version": "0", "decided_by": "kommunens jurist, 2026-11-20"}
    for row, (age, who) in rows.items():
        form |= {f"from_age[{row}]": str(age), f"who[{row}]": who, f"provision[{row}]": "OSL 12 kap. 3 §"}
    return form | {name: str(value) for name, value in more.items()}


def recorded(served: Served, tag: str) -> list[dict[str, object]]:
    """The facts of every entry with this tag in the municipality's log, newest first."""
    log, sealer = served.world.municipality.id, served.database.log_sealer
    with served.sessions.begin() as session:
        lines = [line for line in list_entries(session, log, limit=500) if line.event == tag]
        return [dict(get_entry(session, log, line.seq, sealer).facts) for line in lines]


@pytest.fixture
def administrator(served: Served) -> TestClient:
    return served.client("administrator")


# the overview


def test_the_list_ticks_itself(served: Served, administrator: TestClient):
    before = words(administrator.get("/administration"))
    save(administrator, "/administration/ord", {})
    administrator.post("/administration/aldrar", data=ages())
    after = words(administrator.get("/administration"))

    assert "Kvar att ordna 3 av 9 klart" in before
    assert "5 av 9 klart" in after


def test_only_accounts_that_somebody_has_confirmed_count(served: Served, administrator: TestClient):
    with served.sessions.begin() as session:
        ny = accounts.add_user(
            session, TESTS, municipality_id=served.world.municipality.id, email="ny@provkoping.example", name="Ny"
        )
        accounts.give_assignment(
            session, TESTS, ny.id, organisation_id=served.world.id_of("coordinator"), role=Role.COORDINATOR
        )
        new_id = ny.id
    before = words(administrator.get("/administration"))
    with served.sessions.begin() as session:
        accounts.confirm_user(session, TESTS, new_id)

    assert "Två koordinatorer Den ena" in before
    assert "Två koordinatorer Den ena" not in words(administrator.get("/administration"))


def test_the_administrator_comes_to_the_overview(administrator: TestClient):
    answer = administrator.get("/")

    assert (answer.status_code, answer.headers["location"]) == (303, "/administration")


@pytest.mark.parametrize("path", ["", "/halsa", "/anvandare", "/organisationer", "/aldrar"])
def test_the_pages_ask_no_more_for_many(served: Served, administrator: TestClient, path: str):
    with counted(served.database.engine) as sent:
        administrator.get(f"/administration{path}")

    assert len(sent) <= 20


# the municipality


def test_a_municipality_is_chosen_by_its_name(served: Served, administrator: TestClient):
    answer = save(administrator, "/administration/kommun", {"municipality": "Kalix kommun"})

    assert answer.status_code == 303
    assert "Kalix kommun" in words(administrator.get("/administration"))
    with served.sessions.begin() as session:
        assert queries.the_municipality(session).code == "2514"


def test_one_that_does_not_exist_is_not(administrator: TestClient):
    answer = administrator.post("/administration/kommun", data={"municipality": "Ankeborgs kommun"})

    assert answer.status_code == 422
    assert 'value="Ankeborgs kommun"' in answer.text


def test_it_stays_once_there_is_a_case(served: Served, administrator: TestClient):
    with served.sessions.begin() as session:
        a_case(session, served.world)

    page = words(administrator.get("/administration/kommun"))
    answer = administrator.post("/administration/kommun", data={"municipality": "Kalix kommun"})

    assert "Därför går det inte att byta kommun längre." in page
    assert answer.status_code == 403


# words

SAMORDNARE = {
    "words[coordinator]": "samordnare",
    "words[coordinator_the]": "samordnaren",
    "words[coordinators]": "samordnare",
    "words[action]": "insats",
    "words[action_the]": "insatsen",
    "words[actions]": "insatser",
}


def test_everybody_hears_the_municipalitys_words(served: Served, administrator: TestClient):
    save(administrator, "/administration/ord", SAMORDNARE)

    page = words(served.client("coordinator").get("/"))
    refused = words(served.client("school").get("/moten/nytt"))

    assert "samordnare, Enheten coordinator" in page
    assert "Ärenden Möten Insatser" in page
    assert "Mina insatser" in page
    assert "Bara samordnaren planerar och leder möten." in refused


def test_our_words_come_back_and_are_kept_as_ours(served: Served, administrator: TestClient):
    save(administrator, "/administration/ord", SAMORDNARE)
    save(administrator, "/administration/ord", {f"words[{form}]": said for form, said in OURS_OF_ACTION.items()})

    assert "Mina åtaganden" in words(served.client("coordinator").get("/"))
    with served.sessions.begin() as session:
        assert queries.directory(session, served.world.municipality.id).own_words == {}


OURS_OF_ACTION = {"action": "åtagande", "action_the": "åtagandet", "actions": "åtaganden"}


def test_a_word_in_some_of_its_forms_is_refused_where_one_is_missing(administrator: TestClient):
    answer = save(administrator, "/administration/ord", {"words[action]": "insats", "words[actions]": "insatser"})

    assert answer.status_code == 422
    assert 'href="#words-action_the"' in answer.text
    assert 'value="insatser"' in answer.text


@pytest.mark.parametrize("said", ["x" * 81, "två\nrader"])
def test_a_word_is_short(administrator: TestClient, said: str):
    answer = save(administrator, "/administration/uppgifter", {"words[attendance]": said})

    assert answer.status_code == 422
    assert 'href="#words-attendance"' in answer.text


def test_words_for_nothing_are_not_kept(served: Served, administrator: TestClient):
    save(administrator, "/administration/uppgifter", {"words[elefant]": "Elefanter", "words[school]": "Skolgången"})

    with served.sessions.begin() as session:
        assert queries.directory(session, served.world.municipality.id).own_words == {"kind.school": "Skolgången"}


def test_kinds_are_called_what_the_form_calls_them(served: Served, administrator: TestClient):
    save(administrator, "/administration/uppgifter", {"words[attendance]": "Frånvaro <b>"})

    with served.sessions.begin() as session:
        case_id = a_case(session, served.world).id
    page = served.client("coordinator").get(f"/arenden/{case_id}/samtycke/nytt", params={"person": ""})

    assert "Frånvaro &lt;b&gt;" in administrator.get("/administration/uppgifter").text
    assert page.status_code in {200, 404}


def test_what_was_changed_is_on_the_record(served: Served, administrator: TestClient):
    save(administrator, "/administration/uppgifter", {"words[attendance]": "Frånvaro"})
    save(administrator, "/administration/uppgifter", {"words[attendance]": "Skolfrånvaro"})

    assert recorded(served, "words:set")[0] == {"words": ["kind.attendance"]}


# ages


def test_a_decision_is_written_in_and_stands_beside_the_earlier_ones(served: Served, administrator: TestClient):
    administrator.post("/administration/aldrar", data=ages())
    second = administrator.post("/administration/aldrar", data=ages(RULE | {"1": (16, "both")}, version=1))

    page = words(administrator.get("/administration/aldrar"))
    assert second.status_code == 303
    assert "16–17 år" in page
    assert "Beslut 2: kommunens jurist, 2026-11-20" in page
    assert "Beslut 1: kommunens jurist, 2026-11-20" in page
    assert recorded(served, "ages:decided") == [{"version": 2}, {"version": 1}]


@pytest.mark.parametrize(
    ("form", "field", "said"),
    [
        (ages({"0": (0, "guardians")}), "from_age-0", "en rad från 18 år"),
        (ages({"0": (1, "guardians"), "3": (18, "youth")}), "from_age-0", "börja vid 0 år"),
        (ages({"0": (0, "guardians"), "3": (18, "both")}), "from_age-3", "fyllt 18 år bestämmer själv"),
        (ages({"0": (0, "guardians"), "2": (18, "youth"), "4": (9, "both")}), "from_age-4", "i ordning"),
        (ages({"0": (0, "nobody"), "1": (18, "youth")}), "who-0", "Välj ett av alternativen."),
        (ages() | {"provision[1]": ""}, "provision-1", "vilken bestämmelse"),
        (ages() | {"from_age[1]": "tretton"}, "from_age-1", "heltal"),
        (ages() | {"decided_by": ""}, "decided_by", "vem som har beslutat"),
    ],
)
def test_a_table_that_cannot_hold_is_refused_in_its_row(
    served: Served, administrator: TestClient, form: dict[str, str], field: str, said: str
):
    answer = administrator.post("/administration/aldrar", data=form)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert said in words(answer)
    assert 'value="OSL 12 kap. 3 §"' in answer.text
    assert recorded(served, "ages:decided") == []


def test_two_who_decide_at_once_see_both(administrator: TestClient):
    administrator.post("/administration/aldrar", data=ages(RULE | {"1": (14, "both")}))

    answer = administrator.post("/administration/aldrar", data=ages(RULE | {"1": (17, "both")}))
    again = administrator.post("/administration/aldrar", data=ages(RULE | {"1": (17, "both")}, version=1))

    assert answer.status_code == 409
    assert "14–17 år" in words(answer)
    assert 'value="17"' in answer.text
    assert 'name="version" value="1"' in answer.text
    assert again.status_code == 303


# organisations


def organisation(**more: str) -> dict[str, str]:
    return {"name": "Elevhälsan, Provskolan", "kind": "school", **more}


def test_an_organisation_is_added_with_a_key_of_its_own(served: Served, administrator: TestClient):
    administrator.post("/administration/myndigheter/ny", data={"name": "Provnämnden", "legal_form": "public"})
    with served.sessions.begin() as session:
        authority = queries.find_authority(session, served.world.municipality.id, "Provnämnden")
        data = organisation(authority=str(authority.id), secrecy_rule="OSL 23 kap. 2 §")

    answer = administrator.post("/administration/organisationer/ny", data=data)

    assert answer.status_code == 303
    assert "Skola · OSL 23 kap. 2 §" in words(administrator.get("/administration/organisationer"))
    with served.sessions.begin() as session:
        keys = text(
            "SELECT count(*) FROM organisation_key k JOIN organisation o ON o.id = k.organisation_id WHERE name = :n"
        )
        assert session.execute(keys, {"n": "Elevhälsan, Provskolan"}).scalar_one() == 1


def test_one_without_an_authority_is_not(administrator: TestClient):
    answer = administrator.post("/administration/organisationer/ny", data=organisation())

    assert answer.status_code == 422
    assert 'href="#authority"' in answer.text


def test_coordination_without_a_secrecy_rule_is_pointed_out_until_the_lawyer_has_decided(
    served: Served, administrator: TestClient
):
    path = f"/administration/organisationer/{served.world.id_of('coordinator')}"
    sentence = "Riktiga ärenden går inte att öppna än"
    form = {"name": "Samordningen", "kind": "coordination"}

    before = words(administrator.get("/administration/organisationer"))
    save(administrator, path, form)
    without = words(administrator.get("/administration/organisationer"))
    refused = served.client("coordinator").get("/arenden/nytt")
    save(administrator, path, {**form, "secrecy_rule": "OSL 26 kap. 1 §"})

    assert sentence not in before
    assert sentence in without
    assert "Kommunens jurist behöver avgöra" in without
    assert "Kommunens jurist behöver avgöra" in words(refused)
    assert sentence not in words(administrator.get("/administration/organisationer"))


@pytest.mark.parametrize(("name", "kind"), [("coordinator", "school"), ("school", "coordination")])
def test_where_coordination_sits_is_not_changed_in_passing(
    served: Served, administrator: TestClient, name: str, kind: str
):
    path = f"/administration/organisationer/{served.world.id_of(name)}"

    assert save(administrator, path, organisation(kind=kind)).status_code == 403


def test_one_taken_out_of_use_is_asked_about_no_more_and_keeps_what_it_has(served: Served, administrator: TestClient):
    with served.sessions.begin() as session:
        case_id = a_case(session, served.world, parties=["school"]).id
    coordinator = served.client("coordinator")
    path = f"/administration/organisationer/{served.world.id_of('leisure')}"

    before = coordinator.get(f"/arenden/{case_id}/deltagare").text
    administrator.post(f"{path}/ta-ur-bruk")
    ended = coordinator.get(f"/arenden/{case_id}/deltagare").text
    administrator.post(f"{path}/ta-i-bruk")
    resumed = coordinator.get(f"/arenden/{case_id}/deltagare").text

    assert [("Fritidsledare Asp" in page) for page in (before, ended, resumed)] == [True, False, True]
    assert len(recorded(served, "organisation:ended")) == len(recorded(served, "organisation:resumed")) == 1
    with served.sessions.begin() as session:
        assert queries.get_organisation(session, served.world.municipality.id, served.world.id_of("leisure"))


def test_the_only_coordination_stays_in_use(served: Served, administrator: TestClient):
    path = f"/administration/organisationer/{served.world.id_of('coordinator')}"

    assert "Lägg till den nya först." in words(administrator.get(path))
    assert administrator.post(f"{path}/ta-ur-bruk").status_code == 403


# users


def new_user(served: Served, **more: str) -> dict[str, str]:
    return {
        "name": "Kurator Ny",
        "email": "Ny@Provkoping.example",
        "organisation": str(served.world.id_of("school")),
        "role": "contact",
        **more,
    }


def test_somebody_is_added_with_what_they_are_to_work_as(served: Served, administrator: TestClient):
    answer = administrator.post("/administration/anvandare/ny", data=new_user(served, last_day="2199-12-31"))

    page = words(administrator.get(answer.headers["location"]))
    assert answer.status_code == 303
    assert "Kurator Ny" in page
    assert "till och med 31 dec. 2199" in page
    assert "Inget lösenord än" in page


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"email": "ingen adress"}, "email"),
        ({"email": "school@provkoping.example"}, "email"),
        ({"name": ""}, "name"),
        ({"organisation": "0198c0de-0000-7000-8000-000000000000"}, "organisation"),
        ({"role": "coordinator"}, "role"),
        ({"role": "kung"}, "role"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"first_day": "2199-02-01", "last_day": "2199-01-31"}, "last_day"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_stored(
    served: Served, administrator: TestClient, more: dict[str, str], field: str
):
    answer = administrator.post("/administration/anvandare/ny", data=new_user(served, **more))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert ("Kurator Ny" in answer.text) is (field != "name")
    assert len(recorded(served, "account:added")) == 8


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_roles_that_exclude_each_other_are_refused_beside_the_field(
    served: Served, administrator: TestClient, role: str
):
    path = f"/administration/anvandare/{served.world.school.user_id}"
    data = {"organisation": str(served.world.id_of("coordinator")), "role": role}

    answer = administrator.post(f"{path}/uppdrag", data=data)

    assert answer.status_code == 422
    assert "granskar eller administrerar inte samtidigt" in words(answer)
    assert served.client("school").get("/").status_code == 200


def test_the_other_role_may_begin_when_the_first_is_over(served: Served, administrator: TestClient):
    school = served.world.school
    path = f"/administration/anvandare/{school.user_id}"
    data = {"organisation": str(served.world.id_of("coordinator")), "role": "auditor"}

    administrator.post(f"{path}/uppdrag/{school.assignment_id}/avsluta")
    answer = administrator.post(f"{path}/uppdrag", data=data)

    assert answer.status_code == 303
    assert served.client("school").get("/").status_code == 303


def test_a_code_is_shown_once_and_stands_nowhere_else(served: Served, administrator: TestClient, capsys):
    path = f"/administration/anvandare/{served.world.school.user_id}"

    answer = administrator.post(f"{path}/kod")
    code = re.search(r"<code>([0-9A-Z-]+)</code>", answer.text)[1]

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert code not in administrator.get(path).text
    assert code not in capsys.readouterr().out
    assert code not in repr(recorded(served, "account:link_made"))
    assert served.client("school").get("/").status_code == 303, "the reset signs them out"
    welcome = served.client().post("/valkommen", data={"code": code})
    assert welcome.headers["location"] == "/valkommen/losenord"


def test_somebody_is_signed_out_everywhere(served: Served, administrator: TestClient):
    school = served.client("school")

    administrator.post(f"/administration/anvandare/{served.world.school.user_id}/logga-ut")

    assert school.get("/").status_code == 303
    assert "Administratören har loggat ut dig överallt." in words(school.get("/logga-in"))


def test_a_closed_account_takes_nothing_more(served: Served, administrator: TestClient):
    path = f"/administration/anvandare/{served.world.school.user_id}"
    data = {"organisation": str(served.world.id_of("school")), "role": "contact"}

    administrator.post(f"{path}/stang")

    page = administrator.get(path)
    assert "Kontot är stängt." in words(page)
    assert "Ge en engångskod" not in page.text
    assert administrator.post(f"{path}/kod").status_code == 403
    assert administrator.post(f"{path}/uppdrag", data=data).status_code == 403
    assert served.client("school").get("/").status_code == 303


def test_nobody_closes_their_own_account(served: Served, administrator: TestClient):
    path = f"/administration/anvandare/{served.world.administrator.user_id}"

    assert "Be en annan administratör." in words(administrator.get(path))
    assert administrator.post(f"{path}/stang").status_code == 403


def test_the_list_is_filtered_by_place_and_standing_never_by_name(served: Served, administrator: TestClient):
    school = str(served.world.id_of("school"))
    administrator.post(f"/administration/anvandare/{served.world.police.user_id}/stang")

    def listed(**asked: str) -> set[str]:
        page = words(administrator.get("/administration/anvandare", params=asked))
        return {actor.name for actor in served.world.people.values() if actor.name in page}

    assert len(listed()) == 8
    assert listed(organisation=school) == {"Kurator Rönn", "Administratör Sälg"}
    assert listed(standing="stangda") == {"Kommunpolis Alm", "Administratör Sälg"}
    assert listed(standing="vantar") == {"Administratör Sälg"}
    assert len(listed(standing="konstig")) == 8


def test_who_was_not_recognised_is_seen_by_the_administrator(served: Served, administrator: TestClient):
    with served.sessions.begin() as session:
        user = users.lock_user(session, served.world.school.user_id)
        user.confirmed_at, user.not_recognised_at = None, clock.now(session)

    assert "Någon kände inte igen det" in words(administrator.get("/administration/anvandare"))
    page = words(administrator.get(f"/administration/anvandare/{served.world.school.user_id}"))
    assert "Någon kände inte igen kontot" in page


def test_lists_and_pages_of_accounts_are_on_the_record(served: Served, administrator: TestClient):
    administrator.get("/administration/anvandare", params={"organisation": str(served.world.id_of("school"))})
    administrator.get(f"/administration/anvandare/{served.world.school.user_id}")

    assert recorded(served, "account:listed") == [{"users": [str(served.world.school.user_id)]}]
    assert recorded(served, "account:shown") == [{"user": str(served.world.school.user_id)}]


def test_an_assignment_of_somebody_else_is_not_ended_through_this_page(served: Served, administrator: TestClient):
    path = f"/administration/anvandare/{served.world.school.user_id}/uppdrag/{served.world.police.assignment_id}"

    assert administrator.post(f"{path}/avsluta").status_code == 404
    assert served.client("police").get("/").status_code == 200


def test_nothing_of_anybody_stands_in_an_address_or_a_title(served: Served, administrator: TestClient):
    answer = administrator.post("/administration/anvandare/ny", data=new_user(served))
    page = administrator.get(answer.headers["location"])

    assert UUID(answer.headers["location"].split("/")[-1].partition("?")[0])
    title = re.search(r"<title>(.*?)</title>", page.text)[1]
    assert "Kurator" not in title
