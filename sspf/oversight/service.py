"""What the auditor does, each on the record like everybody else's reading. Never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit import queries as audit_queries
from audit.canonical import JSON
from audit.events import Subject, TrailEvent
from audit.findings import BrokenError, Problem
from audit.log import record
from audit.opening import OpenedEntry
from audit.queries import Filter, Line
from audit.verification import Report, verify
from auth.actor import Actor
from auth.decisions import require
from sspf.errors import NotFound
from sspf.oversight import policy, queries
from sspf.oversight.logs import WhichLog


@dataclass(frozen=True, slots=True)
class Listed:
    """Some of a log's entries, newest first, and the number to go on before."""

    lines: Sequence[Line]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class Opened:
    """One entry, opened and held against its commitments; or what is wrong with it."""

    entry: OpenedEntry | None
    problem: Problem | None
    is_last: bool


def read_log(session: Session, actor: Actor, which: WhichLog, wanted: Filter, *, before: int | None = None) -> Listed:
    """A page of a log. That it was read, with which filter and which entries were shown, is recorded."""
    require(policy.can_read_log(actor))
    log_id = queries.log_id_of(actor, which)
    found = audit_queries.list_entries(session, log_id, wanted, before=before, limit=queries.PAGE + 1)
    lines = found[: queries.PAGE]
    facts: dict[str, JSON] = {
        "log": str(log_id),
        "since": _text(wanted.since),
        "until": _text(wanted.until),
        "user": _text(wanted.user_id),
        "organisation": _text(wanted.organisation_id),
        "event": wanted.event,
        "refusals": wanted.refusals,
        "entries": [line.seq for line in lines],
    }
    subjects = () if wanted.case_id is None else (Subject(case_id=wanted.case_id),)
    record(session, actor.did(TrailEvent.READ, *subjects, **facts))
    return Listed(lines, lines[-1].seq if len(found) > len(lines) else None)


def record_no_such_case(session: Session, actor: Actor, which: WhichLog) -> None:
    """Somebody looked for a case that is not there. What was typed may be anything, and is not kept."""
    facts: dict[str, JSON] = {"log": str(queries.log_id_of(actor, which)), "status": 404, "entries": []}
    record(session, actor.did(TrailEvent.READ, **facts))


def open_entry(session: Session, actor: Actor, which: WhichLog, seq: int) -> Opened:
    """One entry with all it commits to. That it was opened is recorded, with the cases and persons it is about.

    Raises:
        NotFound: the log has no such entry.
    """
    require(policy.can_read_log(actor))
    log_id = queries.log_id_of(actor, which)
    problem = None
    try:
        entry = audit_queries.get_entry(session, log_id, seq, queries.log_sealer(session))
    except BrokenError as broken:
        entry, problem = None, broken.problem
    if entry is None and problem is None:
        raise NotFound
    about = [] if entry is None else [_about(each) for each in entry.subjects if each is not None]
    record(session, actor.did(TrailEvent.ENTRY_OPENED, *filter(None, about), log=str(log_id), entry=seq))
    size = next(log.size for log in audit_queries.list_logs(session) if log.id == log_id)
    return Opened(entry, problem, is_last=seq + 1 >= size)


def verify_log(session: Session, actor: Actor, which: WhichLog) -> Report:
    """Recompute the whole log with everything beside it, and record what was found."""
    require(policy.can_verify_log(actor))
    log_id = queries.log_id_of(actor, which)
    report = verify(session, log_id, queries.log_sealer(session))
    problem = report.problem
    facts: dict[str, JSON] = {
        "log": str(log_id),
        "ok": report.ok,
        "size": report.size,
        "root": report.root.hex(),
        "finding": problem.finding.value if problem else None,
        "entry": problem.seq if problem else None,
    }
    record(session, actor.did(TrailEvent.VERIFIED, **facts))
    return report


def _text(value: datetime | UUID | None) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _about(subject: Subject) -> Subject | None:
    if subject.case_id is None and subject.person_id is None:
        return None
    return Subject(case_id=subject.case_id, person_id=subject.person_id)
