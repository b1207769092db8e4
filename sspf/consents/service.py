"""Records what the family says, and that they have changed their minds. Never commits.

The case's lock is held exclusively: who may see what changes here.
"""

from collections.abc import Collection
from datetime import date
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
from sspf.consents.hearing import ChildsNo
from sspf.consents.models import Consent, ConsentRow, EndReason
from sspf.consents.paper import Paper, ends_at, manner_of, require_asked, require_in_time, require_lawful
from sspf.consents.printed.queries import editions_of
from sspf.consents.renewing import give_up
from sspf.consents.settling import settle
from sspf.consents.sheet import Sheet, sheet_of
from sspf.consents.stopping import (
    borne_by_the_child,
    end,
    hear,
    needs_the_child,
    nos_to_hear,
    standing,
    stop,
    subject_of,
)
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
    before = [one for one in queries.list_consents(session, case) if one.person_id == person_id and one.is_live(now)]
    require_in_time(paper, before[0] if before else None, now)
    for earlier in before:
        end(earlier, now, EndReason.REPLACED)
        record(session, actor.did(ConsentEvent.REPLACED, subject_of(earlier)))
    consent = Consent(
        municipality_id=case.municipality_id,
        case_id=case.id,
        person_id=person_id,
        role=role,
        way=paper.way,
        form_version=paper.form_version,
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
        fields={"answers": answering.dumps(answers), **manner_of(paper)},
    )
    session.flush()
    filled_from = {"began_from": str(began_from)} if began_from else {}
    record(session, actor.did(ConsentEvent.RECORDED, subject_of(consent), way=consent.way, **filled_from))
    give_up(session, actor, case, person_id, but=consent.as_given.rows, reason="replaced")
    hear(session, actor, case, nos_to_hear(session, case, family, person_id, answers, consent.valid_from))
    settle(session, actor, case, family, reading)
    return consent


def withdraw(
    session: Session,
    actor: Actor,
    case: Case,
    consent: Consent,
    *,
    rows: Collection[Row] | None = None,
    family: Family | None = None,
) -> None:
    """Take back a consent, whole (``rows`` None) or row by row; what rested on it is closed in this transaction.

    What the child takes back is closed whoever else has said yes to it; ``family`` knows whether the child's own
    yes is needed, where that is known. When nobody's yes was left without that, the case can only be closed from here.

    Raises:
        Conflict: the consent does not hold any more.
        ValidationFailed: none of the rows stands in it.
    """
    require(policy.can_withdraw(actor, case))
    now = clock.now(session)
    if not consent.is_live(now):
        raise Conflict(_("Det här samtycket gäller inte längre. Det finns inget kvar att återkalla."))
    ending = frozenset(row.as_row for row in standing(consent, rows, case))
    if rows is not None and not ending:
        raise ValidationFailed(rows=_("Välj minst en sak som ska sluta gälla."))
    borne = borne_by_the_child(session, case)
    stop(session, actor, case, consent, rows, EndReason.WITHDRAWN)
    if not any(given.rows for given in queries.given_in(session, case, now)):
        mark_withdrawn(session, actor, case)
    elif ending and consent.role is CaseRole.YOUTH and not needs_the_child(family, now):
        no = ChildsNo(clock.now(session), None if rows is None else ending)
        hear(session, actor, case, [no], but=borne)


def receive_withdrawal(session: Session, actor: Actor, case: Case, *, role: CaseRole) -> None:
    """A contact was told that the youth, or a guardian, takes their consent back.

    A contact does not see who has agreed to what, so every consent of that role ends, and what the others
    have said yes to as well if nothing of it rests on what that role has said: a child who says no is heard
    at once, whoever has signed for them. Sharing too little for a day is mended by a telephone call.
    The case itself goes on waiting for the coordinator, who finds out who it was and records
    the others' yes anew.
    """
    require(policy.can_receive_withdrawal(actor, case))
    now = clock.now(session)
    record(session, actor.did(ConsentEvent.WITHDRAWAL_RECEIVED, Subject(case_id=case.id), role=role.value))
    borne = borne_by_the_child(session, case)
    live = [consent for consent in queries.list_consents(session, case) if consent.is_live(now)]
    theirs = [consent for consent in live if consent.role is role]
    needed = {consent_id for waiver in queries.unended_waivers(session, case.id) for consent_id in waiver.consent_ids}
    is_heard = role is CaseRole.YOUTH or any(one.id in needed for one in theirs)
    for consent in theirs if is_heard else live:
        stop(session, actor, case, consent, None, EndReason.RECEIVED)
    if role is CaseRole.YOUTH:
        no = ChildsNo(clock.now(session), None)
        hear(session, actor, case, [no], but=borne, reason=EndReason.RECEIVED)


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
