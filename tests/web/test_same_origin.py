"""Whose pages may make us do something."""

import pytest

from tests.web.edge_under_test import ORIGIN, Sessions, browser, edge_with
from tests.web.routes_under_test import feature

OURS, THEIRS = ORIGIN, "https://annan.test"


@pytest.mark.parametrize(
    ("site", "origin", "may"),
    [
        ("same-origin", OURS, True),
        ("same-origin", None, True),
        ("same-site", OURS, False),
        ("cross-site", THEIRS, False),
        ("cross-site", None, False),
        ("none", None, False),
        ("", OURS, False),
        (None, OURS, True),
        (None, THEIRS, False),
        (None, "null", False),
        (None, "http://sspf.test", False),
        (None, "https://sspf.test.annan.test", False),
        (None, None, True),
    ],
)
def test_who_may_change_something(site, origin, may):
    sessions = Sessions()
    client = browser(edge_with(feature, sessions=sessions))
    client.headers.pop("Sec-Fetch-Site")
    headers = {name: value for name, value in (("Sec-Fetch-Site", site), ("Origin", origin)) if value is not None}

    answer = client.post("/hej", data={"name": "Kim"}, headers=headers)

    assert answer.status_code == (303 if may else 403)
    assert ("begin" in sessions.noted) is may


def test_a_link_from_elsewhere_opens_the_page():
    client = browser(edge_with(feature))

    assert client.get("/hej", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_another_site_gets_no_fragment():
    client = browser(edge_with(feature))
    headers = {"Sec-Fetch-Site": "cross-site", "HX-Request": "true", "HX-Target": "section#greeting"}

    assert client.get("/hej", headers=headers).status_code == 403


@pytest.mark.parametrize("purpose", ["prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip"])
def test_fetching_ahead_opens_nothing(purpose):
    sessions = Sessions()
    client = browser(edge_with(feature, sessions=sessions))

    answer = client.get("/hej", headers={"Sec-Purpose": purpose})

    assert (answer.status_code, answer.content) == (503, b"")
    assert sessions.noted == []
