"""Records what the family says, and that they have changed their minds. Never commits.

The case's lock is held exclusively: who may see what changes here.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case, CaseRole
from sspf.cases.recording import seal_for_coordination
from sspf.cases.service import mark_withdrawn
from sspf.consents import answers as answering
from sspf.consents import policy, queries
from sspf.consents.agreement import Family, Row
from sspf.consents.answers import Answers
from sspf.consents.events import ConsentEvent
from sspf.consents.leaving import with_the_seat
from sspf.consents.models import Consent, ConsentRow, EndReason
from sspf.consents.paper import Paper, ends_at, require_asked, require_in_time, require_lawful
from sspf.consents.printed.queries import editions_of
from sspf.consents.renewing import give_up
from sspf.consents.settling import end_waivers, leave_the_table, settle, settle_participations
from sspf.consents.sheet import Sheet, sheet_of
from sspf.db import clock
from sspf.db.clock import SWEDEN
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.law.kinds import CONSENT_RECORD
from sspf.organisations.queries import list_organisations
from sspf.texts import _
from sspf.vault.reading import Reading
from sspf.vault.writing import About, AboutKind

__all__ = ["Paper", "receive_withdrawal", "record_consent", "withdraw"]


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
    began_from: UUID | None = None,
) -> Consent:
    """Record one person's answers, signed or said, in place of any earlier of theirs, and let what follows take effect.

    ``reading`` is coordination's own of the case; ``family`` has the birth date it opened.
    A guardian's consent ends at the youth's 18th birthday, whatever the form says. ``began_from`` is the
    consent whose answers the form was filled in with before it was read against this person's.

    Raises:
        ValidationFailed: they are given in the future, last too long, or answer what is not asked.
        NotFound: the person is not of the case's family.
    """
    require(policy.can_record(actor, case))
    role = _role_of(case, person_id)
    now = clock.now(session)
    today = now.astimezone(SWEDEN).date()
    require_lawful(paper, today)
    require_asked(answers, _sheet(session, case, paper, today))
    standing = [one for one in queries.list_consents(session, case) if one.person_id == person_id and one.is_live(now)]
    require_in_time(paper, standing[0] if standing else None, now)
    for earlier in standing:
        _end(earlier, now, EndReason.REPLACED)
        record(session, actor.did(ConsentEvent.REPLACED, _subject(earlier)))
    consent = Consent(
        municipality_id=case.municipality_id,
        case_id=case.id,
        person_id=person_id,
        role=role,
        way=paper.way,
        form_version=paper.form_version,
        language=paper.language,
        with_interpreter=paper.with_interpreter,
        given_on=paper.given_on,
        valid_from=now,
        valid_until=ends_at(paper, role, family),
        recorded_by=actor.user_id,
        told_to=paper.told_to if paper.is_spoken else None,
    )
    consent.rows = [_yes(case, row) for row in sorted(answers.yes_rows(case.coordination_id), key=_in_order)]
    seal_for_coordination(
        session,
        actor,
        case,
        consent,
        kind=CONSENT_RECORD,
        about=About(AboutKind.YOUTH if role is CaseRole.YOUTH else AboutKind.GUARDIAN, person_id),
        fields={"answers": answering.dumps(answers)},
    )
    session.flush()
    filled_from = {"began_from": str(began_from)} if began_from else {}
    record(session, actor.did(ConsentEvent.RECORDED, _subject(consent), way=consent.way, **filled_from))
    give_up(session, actor, case, person_id, but=_still(consent), reason="replaced")
    settle(session, actor, case, family, reading)
    return consent


def withdraw(
    session: Session, actor: Actor, case: Case, consent: Consent, *, rows: Collection[Row] | None = None
) -> None:
    """Take back a consent, whole (``rows`` None) or row by row; what rested on it is closed in this transaction.

    When nobody's yes stands any more, the case can only be closed from here.

    Raises:
        Conflict: the consent does not hold any more.
        ValidationFailed: none of the rows stands in it.
    """
    require(policy.can_withdraw(actor, case))
    now = clock.now(session)
    if not consent.is_live(now):
        raise Conflict(_("Det här samtycket gäller inte längre. Det finns inget kvar att återkalla."))
    if rows is not None and not _standing(consent, rows, case):
        raise ValidationFailed(rows=_("Välj minst en sak som ska sluta gälla."))
    _withdraw(session, actor, case, consent, rows, EndReason.WITHDRAWN)
    if not any(given.rows for given in queries.given_in(session, case, now)):
        mark_withdrawn(session, actor, case)


def receive_withdrawal(session: Session, actor: Actor, case: Case, *, role: CaseRole) -> None:
    """A contact was told that the youth, or a guardian, takes their consent back.

    A contact does not see who has agreed to what, so every consent of that role ends, and
    all of them if nothing rests on what that role has said: a child who says no is heard at once,
    whoever has signed for them. Sharing too little for a day is mended by a telephone call.
    The case itself goes on waiting for the coordinator, who finds out who it was and records
    the others' yes anew.
    """
    require(policy.can_receive_withdrawal(actor, case))
    now = clock.now(session)
    record(session, actor.did(ConsentEvent.WITHDRAWAL_RECEIVED, Subject(case_id=case.id), role=role.value))
    live = [consent for consent in queries.list_consents(session, case) if consent.is_live(now)]
    theirs = [consent for consent in live if consent.role is role]
    needed = {consent_id for waiver in queries.unended_waivers(session, case.id) for consent_id in waiver.consent_ids}
    for consent in theirs if any(one.id in needed for one in theirs) else live:
        _withdraw(session, actor, case, consent, None, EndReason.RECEIVED)


def _withdraw(
    session: Session, actor: Actor, case: Case, consent: Consent, rows: Collection[Row] | None, reason: EndReason
) -> None:
    now = clock.now(session)
    ending = _standing(consent, rows, case)
    if rows is None:
        _end(consent, now, reason)
    for row in ending:
        row.ended_at = now
    taken_back = {row.as_row for row in ending}
    resting = [
        waiver
        for waiver in queries.unended_waivers(session, case.id)
        if consent.id in waiver.consent_ids and waiver.as_row in taken_back
    ]
    end_waivers(session, actor, resting, reason="withdrawn")
    leave_the_table(session, actor, case, reason="withdrawn")
    settle_participations(session, actor, case, now)
    give_up(session, actor, case, consent.person_id, but=_still(consent), reason="withdrawn")
    taken = "all" if rows is None else str(len(ending))
    record(session, actor.did(ConsentEvent.WITHDRAWN, _subject(consent), rows=taken))


def _end(consent: Consent, now: datetime, reason: EndReason) -> None:
    consent.ended_at = now
    consent.end_reason = reason


def _standing(consent: Consent, rows: Collection[Row] | None, case: Case) -> list[ConsentRow]:
    """The yes-rows still standing that are taken back, and those that go with them."""
    standing = {row.as_row: row for row in consent.rows if row.ended_at is None}
    if rows is None:
        return list(standing.values())
    return [standing[row] for row in with_the_seat(standing.keys(), rows, case.coordination_id)]


def _still(consent: Consent) -> frozenset[Row]:
    """What the paper says yes to and nobody has taken back."""
    return frozenset(row.as_row for row in consent.rows if row.ended_at is None)


def _sheet(session: Session, case: Case, paper: Paper, today: date) -> Sheet:
    """What the printed version asks in this case."""
    asked = editions_of(session, case.municipality_id, today).asked(paper.form_version)
    return sheet_of(case, list_organisations(session, case.municipality_id), asked)


def _role_of(case: Case, person_id: UUID) -> CaseRole:
    role = next((person.role for person in case.people if person.person_id == person_id), None)
    if role is None:
        raise NotFound
    return role


def _yes(case: Case, row: Row) -> ConsentRow:
    return ConsentRow(
        municipality_id=case.municipality_id, source_id=row.source_id, recipient_id=row.recipient_id, kind=row.kind
    )


def _in_order(row: Row) -> tuple[UUID, UUID, str]:
    return row.source_id, row.recipient_id, row.kind


def _subject(consent: Consent) -> Subject:
    return Subject(case_id=consent.case_id, person_id=consent.person_id, ids={"consent": str(consent.id)})
