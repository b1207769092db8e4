"""What a meeting does with actions: one press each, and a new one on one line. Never commits.

The actions themselves are ``sspf.plans``'s; here is only what the room adds: while
the meeting goes on, led by whoever presses, and on no older page than the last press.
"""

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.meetings import policy
from sspf.meetings.models import Meeting
from sspf.plans import service as plans
from sspf.plans.models import Action, Status
from sspf.plans.responsible import Responsible
from sspf.texts import _

# how far ahead somebody may promise
LONGEST = timedelta(days=730)
UNTIL_NEXT = timedelta(days=14)


class Press(StrEnum):
    """What one press does with an action."""

    DONE = "klart"
    POSTPONE = "flytta"
    DROP = "ta_bort"
    UNDO = "angra"


_BECOMES = {Press.DONE: Status.DONE, Press.DROP: Status.DROPPED}


def next_time(next_date: date | None, today: date) -> date:
    """When the case is likely to be taken up again: the date that is set, or two weeks on."""
    return next_date if next_date is not None and next_date > today else today + UNTIL_NEXT


def later_than(due_on: date, next_date: date | None, today: date) -> date:
    """The day that one press moves an action to: the next time the case is taken up after the day it has."""
    planned = next_time(next_date, today)
    return planned if planned > due_on else due_on + UNTIL_NEXT


def add_action(
    session: Session, actor: Actor, meeting: Meeting, case: Case, *, what: str, who: Responsible, due: date
) -> Action:
    """Hand out an action.

    Raises:
        ValidationFailed: the day has been or is too far off, or what ``plans`` says of the rest.
    """
    require(policy.can_work(actor, meeting))
    require(policy.can_take_up(case, clock.now(session)))
    _check_day(due, clock.today(session), "due")
    return plans.create_action(session, actor, case, text=what, responsible=who, due_on=due)


def press(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    case: Case,
    action: Action,
    *,
    what: Press,
    version: int,
    later: date | None,
) -> None:
    """Do with the action what was pressed, if it still stands as on the page (``version``).

    Raises:
        Conflict: somebody has done something else with it since. To do the same is no conflict.
    """
    require(policy.can_work(actor, meeting))
    if _BECOMES.get(what) is action.status:
        return
    if action.version != version:
        raise Conflict
    if what is Press.DONE:
        plans.mark_done(session, actor, case, action)
    elif what is Press.DROP:
        plans.drop(session, actor, case, action)
    elif what is Press.UNDO:
        plans.undo(session, actor, case, action)
    elif later is None:
        raise ValidationFailed(later=_("Skriv dagen som 2026-11-24."))
    else:
        _check_day(later, clock.today(session), "later")
        plans.postpone(session, actor, case, action, due_on=later)


def _check_day(day: date, today: date, field: str) -> None:
    if day < today:
        raise ValidationFailed(**{field: _("Dagen har redan varit. Välj i dag eller senare.")})
    if day > today + LONGEST:
        raise ValidationFailed(**{field: _("Dagen är mer än två år bort. Kontrollera årtalet.")})
