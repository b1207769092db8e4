"""Stops a yes, whole or row by row, and all that rests on it; and with the child's no what the others had said yes to.

Never commits. The case's lock is held exclusively.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from sspf.cases.models import Case
from sspf.consents import queries
from sspf.consents.agreement import Family, Row
from sspf.consents.answers import Answers
from sspf.consents.events import ConsentEvent
from sspf.consents.hearing import ChildsNo, taken_back
from sspf.consents.leaving import with_the_seat
from sspf.consents.models import Consent, ConsentRow, EndReason
from sspf.consents.renewing import give_up
from sspf.consents.settling import end_waivers, leave_the_table, settle_participations
from sspf.db import clock
from sspf.db.clock import SWEDEN


def stop(
    session: Session, actor: Actor, case: Case, consent: Consent, rows: Collection[Row] | None, reason: EndReason
) -> None:
    """End a consent (``rows`` None) or some of its rows; what rested on it is closed in this transaction."""
    now = clock.now(session)
    ending = standing(consent, rows, case)
    if rows is None:
        end(consent, now, reason)
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
    give_up(session, actor, case, consent.person_id, but=consent.as_given.rows, reason="withdrawn")
    taken = "all" if rows is None else str(len(ending))
    facts = {"reason": reason.value} if reason is EndReason.CHILDS_NO else {}
    record(session, actor.did(ConsentEvent.WITHDRAWN, subject_of(consent), rows=taken, **facts))


def hear(
    session: Session,
    actor: Actor,
    case: Case,
    nos: Collection[ChildsNo],
    *,
    but: Collection[Row] = (),
    reason: EndReason = EndReason.CHILDS_NO,
) -> None:
    """End what the others had said yes to before the child said no; ``but`` are rows that the child's own yes bears."""
    youth, now = case.youth_id, clock.now(session)
    for consent in queries.list_consents(session, case):
        if consent.person_id == youth or not consent.is_live(now):
            continue
        given = consent.as_given
        rows = frozenset[Row]().union(*(no.takes(given, case.coordination_id) for no in nos)) - frozenset(but)
        if rows:
            stop(session, actor, case, consent, None if rows == given.rows else rows, reason)


def borne_by_the_child(session: Session, case: Case) -> frozenset[Row]:
    """The rows about the youth that hold by their own yes too: where it is needed nobody else's is enough.

    Asked where nobody knows the child's age: of what holds, and before anything of it ends.
    """
    youth = case.youth_id
    own = {consent.id for consent in queries.list_consents(session, case) if consent.person_id == youth}
    holding = queries.unended_waivers(session, case.id)
    return frozenset(one.as_row for one in holding if one.about_id == youth and not own.isdisjoint(one.consent_ids))


def needs_the_child(family: Family | None, at: datetime) -> bool:
    """Whether the youth's own yes is needed then, as far as is known: where it is, that it is gone is enough."""
    return family is not None and family.youth_id in family.needed_on(at.astimezone(SWEDEN).date())


def nos_to_hear(
    session: Session, case: Case, family: Family, person_id: UUID, said: Answers, at: datetime
) -> list[ChildsNo]:
    """What the youth says no to on the paper that ``person_id`` gives ``at`` this time, or since their newest.

    Nothing where their own yes is needed: then it is enough that they have not said it.
    """
    if needs_the_child(family, at):
        return []
    if person_id == family.youth_id:
        return [ChildsNo(at, said.said_no_to(case.coordination_id))]
    papers = queries.list_consents(session, case)
    return taken_back(next((one for one in papers if one.person_id == family.youth_id), None))


def end(consent: Consent, now: datetime, reason: EndReason) -> None:
    consent.ended_at = now
    consent.end_reason = reason


def standing(consent: Consent, rows: Collection[Row] | None, case: Case) -> list[ConsentRow]:
    """The yes-rows still standing that are taken back, and those that go with them."""
    found = {row.as_row: row for row in consent.rows if row.ended_at is None}
    if rows is None:
        return list(found.values())
    return [found[row] for row in with_the_seat(found.keys(), rows, case.coordination_id)]


def subject_of(consent: Consent) -> Subject:
    return Subject(case_id=consent.case_id, person_id=consent.person_id, ids={"consent": str(consent.id)})
