"""Many small acts timed as one: a single one is over before the clock has moved much."""

import time
from collections.abc import Callable

from sspf.bench.comparing import Timed


def times(act: Callable[[], object], number: int) -> Timed:
    """How many seconds ``number`` of them take, one after the other."""

    def timed() -> float:
        began = time.perf_counter()
        for _ in range(number):
            act()
        return time.perf_counter() - began

    return timed
