"""Why a case should be taken up at the next meeting, in words. Pure; a case without a reason can wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sspf.cases.models import Case
from sspf.consents.lasting import last_day
from sspf.organisations.terms import TERMS
from sspf.texts import Text, _, either
from sspf.web.dates import day

# the meeting after the next is about this far off
BEFORE_NEXT_TIME = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Pending:
    """How many actions are to be done in a case, how many of them are late, and whether a meeting has taken it up."""

    to_do: int = 0
    late: int = 0
    was_taken_up: bool = False


def reasons(pending: Pending, ends_on: date | None, today: date) -> list[Text]:
    """Everything that speaks for it; ``ends_on`` is the last day on which everyone at the table may be there."""
    found: list[Text] = []
    words = {"action": TERMS["action"], "actions": TERMS["actions"]}
    if not pending.was_taken_up:
        found.append(_("har inte tagits upp än"))
    if pending.late:
        found.append(either("%(number)s %(action)s för sent", "%(number)s %(actions)s för sent", pending.late, **words))
    if pending.to_do - pending.late:
        coming = pending.to_do - pending.late
        found.append(either("%(number)s %(action)s att göra", "%(number)s %(actions)s att göra", coming, **words))
    if ends_on is not None and ends_on <= today + BEFORE_NEXT_TIME:
        found.append(_("samtycke går ut %(day)s", day=day(ends_on)))
    return found


def consent_ends_on(case: Case, at: datetime) -> date | None:
    """The last day on which everyone who takes part now still may."""
    ends: Iterable[date] = (last_day(spell.valid_until) for spell in case.participations if spell.is_live(at))
    return min(ends, default=None)
