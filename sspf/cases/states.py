"""The path of a case: one step forward or back at a time, and what must hold before each."""

from dataclasses import dataclass

from auth.decisions import ALLOW, Decision, deny
from sspf.cases.models import State
from sspf.texts import _

PATH = (State.INFORMATION, State.CONSENT, State.MEETING, State.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the features above know and the path asks for."""

    everyone_wants_to_take_part: bool
    meeting_held: bool


def forward(state: State) -> State | None:
    """The next state on the path, or None at its end and outside it."""
    if state in PATH[:-1]:
        return PATH[PATH.index(state) + 1]
    return None


def back(state: State) -> State | None:
    """The state before on the path, or None at its beginning and outside it."""
    if state in PATH[1:]:
        return PATH[PATH.index(state) - 1]
    return None


def can_step(state: State, to: State, readiness: Readiness) -> Decision:
    """May the case go from ``state`` to ``to`` now? To decline, withdraw and close are acts of their own."""
    if to == back(state):
        return ALLOW
    if to != forward(state):
        return deny(_("Ärendet kan bara flyttas ett steg i taget."))
    if state is State.CONSENT and not readiness.everyone_wants_to_take_part:
        return deny(_("Alla som behöver säga ja har inte sagt att de vill vara med än."))
    if state is State.MEETING and not readiness.meeting_held:
        return deny(_("Inget möte har hållits i ärendet än."))
    return ALLOW


def can_decline(state: State) -> Decision:
    """May the family's no take the case out of its path? Later than this, what they take back is a withdrawal."""
    if state in {State.INFORMATION, State.CONSENT}:
        return ALLOW
    return deny(_("Ärendet är inte på väg att bli ett möte längre. Ta emot en återkallelse i stället."))
