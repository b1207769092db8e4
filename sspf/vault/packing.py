"""Several values as one string of bytes, so that no two different lists give the same bytes.

Associated data, key derivation and the reason of a disclosure are all built here.
Each part is preceded by its length in four bytes, big-endian:

    packed("ab", None)  ->  00 00 00 02 61 62  00 00 00 00

Parts are told apart by position, never by type, so every caller fixes its order.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

Part = bytes | str | int | UUID | datetime | None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def packed(*parts: Part) -> bytes:
    """The parts one after the other, each with its length before it."""
    pieces = []
    for part in parts:
        piece = _bytes_of(part)
        pieces.append(len(piece).to_bytes(4, "big"))
        pieces.append(piece)
    return b"".join(pieces)


def _bytes_of(part: Part) -> bytes:
    """Text as UTF-8, ids as their 16 bytes, numbers and times (µs since 1970, UTC) as eight bytes, None as none.

    Raises:
        ValueError: a time without a zone, which would be bound as another moment elsewhere.
    """
    match part:
        case UUID():
            return part.bytes
        case str():
            return part.encode()
        case None:
            return b""
        case datetime():
            if part.tzinfo is None:
                raise ValueError("a time needs its zone")
            return ((part - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True)
        case int():
            return part.to_bytes(8, "big", signed=True)
    return part
