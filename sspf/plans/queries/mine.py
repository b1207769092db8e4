"""What somebody has to do, in every case they may know of. Locks the cases on the page before any of them is read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.models import Case, State
from sspf.cases.policy import access_to, may_enter
from sspf.db import clock, locks
from sspf.db.clock import day_of
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.plans.models import TO_DO, Action
from sspf.plans.queries.views import ActionView, newest_texts, views_of, with_texts
from sspf.plans.timing import LATELY
from sspf.vault import door

PAGE = 25


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last action of a page: where the next one goes on. Ids and a date, fit for an address."""

    is_family: bool
    due_on: date
    action_id: UUID

    def __str__(self) -> str:
        return f"{int(self.is_family)}.{self.due_on}.{self.action_id}"

    @classmethod
    def parse(cls, typed: str) -> "Cursor":
        """Raises ``ValueError`` for anything that ``str`` did not make."""
        family, due_on, action_id = typed.split(".")
        found = cls(family == "1", date.fromisoformat(due_on), UUID(action_id))
        if str(found) != typed:
            raise ValueError("no place in a list")
        return found


@dataclass(frozen=True, slots=True)
class Mine:
    """One page: what is to be done, what was done or dropped lately (first page only), and the cases they are in.

    ``there`` are the ids of these and of the other cases that were asked about.
    """

    to_do: list[ActionView]
    closed: list[ActionView]
    cases: Mapping[UUID, Case]
    there: Collection[UUID]
    today: date
    next_after: Cursor | None


def my_actions(
    session: Session,
    actor: Actor,
    *,
    everyone: bool = False,
    after: Cursor | None = None,
    limit: int = PAGE,
    lately: bool = True,
    also: Collection[UUID] = (),
    now: datetime | None = None,
) -> Mine:
    """The actor's own and its organisation's that no person is named for, or ``everyone``'s in the visible cases.

    The number of statements does not grow with the rows. Only what is on the page is opened;
    ``lately`` False leaves out what was done or dropped; ``also`` are other cases that the page names, locked
    in the same order, and among ``there`` if the actor may still know of them.
    """
    chosen = _chosen(actor, everyone=everyone)
    page = _page(session, chosen, after, limit)
    found = [*page[:limit], *(_lately(session, chosen, limit) if lately and after is None else ())]
    about = {row.case_id for row in found}
    locks.shared(session, *about, *also)
    now = now or clock.now(session)
    there = {
        case.id: case for case in cases.list_cases_by_id(session, actor, {*about, *also}) if may_enter(actor, case, now)
    }
    entered = {case_id: case for case_id, case in there.items() if case_id in about}
    again = chosen.where(Action.id.in_([row.id for row in found]), Action.case_id.in_(entered))
    rows = session.execute(with_texts(again).execution_options(populate_existing=True)).all()
    fresh, texts = {action.id: action for action, _ in rows}, newest_texts(text for _, text in rows)
    reading = door.open(
        session,
        [access_to(actor, case, now) for case in entered.values()],
        Purpose.ACTIONS,
        kinds=(Kind.ACTIONS,),
        envelope_ids=[text.envelope_id for text in texts.values()],
    )
    views = views_of(session, reading, entered, [fresh[row.id] for row in found if row.id in fresh], texts=texts)
    last = page[limit - 1] if len(page) > limit else None
    return Mine(
        to_do=[view for view in views if view.is_to_do],
        closed=[view for view in views if not view.is_to_do],
        cases=entered,
        there=there.keys(),
        today=day_of(now),
        next_after=Cursor(last.is_family, last.due_on, last.id) if last else None,
    )


def _chosen(actor: Actor, *, everyone: bool) -> Select[Action]:
    """The actions the list is about: the organisation's own for a person of it, or everyone's; in open cases."""
    own = (Action.organisation_id == actor.organisation_id) & or_(
        Action.user_id.is_(None), Action.user_id == actor.user_id
    )
    whose: ColumnElement[bool] = true() if everyone else own
    open_cases = cases.visible_ids(actor).where(Case.state != State.CLOSED)
    return select(Action).where(Action.case_id.in_(open_cases), whose)


def _page(session: Session, chosen: Select[Action], after: Cursor | None, limit: int) -> list["_Found"]:
    """Ids of what is to be done, one more than the page holds."""
    place = tuple_(Action.is_family, Action.due_on, Action.id)
    if after is not None:
        chosen = chosen.where(place > tuple_(after.is_family, after.due_on, after.action_id))
    return _ids(
        session,
        chosen.where(Action.status.in_(TO_DO)).order_by(Action.is_family, Action.due_on, Action.id).limit(limit + 1),
    )


def _lately(session: Session, chosen: Select[Action], limit: int) -> list["_Found"]:
    """Ids of what was done or dropped the last seven days, newest first."""
    since = func.statement_timestamp() - LATELY
    return _ids(
        session,
        chosen.where(Action.status.not_in(TO_DO), Action.changed_at >= since)
        .order_by(Action.changed_at.desc(), Action.id.desc())
        .limit(limit),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """An action before its case is locked: enough to find it again."""

    id: UUID
    case_id: UUID
    is_family: bool
    due_on: date


def _ids(session: Session, chosen: Select[Action]) -> list[_Found]:
    columns = chosen.with_only_columns(Action.id, Action.case_id, Action.is_family, Action.due_on)
    return [_Found(*row) for row in session.execute(columns)]
