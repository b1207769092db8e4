"""Records what the family says, and that they have changed their minds. Never commits.

The case's lock is held exclusively: who may see what changes here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case, CaseRole
from sspf.cases.service import mark_withdrawn
from sspf.consents import answers as answering
from sspf.consents import policy, queries
from sspf.consents.agreement import Family, Row
from sspf.consents.answers import Answers
from sspf.consents.events import ConsentEvent
from sspf.consents.models import Consent, ConsentRow, EndReason, Way
from sspf.consents.settling import end_waivers, settle, settle_participations
from sspf.db import clock
from sspf.db.clock import SWEDEN
from sspf.law.consenters import turns_adult_on
from sspf.law.kinds import CONSENT_RECORD
from sspf.vault.ending import DisclosureSummary, live_disclosures
from sspf.vault.reading import Reading
from sspf.vault.writing import About, AboutKind, Unit, seal


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the signed form beside the answers."""

    given_on: date
    valid_until: datetime
    form_version: str
    language: str = "sv"
    with_interpreter: bool = False


def record_consent(
    session: Session,
    actor: Actor,
    case: Case,
    *,
    person_id: UUID,
    paper: Paper,
    answers: Answers,
    family: Family,
    reading: Reading,
) -> Consent:
    """Record one person's signed form, in place of any earlier one of theirs, and let what follows take effect.

    ``reading`` is coordination's own of the case; ``family`` has the birth date it opened.
    A guardian's consent ends at the youth's 18th birthday, whatever the form says.
    """
    require(policy.can_record(actor, case))
    role = next(person.role for person in case.people if person.person_id == person_id)
    now = clock.now(session)
    for earlier in queries.list_consents(session, case):
        if earlier.person_id == person_id and earlier.is_live(now):
            _end(earlier, now, EndReason.REPLACED)
            record(session, actor.did(ConsentEvent.REPLACED, _subject(earlier), consent=str(earlier.id)))
    consent = Consent(
        municipality_id=case.municipality_id,
        case_id=case.id,
        person_id=person_id,
        role=role,
        way=Way.PAPER,
        form_version=paper.form_version,
        language=paper.language,
        with_interpreter=paper.with_interpreter,
        given_on=paper.given_on,
        valid_from=now,
        valid_until=_until(paper.valid_until, role, family),
        recorded_by=actor.user_id,
    )
    about = About(AboutKind.YOUTH if role is CaseRole.YOUTH else AboutKind.GUARDIAN, person_id)
    seal(
        session,
        actor,
        consent,
        unit=Unit("case", case.id, case.authority_id),
        owner=case.coordination_id,
        source=case.coordination_id,
        kind=CONSENT_RECORD,
        about=about,
        fields={"answers": answering.dumps(answers)},
    )
    consent.rows = [
        ConsentRow(
            municipality_id=case.municipality_id,
            source_id=row.source_id,
            recipient_id=row.recipient_id,
            kind=row.kind,
        )
        for row in sorted(answers.yes_rows(case.coordination_id), key=lambda row: (row.source_id, row.recipient_id))
    ]
    session.add(consent)
    session.flush()
    record(session, actor.did(ConsentEvent.RECORDED, _subject(consent), consent=str(consent.id), way=consent.way))
    settle(session, actor, case, family, reading)
    return consent


def _until(asked: datetime, role: CaseRole, family: Family) -> datetime:
    if role is CaseRole.YOUTH:
        return asked
    return min(asked, datetime.combine(turns_adult_on(family.born_on), datetime.min.time(), SWEDEN))


def withdraw(
    session: Session, actor: Actor, case: Case, consent: Consent, *, rows: Collection[Row] | None = None
) -> None:
    """Take back a consent, whole (``rows`` None) or row by row; what rested on it is closed in this transaction."""
    require(policy.can_withdraw(actor, case))
    _withdraw(session, actor, case, consent, rows)


def receive_withdrawal(session: Session, actor: Actor, case: Case, *, role: CaseRole) -> None:
    """A contact was told that the youth, or a guardian, takes their consent back.

    A contact does not see who has agreed to what, so every consent of that role ends:
    sharing too little for a day is mended by a telephone call.
    """
    require(policy.can_receive_withdrawal(actor, case))
    now = clock.now(session)
    for consent in queries.live_by_role(session, case, role, now):
        _withdraw(session, actor, case, consent, None)


def _withdraw(
    session: Session, actor: Actor, case: Case, consent: Consent, rows: Collection[Row] | None
) -> None:
    now = clock.now(session)
    ending = _rows_of(consent, rows)
    if rows is None:
        _end(consent, now, EndReason.WITHDRAWN)
    for row in ending:
        row.ended_at = now
    taken_back = {(row.source_id, row.recipient_id, row.kind) for row in ending}
    waivers = [
        waiver
        for waiver in queries.unended_waivers(session, case.id)
        if consent.id in waiver.consent_ids and (waiver.source_id, waiver.recipient_id, waiver.kind) in taken_back
    ]
    end_waivers(session, actor, waivers)
    session.flush()  # what is asked next must not find them
    settle_participations(session, actor, case, now)
    facts = {"consent": str(consent.id), "rows": "all" if rows is None else str(len(ending))}
    record(session, actor.did(ConsentEvent.WITHDRAWN, _subject(consent), **facts))
    if rows is None and not any(waiver.valid_until > now for waiver in queries.unended_waivers(session, case.id)):
        mark_withdrawn(session, actor, case)


def _end(consent: Consent, now: datetime, reason: EndReason) -> None:
    consent.ended_at = now
    consent.end_reason = reason


def _rows_of(consent: Consent, rows: Collection[Row] | None) -> list[ConsentRow]:
    """The yes-rows in force that are taken back; taking back an organisation takes its place at the table with it."""
    standing = [row for row in consent.rows if row.ended_at is None]
    if rows is None:
        return standing
    return [row for row in standing if Row(row.source_id, row.recipient_id, row.kind) in rows]


def _subject(consent: Consent) -> Subject:
    return Subject(case_id=consent.case_id, person_id=consent.person_id)


def what_was_shared(session: Session, consent: Consent) -> list[DisclosureSummary]:
    """Everything now disclosed that rests on the consent: what a withdrawal ends, and whom to recall it from."""
    return live_disclosures(session, resting_on=[consent.id])
