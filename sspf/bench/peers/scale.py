"""How much is measured against the peers: the real figures, or a few of everything for a test."""

from dataclasses import dataclass

from sspf.bench.scale import Scale


@dataclass(frozen=True, slots=True)
class PeerScale:
    """``values`` are sealed and opened in each turn, ``entries`` appended, ``leaves`` made into a tree.

    ``asked`` is how often a page is in each round.
    """

    values: int = 2_000
    entries: int = 20
    leaves: int = 50_000
    rounds: int = 11
    turns: int = 4
    asked: int = 25

    def turn_about(self, *, turns: int | None = None) -> Scale:
        """The rounds, as ``comparing.compare`` takes them."""
        return Scale(rounds=self.rounds, requests=turns or self.turns, warm_up=2)

    def polls(self) -> Scale:
        """The rounds for pages that are asked for one by one; a case with as much in it as is usual."""
        return Scale(fields=30, rounds=self.rounds, requests=self.asked, warm_up=self.asked)
