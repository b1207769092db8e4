"""Makes what is shared follow what has been agreed: waivers, participations, and the two kinds of taking part.

Called with the case's lock held exclusively, after any change of a consent.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth.actor import Actor
from sspf.cases.models import Case, CaseRole
from sspf.cases.service import begin_participation, end_participation
from sspf.consents import queries
from sspf.consents.agreement import Agreed, Family, Given, Row, agreed
from sspf.consents.events import ConsentEvent
from sspf.consents.models import Waiver, WaiverConsent
from sspf.db import clock, new_id
from sspf.law.grounds import RULES, Ground
from sspf.law.kinds import TAKING_PART, Kind
from sspf.law.purposes import Purpose
from sspf.vault.actors import SystemActor
from sspf.vault.disclosing import disclose
from sspf.vault.ending import end_disclosures, live_disclosures
from sspf.vault.reading import Reading

RULE = RULES[Ground.CONSENT]


def settle(session: Session, actor: Actor, case: Case, family: Family, reading: Reading) -> None:
    """Begin what everyone now agrees to, end what somebody no longer does, and share what follows by itself."""
    now = clock.now(session)
    live = [consent for consent in queries.list_consents(session, case) if consent.is_live(now)]
    rows = queries.yes_rows(session, [consent.id for consent in live])
    given = [Given(consent.id, consent.person_id, consent.valid_until, rows[consent.id]) for consent in live]
    wanted = agreed(family, given, now)
    standing = {_as_agreed(waiver): waiver for waiver in queries.unended_waivers(session, case.id)}
    end_waivers(session, actor, [waiver for key, waiver in standing.items() if key not in wanted])
    for one in sorted(wanted - standing.keys(), key=lambda one: (one.row.source_id, one.row.recipient_id)):
        _begin_waiver(session, actor, case, one, now)
    session.flush()
    settle_participations(session, actor, case, now)
    share_what_taking_part_gives(session, actor, case, reading)


def _as_agreed(waiver: Waiver) -> Agreed:
    row = Row(waiver.source_id, waiver.recipient_id, waiver.kind)
    return Agreed(row, waiver.about_id, waiver.valid_until, waiver.consent_ids)


def _begin_waiver(session: Session, actor: Actor, case: Case, one: Agreed, now: datetime) -> None:
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
    session.add(waiver)
    session.flush()  # the links point at it
    session.add_all(
        WaiverConsent(municipality_id=case.municipality_id, waiver_id=waiver.id, consent_id=consent_id)
        for consent_id in sorted(one.consent_ids)
    )
    record(session, actor.did(ConsentEvent.WAIVER_BEGAN, _subject(waiver), **_facts(waiver)))


def end_waivers(session: Session, actor: Actor, waivers: Iterable[Waiver]) -> None:
    """End waivers, and with them every disclosure that was made under them; keys are destroyed at once."""
    now = clock.now(session)
    for waiver in waivers:
        waiver.ended_at = now
        resting = live_disclosures(session, resting_on=sorted(waiver.consent_ids))
        under = [
            one.id
            for one in resting
            if (one.source_id, one.organisation_id, one.kind, one.about.person_id)
            == (waiver.source_id, waiver.recipient_id, waiver.kind, waiver.about_id)
        ]
        if under:
            end_disclosures(session, actor, under, reason="consent")
        record(session, actor.did(ConsentEvent.WAIVER_ENDED, _subject(waiver), **_facts(waiver)))


def settle_participations(session: Session, actor: Actor, case: Case, now: datetime) -> None:
    """An organisation takes part exactly while coordination may tell it of the actions."""
    may_take_part = queries.recipients_of(session, case, Kind.ACTIONS, youth_of(case))
    live = {spell.organisation_id: spell for spell in case.participations if spell.is_live(now)}
    for organisation_id, spell in live.items():
        ground = may_take_part.get(organisation_id)
        if ground is None or ground.until != spell.valid_until:
            end_participation(session, actor, spell)
    for organisation_id, ground in may_take_part.items():
        standing = live.get(organisation_id)
        if organisation_id != case.coordination_id and (standing is None or standing.ended_at is not None):
            begin_participation(session, actor, case, organisation_id=organisation_id, until=ground.until)


def share_what_taking_part_gives(session: Session, actor: Actor, case: Case, reading: Reading) -> None:
    """Disclose coordination's current envelopes of the two kinds to whoever takes part and lacks them."""
    youth = youth_of(case)
    for kind in sorted(TAKING_PART):
        current = [
            one.id
            for one in reading.opened.values()
            if one.kind == kind
            and one.owner_id == case.coordination_id
            and one.about.person_id == youth
            and one.replaced_by is None
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
    for organisation_id, ground in queries.recipients_of(session, case, kind, youth_of(case)).items():
        lacking = [one for one in sorted(envelope_ids) if (organisation_id, one) not in standing]
        if lacking:
            disclose(
                session,
                coordination,
                lacking,
                to=organisation_id,
                ground=Ground.CONSENT,
                rule_version=RULE.version,
                purpose=Purpose.COOPERATION,
                until=ground.until,
                resting_on=list(ground.consent_ids),
            )


def youth_of(case: Case) -> UUID:
    """The person the case is about."""
    return next(person.person_id for person in case.people if person.role is CaseRole.YOUTH)


def guardians_of(case: Case) -> tuple[UUID, ...]:
    return tuple(person.person_id for person in case.people if person.role is CaseRole.GUARDIAN)


def _subject(waiver: Waiver) -> Subject:
    return Subject(case_id=waiver.case_id, person_id=waiver.about_id)


def _facts(waiver: Waiver) -> dict[str, str]:
    return {
        "waiver": str(waiver.id),
        "source": str(waiver.source_id),
        "recipient": str(waiver.recipient_id),
        "kind": waiver.kind.value,
    }
