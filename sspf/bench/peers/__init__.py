"""The vault and the trail beside what others have made for the same: turn and turn about, in one run.

The peers are development dependencies, so nothing else may import this package.
"""

from sspf.bench.peers.running import PeerFigures, run
from sspf.bench.peers.scale import PeerScale

__all__ = ["PeerFigures", "PeerScale", "run"]
