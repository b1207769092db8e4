"""One subject of one entry is erased: the tree stays, an entry says so, and nothing else can go that way."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit.append import append
from audit.draft import Draft
from audit.events import Event, Part, Subject, TrailEvent
from audit.findings import Finding
from audit.log import record
from audit.queries import get_entry

ERASE = text("SELECT audit_redact_subject(:log, :seq, :position)")


def erasure(trail, *parts: Part) -> Event:
    subjects = tuple(Subject(redacts=part) for part in parts)
    return trail.event(TrailEvent.REDACTED, subjects=subjects, facts={"decision": "d1"})


def erase(trail, *parts: Part, saying: tuple[Part, ...] | None = None) -> None:
    """As the trail's owner: erase ``parts`` and record that ``saying`` were (the same, if not given)."""
    with trail.owner.begin() as session:
        for part in parts:
            session.execute(ERASE, {"log": trail.log, "seq": part.seq, "position": part.position})
        if saying is None or saying:
            record(session, erasure(trail, *(parts if saying is None else saying)))


@pytest.mark.parametrize("opening", [True, False])
def test_the_tree_stays_and_the_trail_is_whole(eight, opening):
    before = eight.noted()

    erase(eight, Part(4, 1))

    report = eight.verify(opening=opening, since=before)
    assert report.ok, str(report.problem)
    assert (report.size, report.redacted) == (9, 1)


def test_the_rest_of_the_entry_can_still_be_read(eight):
    erase(eight, Part(4, 1))

    with eight.sessions.begin() as session:
        entry = get_entry(session, eight.log, 4, eight.sealer)

    assert entry.subjects == (None, Subject(case_id=eight.cast.linden))
    assert entry.facts == {"fields": ["statement"]}
    assert entry.who == eight.cast.anna


def test_nothing_is_left_that_could_open_the_commitment(eight):
    erase(eight, Part(4, 1))

    left = eight.scalar(
        "SELECT count(*) FROM audit_entry_subject WHERE log_id = :log AND person_id IS NOT NULL", log=eight.log
    )
    assert left == 0


def test_several_subjects_go_in_one_decision(eight):
    erase(eight, Part(4, 1), Part(4, 2), Part(2, 1))

    assert eight.verify().ok
    assert eight.verify().redacted == 3


def test_what_is_erased_must_be_said(eight):
    with pytest.raises(IntegrityError, match="erased without an entry that says so"):
        erase(eight, Part(4, 1), saying=())
    with pytest.raises(IntegrityError, match="subject 1 of entry 4 was erased without"):
        erase(eight, Part(4, 1), Part(4, 2), saying=(Part(4, 2),))

    assert eight.verify().ok
    assert (eight.verify().size, eight.verify().redacted) == (8, 0)


@pytest.mark.parametrize("said", [Part(4, 2), Part(0, 1), Part(4, 0), Part(4, 3), Part(99, 1), Part(8, 1)])
def test_what_is_said_must_be_erased(eight, said):
    with pytest.raises(IntegrityError, match="says it erased"):
        erase(eight, Part(4, 1), saying=(Part(4, 1), said))

    assert eight.verify().ok
    assert eight.verify().size == 8


def test_it_must_be_said_by_an_erasure(eight):
    event = erasure(eight, Part(4, 1))
    object.__setattr__(event, "tag", "case:read")

    def erase_and_say_something_else() -> None:
        with eight.owner.begin() as session:
            session.execute(ERASE, {"log": eight.log, "seq": 4, "position": 1})
            record(session, event)

    with pytest.raises(IntegrityError, match="erased"):
        erase_and_say_something_else()


def test_an_erasure_said_before_does_not_count(eight):
    """With the entry's own check off, so that only the demand for the same transaction is left."""
    eight.forge("UPDATE audit_entry_subject SET redacts_seq = 4, redacts_position = 1 WHERE log_id = :log AND seq = 7")
    eight.forge("UPDATE audit_entry_facts SET event = 'trail:redacted' WHERE log_id = :log AND seq = 7")

    with pytest.raises(IntegrityError, match="erased without an entry that says so"):
        erase(eight, Part(4, 1), saying=())


def test_nothing_is_erased_twice(eight):
    erase(eight, Part(4, 1))

    with pytest.raises(Exception, match="entry 4 has no subject 1 to erase"):
        erase(eight, Part(4, 1))


def test_what_an_erasure_says_is_never_erased(eight):
    erase(eight, Part(4, 1))

    with pytest.raises(IntegrityError, match="never erased"):
        erase(eight, Part(8, 1))


def test_a_subject_put_back_after_its_erasure_is_found(eight):
    eight.forge(
        "CREATE TABLE kept AS SELECT * FROM audit_entry_subject WHERE log_id = :log AND seq = 4 AND position = 1"
    )
    erase(eight, Part(4, 1))
    eight.forge("INSERT INTO audit_entry_subject SELECT * FROM kept", "DROP TABLE kept")

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.REDACTION, 8)


def test_an_erasure_that_lost_its_own_subject_is_found(eight):
    erase(eight, Part(4, 1))
    eight.forge("DELETE FROM audit_entry_subject WHERE log_id = :log AND seq = 8")

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.SUBJECT_MISSING, 4)


@pytest.mark.parametrize("said", [Part(4, 7), Part(0, 1), Part(8, 1), Part(20, 1)])
def test_an_erasure_of_what_never_was_is_found(eight, said):
    append_unchecked(eight, erasure(eight, said))

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.REDACTION, 8)


def test_an_erasure_cannot_cover_for_another(eight):
    """Erasing what an erasure says would hide it; even an entry that says so does not make it right."""
    erase(eight, Part(4, 1))
    append_unchecked(eight, erasure(eight, Part(8, 1)))

    eight.forge("DELETE FROM audit_entry_subject WHERE log_id = :log AND seq = 8")

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.SUBJECT_MISSING, 4)


def test_an_erasure_that_was_erased_is_found_also_when_nothing_hangs_on_it(eight):
    append_unchecked(eight, erasure(eight))
    append_unchecked(eight, eight.event(TrailEvent.REDACTED, subjects=(Subject(case_id=eight.cast.linden),)))
    append_unchecked(eight, erasure(eight, Part(9, 1)))
    eight.forge("DELETE FROM audit_entry_subject WHERE log_id = :log AND seq = 9")

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.SUBJECT_MISSING, 9)


def test_an_entry_that_is_no_erasure_covers_for_nothing(eight):
    event = erasure(eight, Part(4, 1))
    object.__setattr__(event, "tag", "case:read")
    append_unchecked(eight, event)
    eight.forge("DELETE FROM audit_entry_subject WHERE log_id = :log AND seq = 4 AND position = 1")

    problem = eight.verify().problem
    assert (problem.finding, problem.seq) == (Finding.SUBJECT_MISSING, 4)


def append_unchecked(trail, event: Event) -> None:
    """As somebody who has switched the triggers off, but through the program itself: the tree is right."""
    with trail.superuser.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        append(Session(connection), [Draft(event)], trail.sealer)
