"""How much is measured against the peers: the real figures, or a few of everything for a test."""

from dataclasses import dataclass

from sspf.bench.scale import Scale


@dataclass(frozen=True, slots=True)
class PeerScale:
    """``values`` are sealed and opened in each turn, ``entries`` appended, ``leaves`` made into a tree."""

    values: int = 2_000
    entries: int = 20
    leaves: int = 50_000
    rounds: int = 11
    turns: int = 4

    def turn_about(self, *, turns: int | None = None) -> Scale:
        """The rounds, as ``comparing.compare`` takes them."""
        return Scale(rounds=self.rounds, requests=turns or self.turns, warm_up=2)
