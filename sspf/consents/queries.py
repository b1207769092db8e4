"""What has been agreed in a case that the actor may know of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, selectinload

from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.consents.agreement import Given, Row
from sspf.consents.lasting import ENDS_SOON
from sspf.consents.models import Consent, ConsentRow, EndReason, Waiver, WaiverConsent
from sspf.errors import NotFound
from sspf.law.kinds import TELLS_WHO, Kind


@dataclass(frozen=True, slots=True)
class ConsentGround:
    """What a consent disclosure is bound to: the end, and every consent it needs."""

    until: datetime
    consent_ids: tuple[UUID, ...]


def list_consents(session: Session, case: Case) -> list[Consent]:
    """Every consent ever given in the case, newest first, with its yes-rows. For coordination, who owns them."""
    return list(
        session.scalars(
            select(Consent)
            .where(Consent.case_id == case.id)
            .options(selectinload(Consent.rows))
            .order_by(Consent.id.desc())
        )
    )


def get_consent(session: Session, actor: Actor, case: Case, consent_id: UUID) -> Consent:
    """One consent of a case the actor coordinates, or NotFound: a contact never sees whose it is."""
    if not holds(actor, Permission.CONSENT_RECORD):
        raise NotFound
    found = session.scalars(
        select(Consent)
        .where(Consent.id == consent_id, Consent.case_id == case.id, Consent.case_id.in_(cases.visible_ids(actor)))
        .options(selectinload(Consent.rows))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def given_in(session: Session, case: Case, at: datetime) -> list[Given]:
    """Each live consent with the yes-rows of it that have not been taken back."""
    return [consent.as_given for consent in list_consents(session, case) if consent.is_live(at)]


def grounds_in(session: Session, case: Case) -> dict[tuple[Row, UUID], ConsentGround]:
    """The ground of every row that holds now, by row and whom it is about."""
    return {(waiver.as_row, waiver.about_id): _ground(waiver) for waiver in session.scalars(_grounds(case))}


def live_waivers(session: Session, actor: Actor, case: Case) -> list[Waiver]:
    """The rows that hold now: all of them for coordination, for others those in which they stand."""
    statement = _in_force(case).where(Waiver.case_id.in_(cases.visible_ids(actor))).order_by(Waiver.id)
    if actor.organisation_id != case.coordination_id:
        own = actor.organisation_id
        statement = statement.where(or_(Waiver.source_id == own, Waiver.recipient_id == own))
    return list(session.scalars(statement))


def agreed_by(session: Session, case: Case) -> dict[tuple[Row, UUID], frozenset[UUID]]:
    """The rows that hold now, by row and whom it is about, each with everyone whose yes it rests on."""
    found: dict[tuple[Row, UUID], set[UUID]] = {}
    rests_on = (
        _in_force(case)
        .join(WaiverConsent, WaiverConsent.waiver_id == Waiver.id)
        .join(Consent, Consent.id == WaiverConsent.consent_id)
        .add_columns(Consent.person_id)
    )
    for waiver, person_id in session.execute(rests_on):
        found.setdefault((waiver.as_row, waiver.about_id), set()).add(person_id)
    return {key: frozenset(people) for key, people in found.items()}


def unended_waivers(session: Session, case_id: UUID) -> list[Waiver]:
    """Every waiver of the case that nothing has ended, expired ones too; for settling, not for showing."""
    return list(
        session.scalars(
            select(Waiver)
            .where(Waiver.case_id == case_id, Waiver.ended_at.is_(None))
            .options(selectinload(Waiver.rests_on))
            .order_by(Waiver.id)
        )
    )


def recipients_of(session: Session, case: Case, kind: Kind, about_id: UUID) -> dict[UUID, ConsentGround]:
    """Whom coordination may tell this kind about ``about_id`` now, and on what ground."""
    found = session.scalars(
        _grounds(case)
        .where(Waiver.source_id == case.coordination_id, Waiver.kind == kind, Waiver.about_id == about_id)
        .order_by(Waiver.valid_until, Waiver.id)
    )
    return {waiver.recipient_id: _ground(waiver) for waiver in found}


def last_version(session: Session, municipality_id: UUID) -> str:
    """The version of the form that was typed in last, or nothing."""
    newest = select(Consent.form_version).where(Consent.municipality_id == municipality_id).order_by(Consent.id.desc())
    return session.scalar(newest.limit(1)) or ""


def _in_force(case: Case) -> Select[Waiver]:
    now = func.statement_timestamp()
    found = select(Waiver).where(
        Waiver.case_id == case.id, Waiver.ended_at.is_(None), Waiver.valid_from <= now, Waiver.valid_until > now
    )
    # the family's yes stays as it was given, but nobody is told who is behind a protected identity
    return found.where(Waiver.kind.not_in(TELLS_WHO)) if case.is_protected else found


def _grounds(case: Case) -> Select[Waiver]:
    """The same, with the consents that each rests on."""
    return _in_force(case).options(selectinload(Waiver.rests_on))


def _ground(waiver: Waiver) -> ConsentGround:
    return ConsentGround(waiver.valid_until, tuple(sorted(waiver.consent_ids)))


def somebody_received(case_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> Exists:
    """That somebody has received a withdrawal in the case of the statement around it, and nobody has signed since."""
    later = aliased(Consent)
    last = select(func.max(later.valid_from)).where(later.case_id == Consent.case_id).scalar_subquery()
    return (
        select(Consent.id)
        .where(Consent.case_id == case_id, Consent.end_reason == EndReason.RECEIVED, Consent.ended_at >= last)
        .exists()
    )


def ends_soon() -> ColumnElement[bool]:
    """Consents that something rests on and that will soon hold no longer; what was said and not signed is one."""
    now = func.statement_timestamp()
    gives = select(ConsentRow.id).where(ConsentRow.consent_id == Consent.id, ConsentRow.ended_at.is_(None))
    return and_(
        Consent.ended_at.is_(None),
        Consent.valid_from <= now,
        Consent.valid_until > now,
        Consent.valid_until <= now + timedelta(days=ENDS_SOON),
        gives.correlate(Consent).exists(),
    )
