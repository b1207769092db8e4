"""The comparison with the peers compares the same thing: the same text, the same bytes, one commit each."""

import json

import pytest
from typer.testing import CliRunner

from sspf.bench.comparing import Comparison
from sspf.bench.peers import PeerFigures, PeerScale, run
from sspf.bench.peers import sealing as peer_sealing
from sspf.bench.peers.running import TARGETS
from sspf.cli import app
from sspf.cli import bench_peers as command
from sspf.db import new_id
from sspf.notes.models import Note
from sspf.vault.sealing import SealingKey, new_key

TINY = PeerScale(values=3, entries=2, leaves=50, rounds=2, turns=1, asked=2)


@pytest.fixture(scope="module")
def found() -> PeerFigures:
    return run(TINY)


def test_a_run_gives_every_figure_with_its_target_and_what_stands_beside(found: PeerFigures) -> None:
    said = json.loads(json.dumps(found.as_json()))

    assert set(said["figures"]) == set(said["targets"]) | {"screen_poll"} == set(said["noise"]) == set(said["ms"])
    assert set(said["targets"]) == set(TARGETS)
    assert set(said["beside"]) == {
        "seal_one_field_envelope",
        "open_one_field_envelope",
        "verified_from_database_per_second",
    }
    assert all(figure > 0 for figure in [*said["figures"].values(), *said["beside"].values()])
    assert said["flush_ms"] > 0


def test_what_is_sealed_in_a_turn_is_bound_to_its_row_and_opens_to_the_same_text() -> None:
    note, other = Note(id=new_id()), Note(id=new_id())
    key = SealingKey(new_key(), new_id())

    sealed = peer_sealing._seal(key, note)

    assert peer_sealing._open(key, note, sealed) == peer_sealing.TEXT
    with pytest.raises(ValueError, match="cannot be opened"):
        peer_sealing._open(key, other, sealed)


def test_a_figure_under_its_target_is_said(found: PeerFigures) -> None:
    slow = Comparison(measured_ms=1, against_ms=10, low=0.1, high=0.1)
    quick = Comparison(measured_ms=40, against_ms=10, low=4, high=4)
    sealing = peer_sealing.Sealing(quick, quick, quick, quick)
    trail = type(found.trail)(flush_ms=1, append=quick, tree=quick, from_database=1)

    assert PeerFigures(TINY, sealing, trail, quick).ok
    late = type(found.trail)(flush_ms=1, append=slow, tree=quick, from_database=1)
    assert not PeerFigures(TINY, sealing, late, quick).ok
    assert PeerFigures(TINY, sealing, trail, slow).ok, "the poll has no target"


def test_the_command_gives_one_line_of_json(found: PeerFigures, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sspf.bench.peers.run", lambda _scale: found)
    monkeypatch.setattr(command, "configure_logging", lambda _stream: None)

    said = CliRunner().invoke(app, ["bench", "--peers", "--json"])
    told = CliRunner().invoke(app, ["bench", "--peers"])

    assert said.exit_code == told.exit_code == 0
    assert json.loads(said.stdout)["figures"] == found.figures
    assert "trail_vs_pymerkle_sqlite" in told.stdout
