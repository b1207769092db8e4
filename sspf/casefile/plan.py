"""The plan for the family: goal, who does what by when, and the next meeting. Says nothing of how anything stands.

No name of anybody in the family is in it, and no delay: a day that has been is "as soon as
possible". Each time it is shown or printed it has a number of its own, which is in the
trail and at the foot of the paper.
"""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from sqlalchemy.orm import Session

from audit.events import Subject
from audit.log import record
from auth import queries as accounts
from auth.actor import Actor
from auth.decisions import require
from sspf.cases.models import Case
from sspf.cases.policy import access_to
from sspf.db.clock import day_of
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.meetings import queries as meetings
from sspf.meetings.models import Meeting, MeetingKind
from sspf.organisations import queries as organisations
from sspf.plans import policy
from sspf.plans import queries as plans
from sspf.plans.events import PlanTag
from sspf.vault import door


@dataclass(frozen=True, slots=True)
class Promise:
    """One line: what, who, and the day. ``who`` is empty for the family, ``when`` when the day has been."""

    what: str
    who: str
    when: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything on the paper. ``follow_up``: the day it is taken up again when no meeting is planned."""

    case: Case
    goal: str | None
    promises: tuple[Promise, ...]
    meeting: Meeting | None
    follow_up: date | None
    coordinator: str
    email: str
    organisation: str
    number: str

    @property
    def is_with_family(self) -> bool:
        """Whether the family comes to the meeting, and needs to know where."""
        return self.meeting is not None and self.meeting.kind is MeetingKind.FAMILY


def plan_of(session: Session, actor: Actor, case: Case, now: datetime, tag: PlanTag) -> Plan:
    """Gather the plan and record that it is shown or printed (``tag``). The case's lock is held.

    Raises:
        NotPermitted: it is not the actor's to print, or somebody in the case has protected identity.
    """
    require(policy.can_print(actor, case))
    reading = door.open(session, access_to(actor, case, now), Purpose.PLAN, kinds=(Kind.ACTIONS,))
    names = organisations.names(session, case.municipality_id)
    today = day_of(now)
    goal = plans.goal_of(session, reading, [case]).get(case.id)
    around = meetings.meetings_of(session, actor, case.id)
    coordinator = accounts.get_user(session, case.coordinator_id)
    number = token_hex(4).upper()
    subject = Subject(case_id=case.id, ids={"print": number})
    record(session, actor.did(tag, subject))
    return Plan(
        case=case,
        goal=goal.text if goal else None,
        promises=tuple(_promise(action, today) for action in plans.open_actions(session, reading, case, names=names)),
        meeting=around.nearest,
        follow_up=around.next_date if around.next_date and around.next_date >= today else None,
        coordinator=coordinator.name,
        email=coordinator.email,
        organisation=names[case.coordination_id],
        number=number,
    )


def _promise(action: plans.ActionView, today: date) -> Promise:
    who = ", ".join(one for one in (action.person, action.organisation) if one)
    return Promise(action.text, who, action.due_on if action.due_on >= today else None)
