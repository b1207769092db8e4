"""Two pages side by side, turn and turn about, so that what else the machine does falls on both alike."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from sspf.bench.scale import Scale

Timed = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``ratio``: the median of the rounds' ratios; ``low`` and ``high``: the least and the greatest of them.

    ``measured_ms`` and ``against_ms`` are the medians of all that was asked.
    """

    ratio: float
    low: float
    high: float
    measured_ms: float
    against_ms: float


def compare(measured: Timed, against: Timed, scale: Scale) -> Comparison:
    """How much longer ``measured`` takes than ``against``; both give seconds."""
    for _ in range(scale.warm_up):
        measured()
        against()
    rounds = [_round(measured, against, scale.requests) for _ in range(scale.rounds)]
    ratios = [median(ours) / median(theirs) for ours, theirs in rounds]
    return Comparison(
        ratio=median(ratios),
        low=min(ratios),
        high=max(ratios),
        measured_ms=1000 * median(one for ours, _ in rounds for one in ours),
        against_ms=1000 * median(one for _, theirs in rounds for one in theirs),
    )


def _round(measured: Timed, against: Timed, requests: int) -> tuple[list[float], list[float]]:
    pairs = [(measured(), against()) for _ in range(requests)]
    return [ours for ours, _ in pairs], [theirs for _, theirs in pairs]
