"""The sealed value: plaintext under a 256-bit key, bound to the place where it stands.

    0x53 | version | algorithm | key id (16) | nonce (12) | ciphertext | tag (16)

Version is 1. Algorithm 1 is AES-256-GCM (NIST SP 800-38D) with a random 96-bit
nonce. The associated data is the packed tuple

    "sspf/1", *place, key id, algorithm

where the place of a column is its table, column and row id. A value copied to
another row, column or key therefore does not open.

The plaintext is padded to a size class before it is sealed, so that the length
does not tell "ja" from "nej": 32, 64, 128 and 256 bytes, then in steps that add
at most six per cent. Padding is one byte 0x80 and then zeros.

Pure functions, no input or output, nothing stored.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sspf.vault.errors import CannotOpen
from sspf.vault.packing import Part, packed

MAGIC = 0x53
VERSION = 1
AES_256_GCM = 1
KEY_BYTES = 32

_CONTEXT = "sspf/1"
_NONCE_BYTES = 12
_TAG_BYTES = 16
_KIND = bytes((MAGIC, VERSION, AES_256_GCM))
_NONCE_AT = len(_KIND) + 16
_HEADER_BYTES = _NONCE_AT + _NONCE_BYTES
_SMALLEST = 32
_LARGEST_POWER = 256
_OF_A_COLUMN = 3  # table, column, row id
_ID_LENGTH = (16).to_bytes(4, "big")


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A sealed value taken apart; ``body`` is ciphertext and tag."""

    key_id: UUID
    nonce: bytes
    body: bytes


def new_key() -> bytes:
    """A fresh 256-bit key from the operating system's generator."""
    return os.urandom(KEY_BYTES)


class SealingKey:
    """A 256-bit key made ready, under its id: seals and opens any number of values, each at its own place.

    An envelope's fields share one, so that what does not depend on the field is done once for all of them.
    ``repr`` shows nothing.
    """

    __slots__ = ("_bound", "_cipher", "_head", "_key_id")

    def __init__(self, key: bytes, key_id: UUID) -> None:
        self._cipher = AESGCM(key)
        self._key_id = key_id
        self._head = _KIND + key_id.bytes
        self._bound = packed(key_id, bytes((AES_256_GCM,)))

    def __repr__(self) -> str:
        return "SealingKey(***)"

    def seal(self, place: tuple[Part, ...], plaintext: bytes) -> bytes:
        """Seal ``plaintext``, to be opened only by the same key under the same id and at the same ``place``."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._head + nonce + self._cipher.encrypt(nonce, pad(plaintext), _placed(place) + self._bound)

    def unseal(self, place: tuple[Part, ...], sealed: bytes) -> bytes:
        """The plaintext that was sealed.

        Raises:
            CannotOpen: malformed, altered, or not sealed under this key, key id and place.
        """
        if not sealed.startswith(self._head):
            raise CannotOpen
        _require_a_length(sealed)
        try:
            padded = self._cipher.decrypt(
                sealed[_NONCE_AT:_HEADER_BYTES], sealed[_HEADER_BYTES:], _placed(place) + self._bound
            )
        except InvalidTag:
            raise CannotOpen from None
        return unpad(padded)


def seal(key: bytes, key_id: UUID, place: tuple[Part, ...], plaintext: bytes) -> bytes:
    """``SealingKey.seal`` for a key that is used once."""
    return SealingKey(key, key_id).seal(place, plaintext)


def unseal(key: bytes, key_id: UUID, place: tuple[Part, ...], sealed: bytes) -> bytes:
    """``SealingKey.unseal`` for a key that is used once.

    Raises:
        CannotOpen: malformed, altered, or not sealed under this key, key id and place.
    """
    return SealingKey(key, key_id).unseal(place, sealed)


def parse(sealed: bytes) -> SealedValue:
    """Take a sealed value apart, accepting exactly what ``seal`` can have made.

    Raises:
        CannotOpen: wrong magic, version, algorithm or length.
    """
    if not sealed.startswith(_KIND):
        raise CannotOpen
    _require_a_length(sealed)
    return SealedValue(
        UUID(bytes=sealed[len(_KIND) : _NONCE_AT]), sealed[_NONCE_AT:_HEADER_BYTES], sealed[_HEADER_BYTES:]
    )


def _require_a_length(sealed: bytes) -> None:
    """Header, a size class of ciphertext, tag: nothing else has been sealed."""
    length = len(sealed) - _HEADER_BYTES - _TAG_BYTES
    if length < _SMALLEST or size_class(length) != length:
        raise CannotOpen


def size_class(length: int) -> int:
    """The smallest size class that holds ``length`` bytes (marker included)."""
    if length <= _SMALLEST:
        return _SMALLEST
    bits = (length - 1).bit_length()
    if length <= _LARGEST_POWER:
        return 1 << bits
    step = 1 << (bits - 5)  # sixteen classes between two powers of two
    return -(-length // step) * step


def pad(plaintext: bytes) -> bytes:
    """The plaintext, a 0x80, and zeros up to the size class."""
    return (plaintext + b"\x80").ljust(size_class(len(plaintext) + 1), b"\x00")


def unpad(padded: bytes) -> bytes:
    """Undo ``pad``.

    Raises:
        CannotOpen: not what ``pad`` makes of any plaintext.
    """
    plaintext, marker, rest = padded.rpartition(b"\x80")
    if not marker or rest.strip(b"\x00") or size_class(len(plaintext) + 1) != len(padded):
        raise CannotOpen
    return plaintext


def _placed(place: tuple[Part, ...]) -> bytes:
    """``packed("sspf/1", *place)``; of a column's place, all but the row's id is packed once for all rows."""
    if len(place) == _OF_A_COLUMN and isinstance(row_id := place[-1], UUID):
        return _column(place[0], place[1]) + _ID_LENGTH + row_id.bytes
    return packed(_CONTEXT, *place)


@lru_cache(maxsize=256)
def _column(table: Part, column: Part) -> bytes:
    return packed(_CONTEXT, table, column)
