"""What one block of actions on a page is made of, whichever page it stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from auth import queries as accounts
from auth.actor import Actor
from auth.decisions import Decision
from sspf.cases.models import Case
from sspf.db import clock
from sspf.db.clock import day_of
from sspf.plans import policy
from sspf.plans.queries.goals import goal_of
from sspf.plans.queries.views import ActionView, actions_since
from sspf.plans.responsible import FAMILY, Responsible, at_table
from sspf.plans.returning import CASE_PAGE, Back
from sspf.plans.timing import LATELY, Group, days_off, grouped
from sspf.texts import Text, _
from sspf.vault.reading import Reading

Choice = tuple[str, Text | str]


@dataclass(frozen=True, slots=True)
class Board:
    """Rows of actions in their groups: ``plans/_board.html`` shows them.

    ``target`` is the block's element, its name and its fragment in one word; ``back``
    the page that a button returns to; ``just`` the action that was changed a moment ago.
    ``may_comment`` says of which rows there is something to say beside them. ``across_cases`` names
    each row's case, ``names_who`` who does it; ``is_whole`` is the page of the one action itself.
    """

    groups: Sequence[Group[ActionView]]
    may_change: Mapping[UUID, Decision]
    today: date
    back: Back
    target: str
    just: UUID | None = None
    may_comment: Mapping[UUID, Decision] = field(default_factory=dict)
    across_cases: bool = False
    names_who: bool = True
    is_whole: bool = False

    @property
    def shows_just(self) -> bool:
        return any(action.id == self.just for group in self.groups for action in group.rows)

    def days_off(self, action: ActionView) -> Text:
        """How far off its day is."""
        return days_off(action.due_on, self.today)

    def a_week_on(self, action: ActionView) -> date:
        """The day that "Flytta en vecka" moves it to."""
        return max(action.due_on, self.today) + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asking:
    """What the line for a new action needs: ``plans/_new.html``.

    ``choices`` are the values and words of "Vem?"; ``back`` the hidden fields of the page to return to.
    """

    case_id: UUID
    may_add: Decision
    choices: Sequence[Choice]
    back: Mapping[str, str]


def case_actions(
    session: Session,
    actor: Actor,
    reading: Reading,
    case: Case,
    names: Mapping[UUID, str],
    now: datetime,
    *,
    just: UUID | None = None,
) -> dict[str, object]:
    """``goal``, ``board`` and ``asking`` on the case's page; ``names`` are the organisations'."""
    actions = actions_since(session, reading, case, now - LATELY, names=names)
    return {
        "goal": goal_of(session, reading, [case]).get(case.id),
        "may_write_goal": policy.can_write_goal(actor, case),
        **board_of(session, actor, case, actions, names, now, just=just),
    }


def board_of(
    session: Session,
    actor: Actor,
    case: Case,
    actions: Sequence[ActionView],
    names: Mapping[UUID, str],
    now: datetime,
    *,
    just: UUID | None = None,
) -> dict[str, object]:
    """``board`` and ``asking`` on the case's page, of these actions."""
    today = day_of(now)
    board = Board(
        groups=grouped(actions, today),
        may_change={action.id: policy.can_change(actor, case, action.organisation_id) for action in actions},
        today=today,
        back=CASE_PAGE,
        target="case_actions",
        just=just,
        may_comment=dict.fromkeys((action.id for action in actions), policy.can_comment(actor, case)),
    )
    choices = who_choices(session, actor, case, names, now)
    return {"board": board, "asking": Asking(case.id, policy.can_create(actor, case), choices, CASE_PAGE.fields)}


def who_choices(
    session: Session, actor: Actor, case: Case, names: Mapping[UUID, str], now: datetime | None = None
) -> list[Choice]:
    """Everyone the actor may ask to do something in the case: organisations, the people named there, the family."""
    table = {
        organisation_id: users
        for organisation_id, users in at_table(case, now or clock.now(session)).items()
        if policy.can_ask(actor, case, organisation_id)
    }
    staff = accounts.names_of(session, {user_id for users in table.values() for user_id in users})
    choices: list[Choice] = []
    for organisation_id, users in table.items():
        choices.append((str(Responsible(organisation_id)), names[organisation_id]))
        choices += [
            (str(Responsible(organisation_id, user_id)), f"{staff[user_id]}, {names[organisation_id]}")
            for user_id in users
            if user_id in staff
        ]
    if policy.can_ask(actor, case, None):
        choices.append((str(FAMILY), _("Familjen")))
    return choices
