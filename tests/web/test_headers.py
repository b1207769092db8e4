"""What every answer tells the browser, errors included."""

import base64
import hashlib
import re

import pytest
from starlette.testclient import TestClient

from tests.web.edge_under_test import browser, edge_with
from tests.web.routes_under_test import KNOWN, feature

POLICY = (
    "default-src 'none'; script-src 'nonce-N'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types htmx"
)

ANSWERS = {
    "a page": (200, "GET", "/hej", {}),
    "a redirect": (303, "POST", "/oppet", {}),
    "nothing there": (404, "GET", "/finns-inte", {}),
    "an id that is none": (404, "GET", "/saker/elva", {}),
    "not permitted": (403, "POST", f"/saker/{KNOWN}", {}),
    "another method": (405, "DELETE", "/hej", {}),
    "a conflict": (409, "POST", "/krock", {}),
    "too large": (413, "POST", "/hej", {"content": b"a" * 300_000}),
    "bad input": (422, "POST", "/hej", {"data": {"name": ""}}),
    "an error of ours": (500, "GET", "/trasig", {}),
    "a lock that did not come": (503, "GET", "/vantar", {}),
    "a prefetch": (503, "GET", "/hej", {"headers": {"Sec-Purpose": "prefetch"}}),
    "another site's form": (403, "POST", "/hej", {"headers": {"Sec-Fetch-Site": "cross-site"}}),
}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return browser(edge_with(feature))


@pytest.mark.parametrize(("status", "method", "path", "sent"), ANSWERS.values(), ids=ANSWERS.keys())
def test_every_answer_has_the_headers(client, status, method, path, sent):
    answer = client.request(method, path, **sent)

    assert answer.status_code == status
    assert re.sub(r"nonce-[\w-]+", "nonce-N", answer.headers["Content-Security-Policy"]) == POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_a_nonce_is_used_once(client):
    nonces = {re.search(r"nonce-([\w-]{22,})", client.get("/hej").headers["Content-Security-Policy"])[1] for _ in "abc"}

    assert len(nonces) == 3


def test_a_page_carries_its_own_nonce_on_scripts_and_htmx(client):
    answer = client.get("/hej")
    nonce = re.search(r"nonce-([\w-]+)", answer.headers["Content-Security-Policy"])[1]

    assert answer.text.count(f'nonce="{nonce}"') == 5  # four scripts and one form
    assert f'hx-nonce="{nonce}"' in answer.text


def test_only_a_hashed_static_file_may_be_kept(client):
    path = re.search(r'href="(/static/[^"]+app\.css)"', client.get("/hej").text)[1]

    assert "immutable" in client.get(path).headers["Cache-Control"]
    assert client.get(path + "x").headers["Cache-Control"] == "no-store"
    assert client.get("/static/0000000000000000/app.css").status_code == 404


def test_a_static_file_is_what_its_integrity_says(client):
    page = client.get("/hej").text
    for path, integrity in re.findall(r'(?:href|src)="(/static/[^"]+)" integrity="([^"]+)"', page):
        assert _integrity(client.get(path, headers={"Accept-Encoding": "identity"}).content) == integrity
        assert _integrity(client.get(path, headers={"Accept-Encoding": "gzip"}).content) == integrity


def _integrity(content: bytes) -> str:

    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"
