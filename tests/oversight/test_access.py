"""The log is the auditor's alone, and whoever else tries is in it."""

import pytest

from tests.oversight.make import Desk

CONTACTS = ("social", "school", "police", "leisure", "outsider")


def answers(desk: Desk, name: str | None) -> list[int]:
    browser = desk.browser(name)
    return [
        browser.get("/logg").status_code,
        browser.get("/logg?log=system").status_code,
        browser.get("/logg/0").status_code,
        browser.post("/logg/verifiera", data={"log": "municipality"}).status_code,
    ]


def test_the_auditor_may_read_and_verify(desk: Desk):
    assert answers(desk, "auditor") == [200, 200, 200, 303]


@pytest.mark.parametrize("name", ["coordinator", *CONTACTS, "administrator"])
def test_nobody_else_who_is_signed_in_may(desk: Desk, name: str):
    assert answers(desk, name) == [403, 403, 403, 403]


def test_nobody_may_without_signing_in(desk: Desk):
    assert answers(desk, None) == [303, 303, 303, 303]


def test_a_refusal_gives_its_reason_and_is_in_the_log(desk: Desk):
    answer = desk.browser("administrator").get("/logg")

    assert "Loggen är till för granskaren." in answer.text
    newest = desk.entries()[0]
    assert newest.event == "request:refused"
    assert newest.user_id == desk.world.administrator.user_id


def test_another_site_cannot_have_the_log_verified(desk: Desk):
    answer = desk.browser().post("/logg/verifiera", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
