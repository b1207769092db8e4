"""Every read of a case begins with ``visible_to``: what it does not return does not exist for the asker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.cases.models import Case, Participation, Party, PartyMember, State
from sspf.db import locks
from sspf.errors import NotFound

PAGE = 25
_PROTECTED = "cases.protected"


def takes_part(organisation_id: UUID | None = None) -> Exists:
    """That an organisation, or any at all, takes part in the case of the statement around it now."""
    now = func.statement_timestamp()
    spells = select(Participation.id).where(
        Participation.case_id == Case.id,
        Participation.ended_at.is_(None),
        Participation.valid_from <= now,
        Participation.valid_until > now,
    )
    if organisation_id is not None:
        spells = spells.where(Participation.organisation_id == organisation_id)
    return spells.correlate(Case).exists()


def seat_ends_within(span: timedelta) -> ColumnElement[bool]:
    """That a participation of the statement around it holds now and will not much longer."""
    now = func.statement_timestamp()
    return and_(
        Participation.ended_at.is_(None),
        Participation.valid_from <= now,
        Participation.valid_until > now,
        Participation.valid_until <= now + span,
    )


def visible_to(actor: Actor) -> Select[Case]:
    """The one rule for which cases a user may know exist; ``policy.may_enter`` says the same of a loaded case."""
    statement = select(Case).where(Case.municipality_id == actor.municipality_id)
    if holds(actor, Permission.CASE_OPEN):
        may_see = or_(~Case.is_protected, Case.coordinator_id == actor.user_id, _is_named(actor))
        return statement.where(Case.coordination_id == actor.organisation_id, may_see)
    if not holds(actor, Permission.CASE_READ):
        return statement.where(false())
    return statement.where(takes_part(actor.organisation_id), _is_named(actor))


def _is_named(actor: Actor) -> Exists:
    """That the actor is named in the case of the statement around it, for the organisation they act for."""
    named = select(PartyMember.id).where(
        Party.case_id == Case.id,
        Party.organisation_id == actor.organisation_id,
        PartyMember.party_id == Party.id,
        PartyMember.user_id == actor.user_id,
        PartyMember.ended_at.is_(None),
    )
    return named.correlate(Case).exists()


def visible_ids(actor: Actor) -> Select[UUID]:
    """The ids of ``visible_to``, for the records of other features that hang on a case."""
    return visible_to(actor).with_only_columns(Case.id)


def is_any(session: Session, municipality_id: UUID) -> bool:
    """Whether the municipality has ever opened a case; says nothing of which."""
    return bool(session.scalar(select(exists().where(Case.municipality_id == municipality_id))))


def get_case(session: Session, actor: Actor, case_id: UUID) -> Case:
    """One case with its people and table, read afresh, or NotFound."""
    return get_case_at(session, actor, case_id)[0]


def get_case_at(session: Session, actor: Actor, case_id: UUID) -> tuple[Case, datetime]:
    """The same, with the time at which it was read: a page needs both and asks once."""
    found = session.execute(
        visible_to(actor)
        .where(Case.id == case_id)
        .options(*WITH_TABLE)
        .add_columns(func.statement_timestamp())
        .execution_options(populate_existing=True)
    ).unique()
    row = found.one_or_none()
    if row is None:
        raise NotFound
    case, read_at = row
    if case.is_protected:
        session.info[_PROTECTED] = True
    return case, read_at


def shows_protected(session: Session) -> bool:
    """Whether the page being made is one of a case with protected identity: its frame must say so."""
    return session.info.get(_PROTECTED, False) is True


def find_case_of_concern(session: Session, actor: Actor, concern_id: UUID) -> Case | None:
    """The case that a contact about a worry became, if the actor may know of it. It is not locked: see ``settled``."""
    return session.scalars(visible_to(actor).where(Case.concern_id == concern_id)).one_or_none()


def list_cases_by_id(session: Session, actor: Actor, case_ids: set[UUID]) -> list[Case]:
    """Those of ``case_ids`` that the actor may know of, with people and table; read afresh."""
    if not case_ids:
        return []
    found = visible_to(actor).where(Case.id.in_(case_ids)).order_by(Case.id).options(*WITH_TABLE)
    return list(session.scalars(found.execution_options(populate_existing=True)).unique())


# People and table in two statements more; a family is few enough to come along with its case.
# Whoever takes them along asks for ``unique()`` rows.
WITH_TABLE = (
    joinedload(Case.people),
    selectinload(Case.parties).options(joinedload(Party.members), joinedload(Party.reservation)),
    selectinload(Case.participations),
)


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases, newest first, and the id to go on from."""

    cases: list[Case]
    next_before: UUID | None


def list_cases(
    session: Session, actor: Actor, *, before: UUID | None = None, state: State | None = None, limit: int = PAGE
) -> CasePage:
    """A page of the visible cases; ids are made in time order, so the newest come first."""
    statement = visible_to(actor)
    if state is not None:
        statement = statement.where(Case.state == state)
    if before is not None:
        statement = statement.where(Case.id < before)
    found = list(session.scalars(statement.order_by(Case.id.desc()).limit(limit + 1)))
    return CasePage(found[:limit], found[limit - 1].id if len(found) > limit else None)


def settled(session: Session, actor: Actor, found: Sequence[Case]) -> list[Case]:
    """Those of ``found`` that are still there once nobody is changing who may know of them.

    A list is read before it is known which cases to lock: a withdrawal may have come between.
    """
    locks.shared(session, *(case.id for case in found))
    there = set(session.scalars(visible_ids(actor).where(Case.id.in_([case.id for case in found]))))
    return [case for case in found if case.id in there]


def taken_aliases(session: Session, municipality_id: UUID) -> set[str]:
    """Aliases of cases that somebody may still speak of: those that are not closed, or that others are yet shown."""
    spoken_of = or_(Case.state != State.CLOSED, takes_part())
    return set(session.scalars(select(Case.alias).where(Case.municipality_id == municipality_id, spoken_of)))
