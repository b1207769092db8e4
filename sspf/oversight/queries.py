"""What the auditor's pages and "Vem har läst?" need to know. Names and plain columns; no sealed text but the log's own.

Cases are found here past ``visible_to``, by reference and alias alone: the auditor may
see which case an entry is about and nothing of what is in it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from audit import queries as audit_queries
from audit.commitments import Salted
from audit.events import SYSTEM_LOG, TrailEvent
from audit.models import EntryFacts
from audit.queries import Filter, Line, list_entries, list_reading_days, list_readings_within
from audit.sealing import Sealer, facts_context
from auth import queries as accounts
from auth.actor import Actor
from auth.models import Assignment, User
from auth.permissions import Permission, Role, holds
from sspf.cases.models import Case, CasePerson
from sspf.db.clock import SWEDEN
from sspf.organisations import queries as organisations
from sspf.oversight import codes
from sspf.oversight.logs import LOGS, WhichLog
from sspf.oversight.names import CaseName, Names
from sspf.oversight.wording import event_words
from sspf.texts import Text
from sspf.vault.events import VaultEvent

PAGE = 50
READS = (VaultEvent.READ,)
LOOKED_BACK = 20


@dataclass(frozen=True, slots=True)
class LogSize:
    """One of the logs, and how many entries it has."""

    words: Text
    size: int


@dataclass(frozen=True, slots=True)
class Verification:
    """What the newest verification of a log said."""

    at: datetime
    by: Text | str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseRead:
    """That somebody in the asker's own organisation read a case on a day: the last time, how often and why.

    ``count`` is 0 where there may be more than were looked at.
    """

    at: datetime
    by: Text | str
    count: int
    purposes: tuple[Text | str, ...]


@dataclass(frozen=True, slots=True)
class CaseReadDay:
    """That an organisation has read the case on a day."""

    on: date
    organisation: str
    count: int


@dataclass(frozen=True, slots=True)
class CaseReads:
    """Who has read a case, newest first: for a contact its own colleagues, for the coordinator organisation and day."""

    own: tuple[CaseRead, ...] = ()
    days: tuple[CaseReadDay, ...] = ()


def list_logs(session: Session, actor: Actor) -> list[LogSize]:
    """The logs an auditor may read, the municipality's first."""
    sizes = {log.id: log.size for log in audit_queries.list_logs(session)}
    return [LogSize(words, sizes.get(log_id_of(actor, which), 0)) for which, words in LOGS.items()]


def log_id_of(actor: Actor, which: WhichLog) -> UUID:
    """The municipality's log has the municipality's id."""
    return SYSTEM_LOG if which is WhichLog.SYSTEM else actor.municipality_id


def log_sealer(session: Session) -> Sealer:
    """What opens the log's sealed values; ``app`` gave it to the sessions."""
    sealer: Sealer = session.info["log_sealer"]
    return sealer


def names(session: Session, actor: Actor, case_ids: Collection[UUID] = ()) -> Names:
    """The municipality's staff, also those who have left, its organisations and these of its cases."""
    users = select(User.id, User.name).where(User.municipality_id == actor.municipality_id).order_by(User.name, User.id)
    return Names(
        actor.municipality_id,
        {row.id: row.name for row in session.execute(users)},
        organisations.names(session, actor.municipality_id),
        _case_names(session, actor, case_ids),
    )


def find_case(session: Session, actor: Actor, reference: str) -> UUID | None:
    """The id of the case with this reference."""
    found = select(Case.id).where(Case.municipality_id == actor.municipality_id, Case.reference == reference)
    return session.scalars(found).one_or_none()


def people_of(session: Session, case_id: UUID) -> tuple[UUID, ...]:
    """The ids of the people of a case; what was sealed or shared of one of them is an entry about the person alone."""
    return tuple(session.scalars(select(CasePerson.person_id).where(CasePerson.case_id == case_id)))


def role_of(session: Session, assignment_id: UUID | None) -> Role | None:
    """The role that an assignment gives."""
    return session.scalars(select(Assignment.role).where(Assignment.id == assignment_id)).one_or_none()


def latest_verification(session: Session, actor: Actor, log_id: UUID, names: Names) -> Verification | None:
    """The newest verification of this log among the latest few of any; they are all in the municipality's log."""
    verified = list_entries(session, actor.municipality_id, Filter(event=TrailEvent.VERIFIED), limit=LOOKED_BACK)
    facts = facts_of(session, actor.municipality_id, [line.seq for line in verified])
    for line in verified:
        said = facts.get(line.seq)
        if said is not None and said.get("log") == str(log_id):
            return Verification(line.at, names.who(line.user_id, line.event), said)
    return None


def reads_of_case(session: Session, actor: Actor, case_id: UUID, *, limit: int = 20) -> CaseReads:
    """Who has read the case, as far as ``actor`` may know. The caller has let the actor in to the case."""
    log_id = actor.municipality_id
    if holds(actor, Permission.CASE_OPEN):
        days = list_reading_days(session, log_id, case_id, READS)[:limit]
        called = organisations.names(session, actor.municipality_id)
        return CaseReads(days=tuple(_day(each.organisation_id, each.on, each.count, called) for each in days))
    lines = list_readings_within(session, log_id, case_id, actor.organisation_id, READS, limit=LOOKED_BACK)
    facts = facts_of(session, log_id, [line.seq for line in lines])
    readers = accounts.names_of(session, {line.user_id for line in lines if line.user_id})
    known = Names(log_id, readers, organisations.names(session, actor.municipality_id), {})
    by_reader: dict[tuple[UUID | None, date], list[Line]] = {}
    for line in lines:
        by_reader.setdefault((line.user_id, line.at.astimezone(SWEDEN).date()), []).append(line)
    more = lines[-1] if len(lines) == LOOKED_BACK else None
    return CaseReads(own=tuple(_own(theirs, facts, known, more) for theirs in list(by_reader.values())[:limit]))


def facts_of(session: Session, log_id: UUID, seqs: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """The facts of many entries in one query. An entry whose facts do not open is left out: verifying names it."""
    sealed = select(EntryFacts.seq, EntryFacts.facts_sealed).where(
        EntryFacts.log_id == log_id, EntryFacts.seq.in_(seqs)
    )
    return dict(_opened(session.execute(sealed), log_id, log_sealer(session)))


def _opened(rows: Iterable[Row[int, bytes]], log_id: UUID, sealer: Sealer) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for seq, sealed in rows:
        try:
            yield seq, Salted.parse(sealer.open(sealed, facts_context(log_id, seq))).value
        except ValueError:
            continue


def _case_names(session: Session, actor: Actor, case_ids: Collection[UUID]) -> dict[UUID, CaseName]:
    if not case_ids:
        return {}
    found = select(Case.id, Case.reference, Case.alias).where(
        Case.municipality_id == actor.municipality_id, Case.id.in_(case_ids)
    )
    return {row.id: CaseName(row.reference, row.alias) for row in session.execute(found)}


def _day(organisation_id: UUID | None, on: date, count: int, called: Mapping[UUID, str]) -> CaseReadDay:
    return CaseReadDay(on, called.get(organisation_id, "") if organisation_id else "", count)


def _own(
    lines: Sequence[Line], facts: Mapping[int, Mapping[str, Any]], known: Names, oldest_seen: Line | None
) -> CaseRead:
    newest, count = lines[0], 0 if oldest_seen in lines else len(lines)
    why = {str(said): said for said in (_purpose(line, facts.get(line.seq) or {}) for line in lines)}
    return CaseRead(newest.at, known.who(newest.user_id, newest.event), count, tuple(why.values()))


def _purpose(line: Line, facts: Mapping[str, Any]) -> Text | str:
    purpose = facts.get("purpose", "")
    return codes.PURPOSES.get(purpose) or event_words(line.event)
