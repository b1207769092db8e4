"""Makes what is shared follow what has been agreed: waivers, participations, and the two kinds of taking part.

Called with the case's lock held exclusively, after any change of a consent.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from sspf.cases.models import Case
from sspf.cases.parties import begin_participation, end_participation
from sspf.consents import queries
from sspf.consents.agreement import Agreed, Family, agreed
from sspf.consents.disclosing import tell
from sspf.consents.events import ConsentEvent
from sspf.consents.models import Waiver, WaiverConsent
from sspf.consents.renewing import renew, run_out
from sspf.consents.sharing import Shared, shared_under
from sspf.db import clock, new_id
from sspf.law.kinds import TAKING_PART, Kind
from sspf.vault.actors import SystemActor
from sspf.vault.disclosed import live_disclosures
from sspf.vault.ending import end_disclosures
from sspf.vault.reading import Reading


def settle(session: Session, actor: Actor, case: Case, family: Family, reading: Reading) -> None:
    """Begin what everyone now agrees to, end what somebody no longer does, and share what follows by itself.

    ``reading`` is coordination's own of the case, with at least the two kinds of taking part.
    """
    now = clock.now(session)
    wanted = agreed(family, queries.given_in(session, case, now), now, coordination_id=case.coordination_id)
    standing = {as_agreed(waiver): waiver for waiver in queries.unended_waivers(session, case.id)}
    interrupted = end_waivers(session, actor, [standing[one] for one in standing.keys() - wanted], reason="replaced")
    begin_waivers(session, actor, case, wanted - standing.keys(), now)
    settle_participations(session, actor, case, now)
    renew(session, actor, case, [*interrupted, *run_out(session, case)])
    share_what_taking_part_gives(session, actor, case, reading)


def as_agreed(waiver: Waiver) -> Agreed:
    """The waiver as the rules speak of it."""
    return Agreed(waiver.as_row, waiver.about_id, waiver.valid_until, waiver.consent_ids)


def begin_waivers(session: Session, actor: Actor, case: Case, beginning: Iterable[Agreed], now: datetime) -> None:
    """Let what is agreed hold from now on."""
    waivers = [_waiver(case, one, now) for one in sorted(beginning, key=_in_order)]
    session.add_all(waivers)
    session.flush()  # what is asked next must find them
    _record(session, actor, ConsentEvent.WAIVER_BEGAN, waivers)


def _waiver(case: Case, one: Agreed, now: datetime) -> Waiver:
    waiver = Waiver(
        id=new_id(),
        municipality_id=case.municipality_id,
        case_id=case.id,
        source_id=one.row.source_id,
        recipient_id=one.row.recipient_id,
        kind=one.row.kind,
        about_id=one.about_id,
        valid_from=now,
        valid_until=one.until,
    )
    waiver.rests_on = [
        WaiverConsent(municipality_id=case.municipality_id, waiver_id=waiver.id, consent_id=consent_id)
        for consent_id in sorted(one.consent_ids)
    ]
    return waiver


def end_waivers(session: Session, actor: Actor, waivers: Sequence[Waiver], *, reason: str) -> list[Shared]:
    """End waivers, and with them every disclosure that was made under them; keys are destroyed at once.

    Returns what had been shared under them until now.
    """
    if not waivers:
        return []
    now = clock.now(session)
    for waiver in waivers:
        waiver.ended_at = now
    session.flush()  # what is asked next must not find them
    ending = shared_under(session, [as_agreed(waiver) for waiver in waivers])
    end_disclosures(session, actor, [one.disclosure_id for one in ending], reason=reason)
    _record(session, actor, ConsentEvent.WAIVER_ENDED, waivers)
    return ending


def leave_the_table(session: Session, actor: Actor, case: Case, *, reason: str) -> None:
    """End what is told to or by an organisation that no longer takes part, whoever had agreed to it."""
    seated = {case.coordination_id, *queries.recipients_of(session, case, Kind.ACTIONS, case.youth_id)}
    gone = [
        waiver
        for waiver in queries.unended_waivers(session, case.id)
        if not {waiver.source_id, waiver.recipient_id} <= seated
    ]
    end_waivers(session, actor, gone, reason=reason)


def settle_participations(session: Session, actor: Actor, case: Case, now: datetime) -> None:
    """An organisation takes part exactly while coordination may tell it of the actions."""
    may_take_part = queries.recipients_of(session, case, Kind.ACTIONS, case.youth_id)
    live = {spell.organisation_id: spell for spell in case.participations if spell.is_live(now)}
    for organisation_id, spell in live.items():
        ground = may_take_part.get(organisation_id)
        if ground is None or ground.until != spell.valid_until:
            end_participation(session, actor, spell)
    for organisation_id, ground in may_take_part.items():
        standing = live.get(organisation_id)
        if standing is None or standing.ended_at is not None:
            begin_participation(session, actor, case, organisation_id=organisation_id, until=ground.until)


def share_what_taking_part_gives(session: Session, actor: Actor, case: Case, reading: Reading) -> None:
    """Disclose coordination's current envelopes of the two kinds to whoever takes part and lacks them.

    What was written before the case was opened again is left out: that was shared once, on another yes.
    """
    youth = case.youth_id
    for kind in sorted(TAKING_PART):
        current = [
            one.id
            for one in reading.opened.values()
            if one.kind == kind
            and one.owner_id == case.coordination_id
            and one.about.person_id == youth
            and one.replaced_by is None
            and (kind is Kind.IDENTITY or case.reopened_at is None or one.sealed_at > case.reopened_at)
        ]
        share(session, actor, case, current, kind=kind)


def share(session: Session, actor: Actor, case: Case, envelope_ids: Collection[UUID], *, kind: Kind) -> None:
    """Disclose coordination's own envelopes of ``kind`` about the youth to everyone the waivers name.

    Whoever acts, coordination decides: a contact's new action is coordination's record too.
    """
    if not envelope_ids:
        return
    coordination = SystemActor(
        "shared_by_taking_part",
        organisation_id=case.coordination_id,
        municipality_id=case.municipality_id,
        by=actor.who,
    )
    standing = {
        (one.organisation_id, one.envelope_id) for one in live_disclosures(session, envelope_ids=sorted(envelope_ids))
    }
    for organisation_id, ground in queries.recipients_of(session, case, kind, case.youth_id).items():
        lacking = [one for one in sorted(envelope_ids) if (organisation_id, one) not in standing]
        if lacking:
            tell(session, coordination, lacking, to=organisation_id, ground=ground)


def _in_order(one: Agreed) -> tuple[UUID, UUID, Kind, UUID]:
    return one.row.source_id, one.row.recipient_id, one.row.kind, one.about_id


def _record(session: Session, actor: Actor, tag: ConsentEvent, waivers: Iterable[Waiver]) -> None:
    """One entry for each person it is about, however many rows."""
    by_person: dict[UUID, list[Waiver]] = {}
    for waiver in waivers:
        by_person.setdefault(waiver.about_id, []).append(waiver)
    for about_id, theirs in sorted(by_person.items()):
        facts = [
            {
                "waiver": str(waiver.id),
                "source": str(waiver.source_id),
                "recipient": str(waiver.recipient_id),
                "kind": waiver.kind.value,
            }
            for waiver in theirs
        ]
        record(session, actor.did(tag, Subject(case_id=theirs[0].case_id, person_id=about_id), waivers=facts))
