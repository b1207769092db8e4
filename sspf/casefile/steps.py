"""The next lawful step of a case, and why a step is blocked."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.decisions import Decision
from sspf.casefile.labels import BACK, STEPS
from sspf.cases import policy
from sspf.cases.models import Case, State
from sspf.cases.states import Readiness, back, can_decline, can_step, forward
from sspf.consents import queries as consents
from sspf.consents.models import Waiver
from sspf.law.kinds import Kind
from sspf.meetings import queries as meetings
from sspf.texts import Text


@dataclass(frozen=True, slots=True)
class Step:
    """A way to go, whether it is open, and what the button says."""

    to: State
    words: Text
    decision: Decision
    is_forward: bool


def readiness_of(session: Session, case: Case) -> Readiness:
    """What the path asks the features above cases."""
    return Readiness(
        everyone_wants_to_take_part=bool(consents.recipients_of(session, case, Kind.ACTIONS, case.youth_id)),
        meeting_held=meetings.has_been_held(session, case.id),
    )


def readiness_in(case: Case, waivers: Iterable[Waiver], *, meeting_held: bool) -> Readiness:
    """The same, from the rows that hold in the case where they have been read already."""
    wanted = (case.coordination_id, Kind.ACTIONS, case.youth_id)
    return Readiness(
        everyone_wants_to_take_part=any((one.source_id, one.kind, one.about_id) == wanted for one in waivers),
        meeting_held=meeting_held,
    )


def steps_of(actor: Actor, case: Case, readiness: Readiness) -> list[Step]:
    """The steps the page offers: forward first, then back, then out. None for whoever may take none."""
    if not policy.can_change_state(actor, case):
        return []
    to_forward, to_back = forward(case.state), back(case.state)
    found: list[Step] = []
    if to_forward is not None:
        found.append(Step(to_forward, STEPS[to_forward], can_step(case.state, to_forward, readiness), True))
    if to_back is not None:
        found.append(Step(to_back, BACK[to_back], can_step(case.state, to_back, readiness), False))
    declining = can_decline(case.state)
    if declining:
        found.append(Step(State.DECLINED, STEPS[State.DECLINED], declining, False))
    return found
