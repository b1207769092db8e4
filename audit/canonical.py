"""One value, one string of bytes: the JSON that is hashed and committed to.

The form is that of RFC 8785 (JCS) for the values allowed here: keys sorted, no
white space, UTF-8, only what must be escaped is escaped. Floats are refused,
since two languages print them in two ways, and integers beyond ±(2^53 - 1),
since many readers of JSON would round them. Keys are ASCII, so that sorting by
bytes, by code points and by UTF-16 units is the same.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"

LARGEST = 2**53 - 1

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class NotCanonicalError(ValueError):
    """The value has no canonical form here, or the bytes are not in it."""


def canonical(value: JSON) -> bytes:
    """The one way to write ``value``. Raises ``NotCanonicalError`` for anything but the types of ``JSON``."""
    try:
        return _ENCODER.encode(_plain(value)).encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError("half a surrogate pair is no text") from error


def parse_canonical(data: bytes) -> Any:
    """Read ``canonical`` back. Raises ``NotCanonicalError`` if the bytes could be written in any other way."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError("not JSON") from error
    if canonical(value) != data:
        raise NotCanonicalError("JSON, but not in its canonical form")
    return value


def _plain(value: object) -> object:
    """Exactly the types that JSON has, so that no subclass prints itself in a way of its own."""
    match value:
        case None | bool():
            return value
        case int() if -LARGEST <= value <= LARGEST:
            return int(value)
        case str():
            return str.__str__(value)
        case Mapping():
            return {_key(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
    # never the value itself: the message may end up in a log
    raise NotCanonicalError(f"this {type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if isinstance(key, str) and key.isascii() and key.isprintable() and key:
        return str.__str__(key)
    raise NotCanonicalError("a key must be printable ASCII")
