"""The cases that can be on an agenda, what speaks for each, and who would be asked to come. For the leader alone."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases.models import Case
from sspf.db import clock
from sspf.db.clock import day_of
from sspf.meetings import policy, queries
from sspf.meetings.attending import suggested_for
from sspf.meetings.suggesting import consent_ends_on, reasons
from sspf.organisations import queries as organisations
from sspf.texts import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """A case that can be on the agenda: what speaks for it, and who would be asked to come."""

    case: Case
    why: tuple[Text, ...]
    invited: str


def choices_for(session: Session, actor: Actor, also: Collection[UUID]) -> list[Choice]:
    """Those that can be taken up now, and those of ``also``; the ones that something speaks for come first."""
    now = clock.now(session)
    today = day_of(now)
    known = [
        case
        for case in queries.cases_to_take_up(session, actor, also)
        if case.id in also or policy.can_take_up(case, now)
    ]
    names = organisations.names(session, actor.municipality_id)
    invited = suggested_for(session, known)
    pending = queries.pending_in(session, [case.id for case in known], today)
    choices = [
        Choice(
            case,
            tuple(reasons(pending[case.id], consent_ends_on(case, now), today)),
            "; ".join(f"{one.name}, {names[one.organisation_id]}" for one in invited[case.id]),
        )
        for case in known
    ]
    return sorted(choices, key=lambda one: (not one.why, one.case.alias))
