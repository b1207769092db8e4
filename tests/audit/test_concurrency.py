"""Many write at once: the numbers stay dense, the times in order, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import text

from audit import stored, verification
from audit.events import Event
from audit.log import create_log, record

THREADS, TURNS = 20, 5


def test_twenty_writers_leave_no_gap(trail):
    start = Barrier(THREADS)

    def write(_writer: int) -> None:
        start.wait()
        for _ in range(TURNS):
            trail.record(trail.event(), trail.event())

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))

    report = trail.verify()
    assert report.ok, str(report.problem)
    assert report.size == THREADS * TURNS * 2
    assert trail.scalar("SELECT count(DISTINCT seq) FROM audit_leaf WHERE log_id = :log", log=trail.log) == report.size


def test_a_rollback_among_the_writers_leaves_no_gap_either(trail):
    start = Barrier(THREADS)

    def write(writer: int) -> None:
        start.wait()
        for turn in range(TURNS):
            with trail.sessions() as session:
                session.begin()
                record(session, trail.event())
                if (writer + turn) % 3 == 0:
                    session.rollback()
                else:
                    session.commit()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))

    kept = sum((writer + turn) % 3 != 0 for writer in range(THREADS) for turn in range(TURNS))
    assert trail.verify().ok
    assert trail.verify().size == kept


def test_two_logs_named_in_either_order_do_not_wait_for_each_other(trail):
    other = uuid4()
    with trail.sessions.begin() as session:
        create_log(session, other, f"test/{other}")
        session.execute(text("SET LOCAL lock_timeout = '5s'"))
    start = Barrier(8)

    def write(writer: int) -> None:
        start.wait()
        logs = (trail.log, other) if writer % 2 else (other, trail.log)
        for _ in range(TURNS):
            with trail.sessions.begin() as session:
                for log in logs:
                    event_of_log = trail.event()
                    record(session, Event(log=log, tag=event_of_log.tag, who=event_of_log.who))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    assert trail.verify().size == 8 * TURNS
    trail.log = other
    assert trail.verify().ok
    assert trail.verify().size == 8 * TURNS


def test_an_entry_is_not_older_than_the_one_it_waited_for(trail):
    """The time is read when the lock is held: whoever waits gets a later time than whoever made it wait."""
    with ThreadPoolExecutor(1) as pool, trail.sessions() as session:
        session.begin()
        session.execute(text("SELECT id FROM audit_log WHERE id = :log FOR UPDATE"), {"log": trail.log})
        waiting = pool.submit(trail.record, trail.event())
        released_at = session.scalar(text("SELECT clock_timestamp() FROM pg_sleep(0.3)"))
        session.commit()
        waiting.result()

    assert trail.scalar("SELECT at FROM audit_entry_facts WHERE log_id = :log", log=trail.log) > released_at


def test_a_clock_set_back_does_not_turn_the_order_around(trail):
    trail.forge("UPDATE audit_log SET last_at = '2999-01-01T00:00:00Z' WHERE id = :log")

    trail.record(trail.event())
    trail.record(trail.event())

    times = trail.scalar("SELECT array_agg(at ORDER BY seq) FROM audit_entry_facts WHERE log_id = :log", log=trail.log)
    assert [at.year for at in times] == [2999, 2999]
    assert trail.verify().ok


def test_what_is_appended_meanwhile_is_not_part_of_a_verification(trail, monkeypatch):
    trail.record(*(trail.event() for _ in range(5)))

    def append_first(*arguments):
        trail.record(trail.event())
        return stored.stream_entries(*arguments)

    monkeypatch.setattr(verification, "stream_entries", append_first)
    report = trail.verify()
    monkeypatch.undo()

    assert report.ok
    assert report.size == 5
    assert trail.verify().size == 6


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_under_a_stricter_isolation_a_late_writer_fails_and_leaves_nothing(trail, level):
    with trail.sessions() as session:
        session.begin()
        session.connection(execution_options={"isolation_level": level}).scalar(text("SELECT 1"))
        trail.record(trail.event())
        record(session, trail.event())
        with pytest.raises(Exception, match="could not serialize"):
            session.commit()

    assert trail.verify().size == 1
