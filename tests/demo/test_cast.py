"""The demo's own pages: a button for each of the cast, and nothing of the kind outside the demo."""

import re

import pytest
from starlette.testclient import TestClient

from sspf.app.web import create_app
from sspf.demo import numbers
from sspf.demo.cast import CAST, PLACES
from sspf.demo.routes import router
from tests.conftest import Served
from tests.demo.conftest import Demo
from tests.world import FULL_NAME, GUARDIANS

# valid, and of no series: a person might have it
OUTSIDE = "20110412-9307"
KEYS = ("coordinator", "social", "school", "police", "leisure", "auditor", "administrator")


def test_there_is_a_button_for_each_of_them(demo: Demo):
    page = demo.client().get("/demo")

    assert page.status_code == 200
    assert tuple(CAST) == KEYS
    assert re.findall(r'name="as"\s+value="(\w+)"', page.text) == list(KEYS)
    for member in CAST.values():
        assert member.name in page.text
        assert PLACES[member.place].name in page.text


@pytest.mark.parametrize("key", KEYS)
def test_each_of_them_signs_in_by_a_press(demo: Demo, key):
    client = demo.client()

    answer = client.post("/demo/sign-in", data={"as": key})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sid=")
    assert {"HttpOnly", "Secure", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
    start = client.get("/", follow_redirects=True)  # the administrator's start page is Administration
    assert start.status_code == 200
    assert CAST[key].name in start.text


@pytest.mark.parametrize("typed", [{}, {"as": ""}, {"as": "mayor"}, {"as": ["school", "police"]}])
def test_nobody_else_does(demo: Demo, typed):
    answer = demo.client().post("/demo/sign-in", data=typed)

    assert answer.status_code == 422
    assert "Set-Cookie" not in answer.headers


def test_every_page_says_that_nobody_is_real(demo: Demo):
    for path in ("/demo", "/logga-in", "/finns-inte"):
        assert "Demo – inga riktiga personer" in demo.client().get(path).text
    for path in ("/", "/arenden", "/moten", "/atgarder", "/logg"):
        assert "Demo – inga riktiga personer" in demo.client("coordinator").get(path).text


def test_no_account_of_the_demo_has_a_password(demo: Demo):
    client = demo.client()

    for member in CAST.values():
        typed = {"email": member.email, "password": "", "code": "000000"}
        assert client.post("/logga-in", data=typed).status_code == 422


def test_production_has_none_of_this(served: Served):
    handed_over = TestClient(create_app(served.installation, more=[router]), headers={"Sec-Fetch-Site": "same-origin"})

    for client in (handed_over, served.client(), served.client("coordinator")):
        assert client.get("/demo").status_code == 404
        answer = client.post("/demo/sign-in", data={"as": "coordinator"})
        assert answer.status_code == 404
        assert "Set-Cookie" not in answer.headers
        assert "inga riktiga personer" not in client.get("/logga-in").text


def test_the_demo_takes_numbers_of_the_series_alone(demo: Demo):
    assert OUTSIDE.replace("-", "") not in numbers.test_numbers()
    for number in ("number", "guardian_1_number"):
        answer = demo.client("coordinator").post("/arenden", data=family() | {number: OUTSIDE})
        assert answer.status_code == 422
        assert OUTSIDE in answer.text, "what was typed is lost"
        assert f'href="#{number.replace("_", "-")}"' in answer.text or f'href="#{number}"' in answer.text


def test_production_takes_a_number_that_a_person_may_have(served: Served):
    answer = served.client("coordinator").post("/arenden", data=family() | {"number": OUTSIDE})

    assert answer.status_code == 303


def family() -> dict[str, str]:
    return {
        "called_name": "Prova",
        "full_name": FULL_NAME,
        "number": "20120101-2398",
        "guardian_1_called_name": "Vuxen",
        "guardian_1_full_name": FULL_NAME,
        "guardian_1_number": GUARDIANS[0],
    }
