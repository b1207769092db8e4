"""Two people at once lose nothing: a form says what its writer had read, and is saved over nothing else.

It says so by a mark, for what has no version of its own. Whoever compares holds the lock and has read afresh.
"""

import hashlib
import json

from sspf.errors import Conflict

__all__ = ["mark_of", "require_read"]


def mark_of(*values: object) -> str:
    """A short mark of plain values as they stand: the same values, the same mark."""
    said = json.dumps([None if value is None else str(value) for value in values])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def require_read(mark: str, *values: object) -> None:
    """
    Raises:
        Conflict: what stands is not what the writer had read.
    """
    if mark != mark_of(*values):
        raise Conflict
