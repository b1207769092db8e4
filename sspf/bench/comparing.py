"""Two pages side by side, turn and turn about, so that what else the machine does falls on both alike."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from sspf.bench.scale import Scale

Timed = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The medians of all that was asked, and the least and the greatest of the rounds' own ratios."""

    measured_ms: float
    against_ms: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        return self.measured_ms / self.against_ms


def compare(measured: Timed, against: Timed, scale: Scale) -> Comparison:
    """How much longer ``measured`` takes than ``against``; both give seconds."""
    for _ in range(scale.warm_up):
        measured()
        against()
    rounds = [_round(measured, against, scale.requests) for _ in range(scale.rounds)]
    ratios = [median(ours) / median(theirs) for ours, theirs in rounds]
    return Comparison(
        measured_ms=1000 * median(one for ours, _ in rounds for one in ours),
        against_ms=1000 * median(one for _, theirs in rounds for one in theirs),
        low=min(ratios),
        high=max(ratios),
    )


def _round(measured: Timed, against: Timed, requests: int) -> tuple[list[float], list[float]]:
    """Each goes first every other time: who comes second may find the processor warm, or taken."""
    ours, theirs = [], []
    for turn in range(requests):
        if turn % 2:
            theirs.append(against())
            ours.append(measured())
        else:
            ours.append(measured())
            theirs.append(against())
    return ours, theirs
