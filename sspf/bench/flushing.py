"""How long this disk takes to keep something: a page of ours commits its entry, so a slow disk shows in its ratio."""

import os
import time
from pathlib import Path
from statistics import median

_BLOCK = b"\x53" * 8192
_TIMES = 100

# where there is no fdatasync, fsync flushes the same and the file's times with it
_flush = getattr(os, "fdatasync", os.fsync)


def flush_ms(folder: Path) -> float:
    """The median of a hundred flushes of one block, written over as the database writes its log."""
    taken = []
    descriptor = os.open(folder / "flush", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(descriptor, _BLOCK, 0)
        os.fsync(descriptor)
        for _ in range(_TIMES):
            os.pwrite(descriptor, _BLOCK, 0)
            began = time.perf_counter()
            _flush(descriptor)
            taken.append(time.perf_counter() - began)
    finally:
        os.close(descriptor)
    return median(taken) * 1000
