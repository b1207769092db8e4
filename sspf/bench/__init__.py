"""Measures what sealing and the trail cost, as ratios within one run, on an installation that it throws away."""

from sspf.bench.running import Figures, Mismeasured, run
from sspf.bench.scale import Scale

__all__ = ["Figures", "Mismeasured", "Scale", "run"]
