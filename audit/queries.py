"""What an auditor asks of a log, and who has read a case. Plain columns only, but for the one entry that is opened."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from audit.models import REFUSALS, EntryFacts, EntrySubject, LogHead
from audit.opening import OpenedEntry, open_entry, read_leaf
from audit.sealing import Sealer
from audit.stored import get_entry as get_stored_entry


@dataclass(frozen=True, slots=True)
class LogSummary:
    """One log: its name towards the world and how many entries it has."""

    id: UUID
    origin: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries; what is None or False does not narrow. ``since <= time < until``.

    ``case_people`` are the people of ``case_id``: what happened to one of them alone counts as the case's.
    """

    since: datetime | None = None
    until: datetime | None = None
    user_id: UUID | None = None
    organisation_id: UUID | None = None
    case_id: UUID | None = None
    case_people: tuple[UUID, ...] = ()
    person_id: UUID | None = None
    event: str | None = None
    refusals: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a line of a list. Cases and persons are those not erased, in the order of the entry."""

    seq: int
    at: datetime
    event: str
    user_id: UUID | None
    organisation_id: UUID | None
    case_ids: tuple[UUID, ...]
    person_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ReadingDay:
    """That an organisation read a case on a day, and how many times."""

    organisation_id: UUID | None
    on: date
    count: int


def list_logs(session: Session) -> list[LogSummary]:
    """All logs, by name."""
    logs = session.execute(select(LogHead.id, LogHead.origin, LogHead.size).order_by(LogHead.origin))
    return [LogSummary(*log) for log in logs]


def list_entries(
    session: Session, log_id: UUID, wanted: Filter | None = None, *, before: int | None = None, limit: int = 50
) -> list[Line]:
    """The newest entries first, at most ``limit``; the next page is ``before`` the last one's ``seq``."""
    entries = (
        select(EntryFacts.seq, EntryFacts.at, EntryFacts.event, EntryFacts.user_id, EntryFacts.organisation_id)
        .where(EntryFacts.log_id == log_id, *_conditions(wanted or Filter()))
        .order_by(EntryFacts.seq.desc())
        .limit(limit)
    )
    if before is not None:
        entries = entries.where(EntryFacts.seq < before)
    found = session.execute(entries).all()
    cases, persons = _subjects_of(session, log_id, [entry.seq for entry in found])
    return [Line(*entry, case_ids=tuple(cases[entry.seq]), person_ids=tuple(persons[entry.seq])) for entry in found]


def get_entry(session: Session, log_id: UUID, seq: int, sealer: Sealer) -> OpenedEntry | None:
    """One entry with everything sealed in it opened and checked; None if there is no such entry.

    Raises ``BrokenError`` if a value is not what the entry committed to.
    That somebody opened it is for the caller to record.
    """
    stored = get_stored_entry(session, log_id, seq)
    return None if stored.leaf is None else open_entry(stored, read_leaf(stored), sealer)


def _reading_days() -> Select[UUID | None, date, int, int]:
    """Built once: it is on every case's page, and building it takes as long as asking."""
    newest = (
        select(EntrySubject.seq)
        .where(EntrySubject.log_id == bindparam("log_id"), EntrySubject.case_id == bindparam("case_id"))
        .distinct()
        .order_by(EntrySubject.seq.desc())
        .limit(bindparam("within", type_=Integer))
        .cte("newest")
    )
    day = cast(func.timezone(bindparam("zone", type_=String), EntryFacts.at), Date).label("day")
    looked_at = select(func.count()).select_from(newest).scalar_subquery()
    return (
        select(EntryFacts.organisation_id, day, func.count(), looked_at)
        .join(newest, newest.c.seq == EntryFacts.seq)
        .where(EntryFacts.log_id == bindparam("log_id"), EntryFacts.event.in_(bindparam("events", expanding=True)))
        .group_by(EntryFacts.organisation_id, day)
        .order_by(day.desc(), EntryFacts.organisation_id)
    )


_READING_DAYS = _reading_days()


def list_reading_days(
    session: Session,
    log_id: UUID,
    case_id: UUID,
    events: Collection[str],
    *,
    zone: str = "Europe/Stockholm",
    within: int = 500,
) -> list[ReadingDay]:
    """Which organisations read the case, by day in ``zone``, newest day first. ``events``: the tags that are reads.

    Looks at the newest ``within`` entries about the case, so that one that has been read for years
    takes no longer than a new one. A day that is not among them whole is left out, unless it is the only one.
    """
    asked = {"log_id": log_id, "case_id": case_id, "events": [str(event) for event in events]}
    found = session.execute(_READING_DAYS, {**asked, "zone": zone, "within": within}).all()
    days = [ReadingDay(*row[:3]) for row in found]
    if not days or found[0][3] < within or days[0].on == days[-1].on:
        return days
    return [one for one in days if one.on != days[-1].on]


def list_readings_within(
    session: Session, log_id: UUID, case_id: UUID, organisation_id: UUID, events: Collection[str], *, limit: int = 50
) -> list[Line]:
    """An organisation's own reads of a case, newest first: who, when and what kind."""
    reads = (
        select(EntryFacts.seq, EntryFacts.at, EntryFacts.event, EntryFacts.user_id, EntryFacts.organisation_id)
        .where(*_reads(log_id, case_id, events), EntryFacts.organisation_id == organisation_id)
        .order_by(EntryFacts.seq.desc())
        .limit(limit)
    )
    return [Line(*found, case_ids=(case_id,), person_ids=()) for found in session.execute(reads)]


def _conditions(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.since is not None:
        yield EntryFacts.at >= wanted.since
    if wanted.until is not None:
        yield EntryFacts.at < wanted.until
    if wanted.user_id is not None:
        yield EntryFacts.user_id == wanted.user_id
    if wanted.organisation_id is not None:
        yield EntryFacts.organisation_id == wanted.organisation_id
    if wanted.case_id is not None:
        of_case = EntrySubject.case_id == wanted.case_id
        yield _has_subject(of_case | EntrySubject.person_id.in_(wanted.case_people))
    if wanted.person_id is not None:
        yield _has_subject(EntrySubject.person_id == wanted.person_id)
    if wanted.event is not None:
        yield EntryFacts.event == wanted.event
    if wanted.refusals:
        yield EntryFacts.event.like(literal_column(REFUSALS))


def _reads(log_id: UUID, case_id: UUID, events: Collection[str]) -> list[ColumnElement[bool]]:
    return [
        EntryFacts.log_id == log_id,
        EntryFacts.event.in_([str(event) for event in events]),
        _has_subject(EntrySubject.case_id == case_id),
    ]


def _has_subject(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    of_entry = (EntrySubject.log_id == EntryFacts.log_id) & (EntrySubject.seq == EntryFacts.seq)
    return exists().where(of_entry, condition)


def _subjects_of(
    session: Session, log_id: UUID, seqs: Collection[int]
) -> tuple[dict[int, list[UUID]], dict[int, list[UUID]]]:
    """The cases and the persons of these entries, each once an entry."""
    cases: dict[int, list[UUID]] = defaultdict(list)
    persons: dict[int, list[UUID]] = defaultdict(list)
    subjects = (
        select(EntrySubject.seq, EntrySubject.case_id, EntrySubject.person_id)
        .where(EntrySubject.log_id == log_id, EntrySubject.seq.in_(seqs))
        .order_by(EntrySubject.seq, EntrySubject.position)
    )
    for seq, case_id, person_id in session.execute(subjects):
        if case_id is not None and case_id not in cases[seq]:
            cases[seq].append(case_id)
        if person_id is not None and person_id not in persons[seq]:
            persons[seq].append(person_id)
    return cases, persons
