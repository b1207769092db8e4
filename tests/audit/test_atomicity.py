"""A change and its entry: both or neither, whatever fails and wherever."""

# ruff: noqa: PT012  # the block is the whole transaction: it must fail at its end

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, insert, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from audit.append import NoSuchLogError, _Addition
from audit.collecting import TrailError
from audit.events import Subject
from audit.log import collected_events, create_log, follow, record
from audit.queries import get_entry


class Base(DeclarativeBase):
    pass


class Business(Base):
    """Whatever the application does."""

    __tablename__ = "business"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[str]


class TroubleError(Exception):
    """The fault that a test injects."""


@pytest.fixture
def desk(trail):
    """The trail, and an empty table of the application's beside it."""
    with trail.owner.begin() as session:
        session.execute(text("TRUNCATE business"))
    return trail


def businesses(desk) -> int:
    return desk.scalar("SELECT count(*) FROM business")


def entries(desk) -> int:
    counts = {
        desk.scalar(f"SELECT count(*) FROM {table} WHERE log_id = :log", log=desk.log)
        for table in ("audit_leaf", "audit_entry_facts")
    }
    counts.add(desk.scalar("SELECT size FROM audit_log WHERE id = :log", log=desk.log))
    assert len(counts) == 1, "leaves, the values beside them and the head disagree"
    return counts.pop()


def written(session: Session, desk) -> int:
    """The entries there are, as this transaction sees them."""
    return session.scalar(text("SELECT count(*) FROM audit_leaf WHERE log_id = :log"), {"log": desk.log})


def test_a_change_and_its_entry_are_both_there(desk):
    with desk.sessions.begin() as session:
        session.add(Business(id=1, note="a"))
        record(session, desk.event())

    assert (businesses(desk), entries(desk)) == (1, 1)
    assert desk.verify().ok


def test_nothing_is_written_before_the_commit(desk):
    with desk.sessions.begin() as session:
        record(session, desk.event())
        session.flush()

        assert written(session, desk) == 0


def test_a_rollback_leaves_neither(desk):
    with pytest.raises(TroubleError), desk.sessions.begin() as session:
        session.add(Business(id=1, note="a"))
        record(session, desk.event())
        raise TroubleError

    assert (businesses(desk), entries(desk)) == (0, 0)


def test_what_was_rolled_back_is_not_written_by_the_next_transaction(desk):
    with desk.sessions() as session:
        session.begin()
        record(session, desk.event())
        session.rollback()
        session.begin()
        session.add(Business(id=1, note="a"))
        session.commit()

    assert (businesses(desk), entries(desk)) == (1, 0)


def test_two_transactions_of_one_session_write_each_its_own(desk):
    with desk.sessions() as session:
        for number in (1, 2):
            with session.begin():
                session.add(Business(id=number, note="a"))
                record(session, desk.event())

    assert (businesses(desk), entries(desk)) == (2, 2)


@pytest.fixture
def statements(desk) -> Iterator[list[str]]:
    """Every statement the application sends; put a number first in ``fail_at`` to break the database there."""
    sent: list[str] = []
    engine: Engine = desk.sessions.kw["bind"]

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def do_business(desk, *numbers: int) -> None:
    with desk.sessions.begin() as session:
        for number in numbers:
            session.add(Business(id=number, note="a"))
            record(session, desk.event(subjects=(Subject(case_id=desk.cast.bjorken),)))


def test_a_fault_at_any_statement_leaves_neither(desk, statements):
    do_business(desk, 1)
    needed = len(statements)
    assert needed >= 3, "the business row, the lock, the entry"
    engine: Engine = desk.sessions.kw["bind"]

    for fail_at in range(1, needed + 1):
        statements.clear()

        def fail(*_arguments, fail_at=fail_at):
            if len(statements) == fail_at:
                raise TroubleError

        event.listen(engine, "before_cursor_execute", fail)
        with pytest.raises(TroubleError):
            do_business(desk, 2)
        event.remove(engine, "before_cursor_execute", fail)

        assert (businesses(desk), entries(desk)) == (1, 1), f"after a fault at statement {fail_at}"
    do_business(desk, 2)
    assert (businesses(desk), entries(desk)) == (2, 2)
    assert desk.verify().ok


def test_a_fault_at_the_commit_itself_leaves_neither(desk):
    engine: Engine = desk.sessions.kw["bind"]

    def fail(_connection):
        raise TroubleError

    event.listen(engine, "commit", fail)
    with pytest.raises(TroubleError):
        do_business(desk, 1)
    event.remove(engine, "commit", fail)

    assert (businesses(desk), entries(desk)) == (0, 0)


def test_a_sealer_that_fails_leaves_neither(desk, monkeypatch):
    def fail(*_arguments):
        raise TroubleError

    monkeypatch.setattr(desk.sealer, "seal", fail)

    with pytest.raises(TroubleError):
        do_business(desk, 1, 2)

    assert (businesses(desk), entries(desk)) == (0, 0)


def test_an_event_for_a_log_that_is_not_there_leaves_neither(desk):
    desk.forge("DELETE FROM audit_log WHERE id = :log")

    with pytest.raises(NoSuchLogError):
        do_business(desk, 1)

    assert businesses(desk) == 0


def test_a_log_and_its_first_entry_can_come_together(desk):
    desk.forge("DELETE FROM audit_log WHERE id = :log")

    with desk.sessions.begin() as session:
        create_log(session, desk.log, f"test/{desk.log}/again")
        record(session, desk.event())

    assert desk.verify().ok
    assert desk.verify().size == 1


def test_a_released_savepoint_keeps_its_events_and_writes_nothing_yet(desk):
    with desk.sessions.begin() as session:
        with session.begin_nested():
            session.add(Business(id=1, note="a"))
            record(session, desk.event())
        assert written(session, desk) == 0
        assert len(collected_events(session)) == 1

    assert (businesses(desk), entries(desk)) == (1, 1)


def test_a_savepoint_rolled_back_takes_only_its_own_events(desk):
    with desk.sessions.begin() as session:
        record(session, desk.event(facts={"n": 1}))
        with pytest.raises(TroubleError), session.begin_nested():
            session.add(Business(id=1, note="a"))
            record(session, desk.event(facts={"n": 2}))
            with session.begin_nested():
                record(session, desk.event(facts={"n": 3}))
            raise TroubleError
        record(session, desk.event(facts={"n": 4}))
        assert [collected.facts["n"] for collected in collected_events(session)] == [1, 4]

    assert (businesses(desk), entries(desk)) == (0, 2)


def test_a_savepoint_inside_one_rolled_back_by_its_parent_goes_too(desk):
    with desk.sessions.begin() as session:
        outer = session.begin_nested()
        record(session, desk.event())
        session.begin_nested()
        record(session, desk.event())
        outer.rollback()
        assert collected_events(session) == ()

    assert entries(desk) == 0


def test_a_failed_flush_inside_a_savepoint_takes_its_events(desk):
    do_business(desk, 1)

    with desk.sessions.begin() as session:
        with pytest.raises(Exception, match="duplicate key"), session.begin_nested():
            record(session, desk.event())
            session.add(Business(id=1, note="again"))
        record(session, desk.event())

    assert (businesses(desk), entries(desk)) == (1, 2)


def test_a_commit_above_an_open_savepoint_is_refused(desk):
    with pytest.raises(TrailError, match="savepoint is still open"), desk.sessions.begin() as session:
        session.begin_nested()
        session.add(Business(id=1, note="a"))
        record(session, desk.event())

    assert (businesses(desk), entries(desk)) == (0, 0)


def test_session_commit_closes_open_savepoints_and_writes(desk):
    with desk.sessions() as session:
        session.begin()
        session.begin_nested()
        session.add(Business(id=1, note="a"))
        record(session, desk.event())
        session.commit()

    assert (businesses(desk), entries(desk)) == (1, 1)


def test_many_savepoints_one_after_another_are_fine(desk):
    with desk.sessions.begin() as session:
        for number in range(3):
            with session.begin_nested():
                session.add(Business(id=number, note="a"))
                record(session, desk.event())

    assert (businesses(desk), entries(desk)) == (3, 3)


def test_sources_are_asked_at_commit_and_once(desk):
    seen: list[str] = []

    def readings():
        yield desk.event(facts={"fields": list(seen)})

    with desk.sessions.begin() as session:
        follow(session, readings)
        seen.append("statement")

    assert entries(desk) == 1
    assert opened(desk, 0).facts == {"fields": ["statement"]}


def test_a_source_that_fails_leaves_neither(desk):
    def readings():
        raise TroubleError

    with pytest.raises(TroubleError), desk.sessions.begin() as session:
        session.add(Business(id=1, note="a"))
        record(session, desk.event())
        follow(session, readings)

    assert (businesses(desk), entries(desk)) == (0, 0)


def test_what_was_seen_in_a_savepoint_stays_seen_when_it_is_rolled_back(desk):
    with desk.sessions.begin() as session, pytest.raises(TroubleError), session.begin_nested():
        follow(session, lambda: [desk.event()])
        raise TroubleError

    assert entries(desk) == 1


def test_an_event_is_recorded_as_it_was(desk):
    facts: dict[str, object] = {"fields": ["a"]}
    with desk.sessions.begin() as session:
        record(session, desk.event(facts=facts))
        facts["fields"] = ["b"]

    assert opened(desk, 0).facts == {"fields": ["a"]}


def test_facts_without_a_canonical_form_are_refused_at_once(desk):
    with pytest.raises(ValueError, match="float"), desk.sessions.begin() as session:
        record(session, desk.event(facts={"share": 0.5}))


def test_a_column_is_never_given_something_by_guess():
    with pytest.raises(TypeError, match="set"):
        _Addition(leaves=[{"leaf": {1}}]).parameters()


def test_a_session_without_a_trail_records_nothing_and_says_so(trail):
    with Session(trail.superuser) as session:
        with pytest.raises(TrailError, match="no trail installed"):
            record(session, trail.event())
        with pytest.raises(TrailError, match="no trail installed"):
            follow(session, list)


def test_work_after_the_trail_is_written_is_refused(desk):
    def change_late(session: Session) -> None:
        session.add(Business(id=2, note="late"))

    def read_late(session: Session) -> None:
        session.execute(select(Business))

    def write_late(session: Session) -> None:
        session.execute(insert(Business).values(id=2, note="late"))

    def record_late(session: Session) -> None:
        record(session, desk.event())

    def follow_late(session: Session) -> None:
        follow(session, list)

    for number, late in enumerate((change_late, read_late, write_late, record_late, follow_late)):
        event.listen(desk.sessions, "before_commit", late)
        with pytest.raises(TrailError, match="nothing may be done after it"):
            do_business(desk, number + 10)
        event.remove(desk.sessions, "before_commit", late)

    assert (businesses(desk), entries(desk)) == (0, 0)


def test_work_after_the_commit_is_refused(desk):
    with desk.sessions() as session:
        with session.begin():
            record(session, desk.event())
        with pytest.raises(TrailError, match="no transaction has begun"):
            record(session, desk.event())


def test_a_flush_that_leaves_changes_behind_is_refused(desk):
    def dirty_again(session, _context):
        session.add(Business(id=99, note="from a hook"))

    event.listen(desk.sessions, "after_flush_postexec", dirty_again)
    with pytest.raises(TrailError, match="left changes behind"):
        do_business(desk, 1)

    assert (businesses(desk), entries(desk)) == (0, 0)


def test_the_waiting_change_is_flushed_before_the_head_is_locked(desk, statements):
    do_business(desk, 1)

    (change,) = (place for place, sent in enumerate(statements) if "INSERT INTO business" in sent)
    (lock,) = (place for place, sent in enumerate(statements) if "ORDER BY id FOR UPDATE" in sent)
    assert change < lock < len(statements) - 1


def test_a_session_that_begins_by_itself_has_a_trail_too(desk):
    desk.sessions.configure(autobegin=True)
    with desk.sessions() as session:
        record(session, desk.event())
        session.commit()
        session.execute(text("SELECT 1"))
        record(session, desk.event())
        session.commit()

    assert entries(desk) == 2


def opened(desk, seq: int):
    with desk.sessions.begin() as session:
        return get_entry(session, desk.log, seq, desk.sealer)
