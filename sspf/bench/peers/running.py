"""The whole run against the peers, and what came of it."""

from dataclasses import dataclass
from typing import Any

from sspf.bench.comparing import Comparison
from sspf.bench.peers.scale import PeerScale
from sspf.bench.peers.sealing import Sealing, compare_sealing
from sspf.bench.peers.trail import Trail, compare_trail
from sspf.bench.polling import compare_polling

TARGETS = {
    "seal_vs_sqlalchemy_utils": 3.0,
    "open_vs_sqlalchemy_utils": 3.0,
    "trail_vs_pymerkle_sqlite": 1.5,
    "verify_vs_sha256": 0.3,
}


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What was measured: how many times as quick as the peer, by medians of one run.

    The screen's poll stands beside a page of our own with nothing on it, and has no target.
    """

    scale: PeerScale
    sealing: Sealing
    trail: Trail
    poll: Comparison

    @property
    def comparisons(self) -> dict[str, Comparison]:
        """Each figure's own, the peer's time against ours."""
        return {
            "seal_vs_sqlalchemy_utils": self.sealing.seal,
            "open_vs_sqlalchemy_utils": self.sealing.open,
            "trail_vs_pymerkle_sqlite": self.trail.append,
            "verify_vs_sha256": self.trail.tree,
            "screen_poll": self.poll,
        }

    @property
    def figures(self) -> dict[str, float]:
        return {name: round(one.ratio, 2) for name, one in self.comparisons.items()}

    @property
    def beside(self) -> dict[str, float]:
        """What has no target: one-field envelopes with key and reason, and whole entries verified a second."""
        return {
            "seal_one_field_envelope": round(self.sealing.seal_alone.ratio, 2),
            "open_one_field_envelope": round(self.sealing.open_alone.ratio, 2),
            "verified_from_database_per_second": round(self.trail.from_database),
        }

    @property
    def ok(self) -> bool:
        return all(self.figures[name] >= least for name, least in TARGETS.items())

    def as_json(self) -> dict[str, Any]:
        """``noise`` is the least and the greatest of the rounds' ratios; ``ms`` one turn of ours and of the peer's."""
        return {
            "figures": self.figures,
            "beside": self.beside,
            "targets": TARGETS,
            "ok": self.ok,
            "flush_ms": round(self.trail.flush_ms, 3),
            "rounds": self.scale.rounds,
            "noise": {name: [round(one.low, 2), round(one.high, 2)] for name, one in self.comparisons.items()},
            "ms": {
                name: {"ours": round(one.against_ms, 2), "peer": round(one.measured_ms, 2)}
                for name, one in self.comparisons.items()
            },
        }


def run(scale: PeerScale) -> PeerFigures:
    """Measure everything once."""
    poll = compare_polling(scale.polls())
    return PeerFigures(scale, compare_sealing(scale), compare_trail(scale), poll)
