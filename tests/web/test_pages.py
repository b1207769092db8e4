"""What a route answers with: the page or the piece of it, and the pages for when it does not go well."""

import pytest

from sspf.web.current_user import safe_path
from tests.web.edge_under_test import SARA, Refusals, Sessions, browser, edge_with
from tests.web.routes_under_test import KNOWN, SECRET, feature

HTMX = {"HX-Request": "true"}


@pytest.fixture
def refusals() -> Refusals:
    return Refusals()


@pytest.fixture
def client(refusals):
    return browser(edge_with(feature, refusals=refusals))


def test_htmx_gets_the_block_it_will_replace(client):
    answer = client.get("/hej", headers={**HTMX, "HX-Target": "section#greeting"})

    assert answer.text.strip().startswith('<section id="greeting">')
    assert "<html" not in answer.text
    assert answer.headers["Vary"] == "HX-Target"


def test_without_htmx_the_same_address_is_a_whole_page(client):
    assert "<html" in client.get("/hej", headers={"HX-Target": "section#greeting"}).text


@pytest.mark.parametrize("target", ["main", "section#main", "section#title", "", "section#__init__"])
def test_a_piece_that_the_route_does_not_list_is_not_handed_out(client, target):
    answer = client.get("/hej?klart=sparat", headers={**HTMX, "HX-Target": target})

    assert answer.text == ""
    assert answer.headers["HX-Redirect"] == "/hej?klart=sparat"


def test_a_form_with_mistakes_is_answered_with_its_block(client):
    answer = client.post("/hej", data={"name": ""}, headers={**HTMX, "HX-Target": "section#greeting"})

    assert answer.status_code == 422
    assert answer.text.strip().startswith('<section id="greeting">')
    assert "Skriv ett namn." in answer.text


def test_a_change_leads_to_a_page_that_says_what_was_done(client):
    answer = client.post("/hej", data={"name": "Kim"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/hej?klart=sparat")
    assert "Hälsningen är sparad." in client.get(answer.headers["Location"]).text


def test_an_unknown_notice_says_nothing(client):
    assert 'class="notice"' not in client.get("/hej?klart=<script>").text


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back():
    stranger = browser(edge_with(feature), signed_in=False)

    assert stranger.get(f"/saker/{KNOWN}").headers["Location"] == f"/logga-in?till=%2Fsaker%2F{KNOWN}"
    assert stranger.post("/hej").headers["Location"] == "/logga-in"


def test_a_lost_session_leaves_the_typed_text_where_it_is():
    stranger = browser(edge_with(feature), signed_in=False)

    answer = stranger.post("/hej", headers={**HTMX, "HX-Target": "section#greeting"})

    assert answer.status_code == 401
    assert answer.headers["HX-Retarget"] == "#problem"
    assert "Det du har skrivit ligger kvar" in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("back_to", "path"),
    [
        ("/arenden/1", "/arenden/1"),
        (None, "/"),
        ("", "/"),
        ("//annan.test", "/"),
        ("/\\annan.test", "/"),
        ("https://annan.test", "/"),
        ("/a\nb", "/"),
    ],
)
def test_sign_in_leads_back_to_us_only(back_to, path):
    assert safe_path(back_to) == path


def test_what_is_not_there_and_what_one_may_not_know_of_look_the_same(client):
    hidden = client.get(f"/saker/{KNOWN}")
    malformed = client.get("/saker/elva")

    assert hidden.status_code == malformed.status_code == 404
    assert "Sidan finns inte" in hidden.text
    assert 'href="/kok/mote"' in hidden.text  # the menu is still there


def test_a_refusal_with_a_sentence_says_it(client):
    answer = client.post(f"/saker/{KNOWN}")

    assert answer.status_code == 403
    assert "Ärendet är avslutat." in answer.text


def test_a_refusal_with_a_code_keeps_the_code_to_itself(client):
    answer = client.post(f"/saker/{KNOWN}/kod")

    assert answer.status_code == 403
    assert "case-closed" not in answer.text
    assert "Fråga samordningen" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [("GET", f"/saker/{KNOWN}", "show_thing"), ("POST", f"/saker/{KNOWN}", "change_thing")],
)
def test_a_refusal_is_put_on_the_record(client, refusals, method, path, route):
    answer = client.request(method, path)

    [(actor, refusal)] = refusals.recorded
    assert actor == SARA
    assert (refusal.status, refusal.route, refusal.ids) == (answer.status_code, route, {"thing_id": KNOWN})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/saker/elva"),
        ("GET", f"/saker/{str(KNOWN).upper()}/last"),
        ("GET", "/finns-inte"),
        ("POST", "/krock"),
        ("POST", "/fel-varde"),
        ("POST", "/hej"),
        ("GET", "/trasig"),
    ],
)
def test_what_is_no_refusal_is_not_on_the_record(client, refusals, method, path):
    assert client.request(method, path).status_code >= 400
    assert refusals.recorded == []


def test_nobody_is_named_in_a_refusal_to_somebody_who_is_not_signed_in(refusals):
    stranger = browser(edge_with(feature, refusals=refusals), signed_in=False)

    stranger.get(f"/saker/{KNOWN}")

    assert refusals.recorded == []


def test_a_refusal_that_cannot_be_recorded_is_an_error():
    def broken_record(session, actor, refusal):
        raise RuntimeError("the trail is full")

    client = browser(edge_with(feature, refusals=broken_record))

    answer = client.post(f"/saker/{KNOWN}")

    assert answer.status_code == 500
    assert "Ärendet är avslutat." not in answer.text


def test_a_lock_that_does_not_come_in_time_asks_one_to_wait(client):
    answer = client.get("/vantar")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


@pytest.mark.parametrize("path", ["/trasig", "/fullt"])
def test_an_error_of_ours_says_nothing_of_itself(client, path):
    answer = client.get(path)

    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    for word in (SECRET, "RuntimeError", "OperationalError", "Traceback", "INSERT"):
        assert word not in answer.text


def test_an_error_page_for_htmx_is_a_piece_of_a_page(client):
    answer = client.get("/trasig", headers={**HTMX, "HX-Target": "section#greeting"})

    assert answer.status_code == 500
    assert answer.headers["HX-Retarget"] == "#problem"
    assert answer.text.strip().startswith('<section id="problem"')


def test_another_method_says_which_there_are(client):
    answer = client.put("/hej")

    assert answer.status_code == 405
    assert answer.headers["Allow"]


def test_the_frame_says_who_one_is_and_where(client):
    page = client.get("/hej").text

    assert "Sara Lind" in page
    assert "Koordinator, Samordningen" in page
    assert "Demo – inga riktiga personer" in page


def test_a_route_locks_the_record_before_it_runs():
    statements = []

    class Database:
        def execute(self, statement, _values):
            statements.append(str(statement))

    sessions = Sessions(opened=Database())
    client = browser(edge_with(feature, sessions=sessions))

    assert client.get(f"/saker/{KNOWN}/last").text == "i lås"
    assert len(statements) == 1
    assert "pg_advisory_xact_lock(" in statements[0]


def test_a_malformed_id_is_not_there_and_locks_nothing():
    sessions = Sessions(opened=object())  # has no execute
    client = browser(edge_with(feature, sessions=sessions))

    assert client.get("/saker/elva/last").status_code == 404
    assert client.get("/saker/{01890000-0000-7000-8000-000000000000}/last").status_code == 404
