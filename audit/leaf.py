"""The leaf: the bytes of one entry that are hashed into the tree, exactly as they are stored.

    {"event":…,"log":…,"seq":…,"time":…,"v":1,"what":[…],"who":…}

Canonical JSON. ``log`` is a UUID in lower case; ``seq`` counts from 0 without
gaps; ``time`` is RFC 3339 in UTC with exactly six decimals; ``who`` and each
item of ``what`` are commitments, 64 hexadecimal digits in lower case. The first
item of ``what`` is the event's facts, the others its subjects in order.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from audit.canonical import NotCanonicalError, canonical
from audit.merkle import HASH_SIZE

VERSION = 1


def time_text(at: datetime) -> str:
    """RFC 3339, UTC, six decimals: ``2026-08-23T09:14:07.000250Z``, always 27 characters."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one leaf says."""

    log: UUID
    seq: int
    at: datetime
    event: str
    who: bytes
    what: tuple[bytes, ...]

    def to_bytes(self) -> bytes:
        """The bytes to store and hash."""
        return canonical(
            {
                "event": self.event,
                "log": str(self.log),
                "seq": self.seq,
                "time": time_text(self.at),
                "v": VERSION,
                "what": [commitment.hex() for commitment in self.what],
                "who": self.who.hex(),
            }
        )

    @property
    def is_sound(self) -> bool:
        """Whether the parts are of the right kind: a count, a text, commitments of 32 bytes."""
        return (
            type(self.seq) is int  # JSON's true is a Python int
            and self.seq >= 0
            and isinstance(self.event, str)
            and bool(self.what)
            and all(len(commitment) == HASH_SIZE for commitment in (self.who, *self.what))
        )

    @classmethod
    def parse(cls, data: bytes) -> "Leaf":
        """Read a stored leaf. Raises ``ValueError`` unless ``to_bytes`` would give the very same bytes."""
        try:
            said = json.loads(data)
            leaf = cls(
                log=UUID(said["log"]),
                seq=said["seq"],
                at=datetime.fromisoformat(said["time"]),
                event=said["event"],
                who=bytes.fromhex(said["who"]),
                what=tuple(bytes.fromhex(commitment) for commitment in said["what"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise NotCanonicalError("not a leaf") from error
        if not leaf.is_sound or leaf.to_bytes() != data:
            raise NotCanonicalError("not a leaf of version 1")
        return leaf
