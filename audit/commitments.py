"""Commitments: a leaf says that a value exists without saying what it is.

A commitment is HMAC-SHA256 under a fresh random salt of exactly 32 bytes, over
a name for the kind of value and the value's canonical JSON. Whoever holds salt
and value can show what was meant and nothing else; once the salt is gone the
commitment says nothing, not even to somebody who guesses the value right.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from audit.canonical import JSON, canonical, parse_canonical

SALT_SIZE = 32
_DOMAIN = b"sspf/audit/commit/1"


class Kind(StrEnum):
    """What a commitment is about; part of what is hashed, so that none can stand in for another."""

    FACTS = "facts"
    SUBJECT = "subject"
    SUBJECT_REST = "subject/rest"
    WHO = "who"
    WHO_REST = "who/rest"


def fresh_salt() -> bytes:
    """32 random bytes, to be used for one commitment only."""
    return secrets.token_bytes(SALT_SIZE)


def commit(kind: Kind, salt: bytes, value: bytes) -> bytes:
    """HMAC-SHA256(salt, "sspf/audit/commit/1" ‖ 0x00 ‖ kind ‖ 0x00 ‖ value): 32 bytes; ``value`` is canonical JSON.

    Raises ``ValueError`` for a salt of another length: HMAC pads short keys, so
    two salts could otherwise open one commitment.
    """
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt has {SALT_SIZE} bytes")
    return hmac.digest(salt, b"\x00".join((_DOMAIN, kind.encode(), value)), "sha256")


@dataclass(frozen=True, slots=True)
class Salted:
    """A value, as canonical JSON, with the salt of its commitment: what is sealed and what opens the commitment."""

    data: bytes
    salt: bytes = field(default_factory=fresh_salt, repr=False)

    @classmethod
    def of(cls, value: JSON) -> "Salted":
        """``value`` as it is now, under a fresh salt. Raises ``NotCanonicalError`` (a ``ValueError``)."""
        return cls(canonical(value))

    @classmethod
    def parse(cls, plaintext: bytes) -> "Salted":
        """Read back ``to_bytes``. Raises ``ValueError`` if it is too short; whether it is JSON, ``value`` says."""
        if len(plaintext) <= SALT_SIZE:
            raise ValueError("too short to hold a salt and a value")
        return cls(plaintext[SALT_SIZE:], plaintext[:SALT_SIZE])

    def to_bytes(self) -> bytes:
        """Salt ‖ canonical JSON: the plaintext that is handed to the sealer."""
        return self.salt + self.data

    def commitment(self, kind: Kind) -> bytes:
        """The 32 bytes that bind to this value, as one of ``kind``."""
        return commit(kind, self.salt, self.data)

    @property
    def value(self) -> Any:
        """The value again. Raises ``NotCanonicalError`` (a ``ValueError``) if the data is not canonical JSON."""
        return parse_canonical(self.data)
