"""What the auditor finds, and who has read a case."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from audit.events import Subject, Who
from audit.findings import BrokenError, Finding
from audit.queries import (
    Filter,
    ReadingDay,
    get_entry,
    list_entries,
    list_logs,
    list_reading_days,
    list_readings_within,
)


@pytest.fixture
def reading(eight):
    """Ask something of the log as the application."""

    def ask(query, *arguments, **values):
        with eight.sessions.begin() as session:
            return query(session, eight.log, *arguments, **values)

    return ask


def seqs(lines) -> list[int]:
    return [line.seq for line in lines]


def test_the_newest_come_first(reading):
    assert seqs(reading(list_entries)) == [7, 6, 5, 4, 3, 2, 1, 0]


def test_pages_follow_each_other_without_gap_or_overlap(reading, eight):
    first = reading(list_entries, limit=3)
    eight.record(eight.event())  # what comes meanwhile moves nothing
    second = reading(list_entries, limit=3, before=first[-1].seq)
    third = reading(list_entries, limit=3, before=second[-1].seq)

    assert seqs(first) + seqs(second) + seqs(third) == [7, 6, 5, 4, 3, 2, 1, 0]


def test_a_line_says_who_what_and_about_whom(reading, eight):
    (line,) = reading(list_entries, before=5, limit=1)

    assert (line.seq, line.event) == (4, "case:note_added")
    assert (line.user_id, line.organisation_id) == (eight.cast.anna.user_id, eight.cast.anna.organisation_id)
    assert line.case_ids == (eight.cast.bjorken, eight.cast.linden)
    assert line.person_ids == (eight.cast.young,)


def test_a_case_is_named_once_a_line_however_often_it_is_a_subject(reading, eight):
    about = Subject(case_id=eight.cast.bjorken, person_id=eight.cast.young)
    eight.record(eight.event(subjects=(about, Subject(case_id=eight.cast.linden), about)))

    line = reading(list_entries, limit=1)[0]

    assert line.case_ids == (eight.cast.bjorken, eight.cast.linden)
    assert line.person_ids == (eight.cast.young,)


def test_each_filter_narrows_to_its_own(reading, eight):
    eight.record(eight.event(tag=type(eight.event().tag)("case:refused"), who=eight.cast.bo))
    cast = eight.cast

    assert seqs(reading(list_entries, Filter(user_id=cast.bo.user_id))) == [8, 3]
    assert seqs(reading(list_entries, Filter(organisation_id=cast.bo.organisation_id))) == [8, 3]
    assert seqs(reading(list_entries, Filter(case_id=cast.linden))) == [4, 2]
    assert seqs(reading(list_entries, Filter(person_id=cast.young))) == [4]
    assert seqs(reading(list_entries, Filter(event="case:listed"))) == [1]
    assert seqs(reading(list_entries, Filter(refusals=True))) == [8]
    assert seqs(reading(list_entries, Filter(case_id=cast.linden, event="case:note_added"))) == [4]
    assert seqs(reading(list_entries, Filter(user_id=uuid4()))) == []


def test_a_failed_sign_in_is_no_refusal(reading, eight):
    eight.record(eight.event(tag=type(eight.event().tag)("sign_in:failed")))

    assert reading(list_entries, Filter(refusals=True)) == []


def test_a_period_holds_its_beginning_but_not_its_end(reading):
    at = {line.seq: line.at for line in reading(list_entries)}

    # entries of one transaction have one time: 2 and 3, and 5 to 7
    assert seqs(reading(list_entries, Filter(since=at[2], until=at[5]))) == [4, 3, 2]
    assert seqs(reading(list_entries, Filter(since=at[7] + timedelta(microseconds=1)))) == []


def test_another_logs_entries_are_not_seen(reading, eight):
    mine = eight.log
    eight.log = uuid4()

    assert reading(list_entries) == []
    eight.log = mine
    assert len(reading(list_entries)) == 8


def test_logs_are_listed_with_their_names(eight):
    with eight.sessions.begin() as session:
        logs = {log.id: log for log in list_logs(session)}

    assert (logs[eight.log].origin, logs[eight.log].size) == (f"test/{eight.log}", 8)


def test_an_entry_is_opened_whole(reading, eight):
    entry = reading(get_entry, 4, eight.sealer)

    assert entry.who == eight.cast.anna
    assert entry.facts == {"fields": ["statement"]}
    assert entry.subjects == (
        Subject(case_id=eight.cast.bjorken, person_id=eight.cast.young, ids={"note": "n1"}),
        Subject(case_id=eight.cast.linden),
    )
    assert (entry.leaf.seq, entry.leaf.event) == (4, "case:note_added")


def test_a_system_actor_is_named(reading, eight):
    assert reading(get_entry, 1, eight.sealer).who == Who(system="sweep")


def test_an_entry_that_is_not_there_is_none(reading, eight):
    assert reading(get_entry, 8, eight.sealer) is None
    assert reading(get_entry, -1, eight.sealer) is None


def test_an_entry_that_was_changed_does_not_open(reading, eight):
    eight.forge("UPDATE audit_entry_facts SET user_id = NULL WHERE log_id = :log AND seq = 4")

    with pytest.raises(BrokenError) as broken:
        reading(get_entry, 4, eight.sealer)
    assert (broken.value.problem.finding, broken.value.problem.seq) == (Finding.WHO, 4)


def test_what_is_hidden_is_not_in_the_database(eight):
    with eight.superuser.connect() as connection:
        row = connection.execute(
            text("SELECT * FROM audit_entry_facts NATURAL JOIN audit_leaf WHERE log_id = :log AND seq = 4"),
            {"log": eight.log},
        ).one()

    stored = b"".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    assert str(eight.cast.anna.user_id).encode() in stored
    for hidden in (eight.cast.anna.session_id, eight.cast.anna.assignment_id, "statement"):
        assert str(hidden).encode() not in stored


def test_readings_of_a_case_by_organisation_and_day(reading, eight):
    midnight = datetime(2026, 8, 23, 22, 0, tzinfo=UTC)  # in Sweden already the 24th
    about = (Subject(case_id=eight.cast.bjorken),)
    for who in (eight.cast.anna, eight.cast.anna, eight.cast.bo):
        eight.record(eight.event(who=who, subjects=about))
    times = "UPDATE audit_entry_facts SET at = :at WHERE log_id = :log AND seq"
    eight.forge(f"{times} IN (7, 8, 10)", at=midnight)
    eight.forge(f"{times} = 9", at=midnight - timedelta(microseconds=1))
    anna, bo = eight.cast.anna.organisation_id, eight.cast.bo.organisation_id

    days = reading(list_reading_days, eight.cast.bjorken, ["case:read"])

    assert days == [
        *sorted(
            [ReadingDay(anna, date(2026, 8, 24), 2), ReadingDay(bo, date(2026, 8, 24), 1)],
            key=lambda day: day.organisation_id,
        ),
        ReadingDay(anna, date(2026, 8, 23), 1),
    ]


def test_a_day_of_which_only_a_part_was_looked_at_is_left_out(reading, eight):
    for _ in range(3):
        eight.record(eight.event(subjects=(Subject(case_id=eight.cast.bjorken),)))
    eight.forge(
        "UPDATE audit_entry_facts SET at = :at WHERE log_id = :log AND seq < 9", at=datetime(2026, 8, 1, tzinfo=UTC)
    )

    def counts(within: int) -> list[int]:
        return [one.count for one in reading(list_reading_days, eight.cast.bjorken, ["case:read"], within=within)]

    assert counts(within=2) == [2]  # all of one day, as far as was looked
    assert counts(within=3) == [2]
    assert counts(within=1) == [1]
    assert counts(within=500) == [2, 2]


def test_an_organisation_sees_its_own_readings(reading, eight):
    eight.record(eight.event(who=eight.cast.bo, subjects=(Subject(case_id=eight.cast.bjorken),)))
    anna = eight.cast.anna

    lines = reading(list_readings_within, eight.cast.bjorken, anna.organisation_id, ["case:read"])

    assert seqs(lines) == [7]
    assert lines[0].user_id == anna.user_id
