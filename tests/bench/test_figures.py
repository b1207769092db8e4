"""What is said of the figures, on the command line and by ``ok``."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from sspf import bench
from sspf.bench import Figures, Scale
from sspf.bench.asking import Burst
from sspf.bench.comparing import Comparison
from sspf.cli import app
from sspf.cli import bench as command

HOLDS = Comparison(measured_ms=12, against_ms=10, low=1.1, high=1.4)
GROWS = Comparison(measured_ms=16, against_ms=10, low=1.1, high=2.4)


def figures(**changed: Any) -> Figures:
    values: dict[str, Any] = {
        "scale": Scale(),
        "flush_ms": 0.4,
        "case_page": HOLDS,
        "case_list": HOLDS,
        "burst": Burst(answered=200, seconds=1),
        "queries_case_page": 18,
        "fields": 60,
    }
    return Figures(**(values | changed))


@pytest.mark.parametrize(
    ("changed", "ok"),
    [
        ({}, True),
        ({"case_page": GROWS}, False),
        ({"case_list": GROWS}, False),
        ({"burst": Burst(answered=199, seconds=1)}, False),
        ({"queries_case_page": 21}, False),
    ],
)
def test_ok_says_whether_every_target_holds(changed: dict[str, object], *, ok: bool) -> None:
    assert figures(**changed).ok is ok


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that has been made already, and logging left as it is."""
    monkeypatch.setattr(bench, "run", lambda _scale: figures(case_page=GROWS))
    monkeypatch.setattr(command, "configure_logging", lambda _stream: None)


def test_the_command_gives_one_line_of_json(measured: None) -> None:
    found = CliRunner().invoke(app, ["bench", "--json"])

    said = json.loads(found.stdout)
    assert found.exit_code == 0  # people judge the figures
    assert said["ok"] is False
    assert said["figures"]["case_page_ratio"] == 1.6
    assert said["targets"]["case_page_ratio"] == 1.5
    assert said["noise"]["case_page_ratio"] == [1.1, 2.4]


def test_the_command_says_it_to_people_too(measured: None) -> None:
    found = CliRunner().invoke(app, ["bench"])

    assert found.exit_code == 0
    assert "case_page_ratio" in found.stdout
    assert "rounds 1.10–2.40" in " ".join(found.stdout.split())
    assert "Not every target holds." in found.stdout


def test_a_run_that_could_not_be_made_says_why(measured: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_scale: Scale) -> Figures:
        raise bench.Mismeasured("The case page shows too little.")

    monkeypatch.setattr(bench, "run", fails)

    found = CliRunner().invoke(app, ["bench", "--json"])

    assert found.exit_code == 1
    assert "The case page shows too little." in found.stderr
