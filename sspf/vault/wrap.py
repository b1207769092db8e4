"""The wrapped key: one envelope's data key for one organisation, bound to the whole reason.

    algorithm (1) | nonce (12) | wrapped data key (32) | tag (16)

Algorithm 1 wraps with AES-256-GCM under a key that takes two secrets to make:

    HKDF-SHA256 (RFC 5869), input  organisation key ‖ unit secret,
                            info   packed("sspf/1 wrap", organisation, version, unit)

so that neither an organisation's key nor an erased unit's backup opens anything
alone. The associated data is every field of the ``Reason``: alter one in the
database and the key is lost, not widened. Algorithm 2 is reserved for HPKE
(RFC 9180) to a key the organisation holds itself. No other module knows this byte.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sspf.vault.errors import CannotOpen
from sspf.vault.packing import packed

_HKDF_AES_256_GCM = 1
_CONTEXT = "sspf/1 wrap"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_WRAPPED_BYTES = 1 + _NONCE_BYTES + _KEY_BYTES + _TAG_BYTES


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an organisation holds a key: one disclosure, whole.

    ``valid_until`` None (an owner's record without end) is bound as zero bytes.
    ``decided_by`` is a user's id in text form, or a named system actor.
    """

    disclosure_id: UUID
    envelope_id: UUID
    organisation_id: UUID
    ground: str
    rule_version: int
    purpose: str
    valid_from: datetime
    valid_until: datetime | None
    decided_by: str

    def bytes(self) -> bytes:
        """What the wrapped key is bound to: it opens with exactly this reason, and with no other."""
        return packed(
            _CONTEXT,
            self.disclosure_id,
            self.envelope_id,
            self.organisation_id,
            self.ground,
            self.rule_version,
            self.purpose,
            self.valid_from,
            self.valid_until,
            self.decided_by,
        )


def wrapping_key(
    organisation_key: bytes, unit_secret: bytes, organisation_id: UUID, version: int, unit_id: UUID
) -> bytes:
    """The key that wraps data keys of one erasure unit for one version of one organisation's key.

    Raises:
        ValueError: a secret that is not 32 bytes; the two are joined without a separator.
    """
    if len(organisation_key) != _KEY_BYTES or len(unit_secret) != _KEY_BYTES:
        raise ValueError("both secrets are 256 bits")
    info = packed(_CONTEXT, organisation_id, version, unit_id)
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=info).derive(organisation_key + unit_secret)


def wrap_data_key(key: bytes, data_key: bytes, reason: Reason) -> bytes:
    """Wrap an envelope's data key, to be unwrapped only for the same reason."""
    nonce = os.urandom(_NONCE_BYTES)
    return bytes((_HKDF_AES_256_GCM,)) + nonce + AESGCM(key).encrypt(nonce, data_key, reason.bytes())


def unwrap_data_key(key: bytes, wrapped: bytes, reason: Reason) -> bytes:
    """The envelope's data key.

    Raises:
        CannotOpen: unknown algorithm, altered, or wrapped for another reason or organisation.
    """
    if len(wrapped) != _WRAPPED_BYTES or wrapped[0] != _HKDF_AES_256_GCM:
        raise CannotOpen
    nonce, body = wrapped[1 : 1 + _NONCE_BYTES], wrapped[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, reason.bytes())
    except InvalidTag:
        raise CannotOpen from None
