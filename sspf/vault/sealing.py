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
_HEADER_BYTES = 3 + 16 + _NONCE_BYTES
_SMALLEST = 32
_LARGEST_POWER = 256


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A sealed value taken apart; ``body`` is ciphertext and tag."""

    key_id: UUID
    nonce: bytes
    body: bytes


def new_key() -> bytes:
    """A fresh 256-bit key from the operating system's generator."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, key_id: UUID, place: tuple[Part, ...], plaintext: bytes) -> bytes:
    """Seal ``plaintext`` under ``key``, to be opened only with the same ``key_id`` and at the same ``place``."""
    nonce = os.urandom(_NONCE_BYTES)
    body = AESGCM(key).encrypt(nonce, pad(plaintext), _associated_data(place, key_id))
    return bytes((MAGIC, VERSION, AES_256_GCM)) + key_id.bytes + nonce + body


def unseal(key: bytes, key_id: UUID, place: tuple[Part, ...], sealed: bytes) -> bytes:
    """The plaintext that was sealed.

    Raises:
        CannotOpen: malformed, altered, or not sealed under this key, key id and place.
    """
    value = parse(sealed)
    if value.key_id != key_id:
        raise CannotOpen
    try:
        padded = AESGCM(key).decrypt(value.nonce, value.body, _associated_data(place, key_id))
    except InvalidTag:
        raise CannotOpen from None
    return unpad(padded)


def parse(sealed: bytes) -> SealedValue:
    """Take a sealed value apart, accepting exactly what ``seal`` can have made.

    Raises:
        CannotOpen: wrong magic, version, algorithm or length.
    """
    if len(sealed) < _HEADER_BYTES or sealed[:3] != bytes((MAGIC, VERSION, AES_256_GCM)):
        raise CannotOpen
    length = len(sealed) - _HEADER_BYTES - _TAG_BYTES
    if length < _SMALLEST or size_class(length) != length:
        raise CannotOpen
    nonce_at = _HEADER_BYTES - _NONCE_BYTES
    return SealedValue(UUID(bytes=sealed[3:nonce_at]), sealed[nonce_at:_HEADER_BYTES], sealed[_HEADER_BYTES:])


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


def _associated_data(place: tuple[Part, ...], key_id: UUID) -> bytes:
    return packed(_CONTEXT, *place, key_id, bytes((AES_256_GCM,)))
