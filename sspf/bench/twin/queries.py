"""What the twin's page reads: the rows that are shared with the reader's organisation now, each table in one statement.

Written as one would write it without a vault: a join in place of a door.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.bench.twin.models import PlainAction, PlainNote, PlainPerson, PlainShare, PlainStatement
from sspf.cases.models import Case, StatementKind
from sspf.plans.models import TO_DO


def shared_lines(
    session: Session, actor: Actor, case: Case, now: datetime
) -> Sequence[tuple[str, UUID, str, datetime | None]]:
    """Kind, source, ground and end of all that is shared, each once."""
    found = session.execute(
        select(PlainShare.kind, PlainShare.source_id, PlainShare.ground, PlainShare.valid_until)
        .where(*_shared(actor, case, now))
        .distinct()
    )
    return [(kind, source_id, ground, until) for kind, source_id, ground, until in found]


def people_of(session: Session, actor: Actor, case: Case, now: datetime) -> Mapping[UUID, PlainPerson]:
    found = session.scalars(select(PlainPerson).where(PlainPerson.item_id.in_(_items(actor, case, now))))
    return {person.id: person for person in found}


def statements_of(session: Session, actor: Actor, case: Case, now: datetime) -> Mapping[StatementKind, str]:
    found = session.scalars(
        select(PlainStatement)
        .where(PlainStatement.case_id == case.id, PlainStatement.item_id.in_(_items(actor, case, now)))
        .order_by(PlainStatement.id)
    )
    return {row.kind: row.statement for row in found}


def notes_of(session: Session, actor: Actor, case: Case, now: datetime, *, limit: int) -> Sequence[PlainNote]:
    return session.scalars(
        select(PlainNote)
        .where(PlainNote.case_id == case.id, PlainNote.item_id.in_(_items(actor, case, now)))
        .order_by(PlainNote.id.desc())
        .limit(limit)
    ).all()


def told_of(
    session: Session, actor: Actor, item_ids: Collection[UUID], now: datetime
) -> Sequence[tuple[UUID, UUID, datetime | None]]:
    """Item, organisation and end of what others have been told."""
    found = session.execute(
        select(PlainShare.item_id, PlainShare.organisation_id, PlainShare.valid_until)
        .where(PlainShare.item_id.in_(item_ids), PlainShare.organisation_id != actor.organisation_id, _is_live(now))
        .order_by(PlainShare.valid_from, PlainShare.id)
    )
    return [(item_id, organisation_id, until) for item_id, organisation_id, until in found]


def actions_of(session: Session, actor: Actor, case: Case, now: datetime, since: datetime) -> Sequence[PlainAction]:
    return session.scalars(
        select(PlainAction)
        .where(
            PlainAction.case_id == case.id,
            PlainAction.item_id.in_(_items(actor, case, now)),
            or_(PlainAction.status.in_(TO_DO), PlainAction.changed_at >= since),
        )
        .order_by(PlainAction.is_family, PlainAction.due_on, PlainAction.id)
    ).all()


def _items(actor: Actor, case: Case, now: datetime) -> Select[UUID]:
    return select(PlainShare.item_id).where(*_shared(actor, case, now))


def _shared(actor: Actor, case: Case, now: datetime) -> list[ColumnElement[bool]]:
    return [PlainShare.case_id == case.id, PlainShare.organisation_id == actor.organisation_id, _is_live(now)]


def _is_live(now: datetime) -> ColumnElement[bool]:
    lasts = or_(PlainShare.valid_until.is_(None), PlainShare.valid_until > now)
    return (PlainShare.valid_from <= now) & lasts
