"""What others made is what they published, and its licence is with it."""

import base64
import hashlib
import tomllib
from pathlib import Path

import pytest

from sspf.web.static import FOLDER, load_assets

VENDOR = FOLDER / "vendor"
FILES = tomllib.loads((VENDOR / "VENDORED.toml").read_text())["file"]
PAPERS = {"VENDORED.toml", "LICENSES.txt", "sspf-theme.config.json"}


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry["file"])
def test_a_file_is_the_one_that_was_published(entry):
    content = (VENDOR / entry["file"]).read_bytes()

    assert f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}" == entry["sha384"]
    assert entry["version"] in entry["file"]
    assert entry["file"] in (VENDOR / "LICENSES.txt").read_text()


def test_no_file_is_there_unlisted():
    assert {file.name for file in VENDOR.iterdir()} - PAPERS == {entry["file"] for entry in FILES}


def test_htmx_is_the_one_that_was_reviewed():
    hashes = {entry["file"]: entry["sha384"] for entry in FILES}

    assert hashes["htmx-4.0.1.min.js"] == "sha384-Qp9rdC8H7EqOoX+nR0P3RPG2Noji+qdwJlGpfzwQJsfOpp3sGwIdSP9xO3+UlEhn"
    assert hashes["hx-csp-4.0.1.min.js"] == "sha384-l1UlMMjlxqJ9heYFHycJZCe5JK5ercIbf4mufiyK4B5B/8Hk3xk05wPOiWNv2OUX"


def test_a_page_asks_for_each_of_them():
    base = (Path(FOLDER).parents[2] / "templates" / "base.html").read_text()

    for entry in FILES:
        assert f"vendor/{entry['file']}" in base


def test_only_what_a_browser_needs_is_served():
    assert {Path(name).suffix for name in load_assets()} == {".css", ".js", ".svg"}
