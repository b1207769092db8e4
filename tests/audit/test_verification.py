"""A whole trail verifies, with the key and without; and what the report says of it."""

from uuid import uuid4

import pytest

from audit import stored
from audit.findings import Finding
from audit.log import create_log
from audit.merkle import EMPTY_ROOT, leaf_hash, root
from audit.verification import Noted, verify


def test_an_empty_log_is_whole(trail):
    report = trail.verify(since=Noted(0, EMPTY_ROOT))

    assert (report.ok, report.size, report.root) == (True, 0, EMPTY_ROOT)


@pytest.mark.parametrize("opening", [True, False])
def test_a_log_is_whole_and_the_report_says_how_it_was_checked(eight, opening):
    report = eight.verify(opening=opening)

    assert report.ok
    assert report.as_json() == {
        "ok": True,
        "size": 8,
        "root": report.root.hex(),
        "log": str(eight.log),
        "opened": opening,
        "redacted": 0,
        "problem": None,
    }


def test_the_root_is_that_of_the_leaves_as_they_are_stored(eight):
    with eight.superuser.connect() as connection:
        leaves = connection.exec_driver_sql(
            "SELECT leaf FROM audit_leaf WHERE log_id = %s ORDER BY seq", (eight.log,)
        ).scalars()
        assert eight.verify().root == root([leaf_hash(leaf) for leaf in leaves])


@pytest.mark.parametrize("chunk", [1, 3, 8])
def test_it_reads_a_part_at_a_time(eight, monkeypatch, chunk):
    monkeypatch.setattr(stored, "CHUNK", chunk)

    assert eight.verify().ok
    eight.forge("UPDATE audit_entry_facts SET user_id = gen_random_uuid() WHERE log_id = :log AND seq = 6")
    assert eight.verify().problem.seq == 6


def test_every_earlier_root_is_still_its_beginning(trail):
    noted = [trail.noted()]
    for _ in range(9):
        trail.record(trail.event())
        noted.append(trail.noted())

    assert [earlier.size for earlier in noted] == list(range(10))
    assert all(trail.verify(since=earlier).ok for earlier in noted)


def test_another_root_at_that_size_is_not(eight):
    report = eight.verify(since=Noted(5, leaf_hash(b"something else")))

    assert not report.ok
    assert (report.problem.finding, report.problem.seq) == (Finding.NOTED, None)
    assert "first 5 entries" in str(report.problem)


def test_a_log_that_never_was_is_not_whole(trail):
    with trail.sessions.begin() as session:
        report = verify(session, uuid4(), trail.sealer)

    assert not report.ok
    assert report.problem.finding == Finding.NO_LOG


def test_logs_are_checked_each_for_itself(eight):
    other = uuid4()
    mine, eight.log = eight.log, other
    with eight.sessions.begin() as session:
        create_log(session, other, f"test/{other}")
    eight.record(eight.event(), eight.event())
    eight.forge("UPDATE audit_entry_facts SET user_id = NULL WHERE log_id = :log AND seq = 1")

    assert not eight.verify().ok
    eight.log = mine
    assert eight.verify().ok


def test_a_key_that_cannot_be_had_says_nothing_about_the_trail(eight, monkeypatch):
    def no_key(*_arguments):
        raise ConnectionError

    monkeypatch.setattr(eight.sealer, "open", no_key)

    with pytest.raises(ConnectionError):
        eight.verify()
    assert eight.verify(opening=False).ok


def test_a_broken_report_names_the_entry_in_json(eight):
    eight.forge("UPDATE audit_entry_facts SET event = 'case:listed' WHERE log_id = :log AND seq = 4")

    said = eight.verify().as_json()

    assert said["ok"] is False
    assert said["problem"] == {
        "finding": "event",
        "entry": 4,
        "detail": "entry 4: event or time beside the leaf is not that of the leaf",
    }


def test_a_noted_root_is_read_as_it_is_printed(eight):
    noted = eight.noted()

    assert Noted.parse(f"{noted.size}:{noted.root.hex()}") == noted


@pytest.mark.parametrize("text", ["", "8", "8:", ":00", "8:zz", "8:" + "00" * 31, "-1:" + "00" * 32, "x:" + "00" * 32])
def test_anything_else_is_no_noted_root(text):
    with pytest.raises(ValueError, match=r"."):
        Noted.parse(text)
