"""How much is measured: the real figures, or a few of everything for a test."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """``requests`` of each of the two that are compared in each of ``rounds``, after ``warm_up`` of each."""

    fields: int = 60
    few_cases: int = 200
    many_cases: int = 20_000
    at_once: int = 200
    rounds: int = 11
    requests: int = 14
    warm_up: int = 15
