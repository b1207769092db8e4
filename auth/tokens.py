"""Signed tickets that live for hours at most: ES256 by python-jose, behind a wrapper that takes one spelling alone.

Left to itself python-jose takes tokens that nobody signed as they stand: padded, with blanks, with
unknown headers, without an end. Here a token is looked through before it is verified, and verified
with one algorithm under a key that can do nothing else. Whatever is wrong with it, the answer is the
same. A ticket is a name and no leave: what it names is looked up each time and may be gone.
"""

import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from jose import jws  # the one module that may
from jose.backends.cryptography_backend import CryptographyECKey  # and no other backend
from jose.exceptions import JOSEError

from audit.canonical import JSON, NotCanonicalError, canonical, parse_canonical

ALGORITHM = "ES256"
ISSUER = "sspf"
MOST_KEYS = 2
MOST_CHARACTERS = 1024

# 64 bytes of signature are 86 characters
_SHAPE = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})")
_KID = re.compile(r"[0-9a-f]{16}")
_CLAIMS = frozenset({"iss", "aud", "sub", "jti", "nbf", "exp"})
# the order of P-256 (SEC 2, 2.4.2): with s, a signature verifies with ORDER - s too
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class NotATicket(Exception):  # noqa: N818  # a refusal, named as it reads where it is caught
    """The token is no ticket of ours for this use, or not now. Which it is, is not said."""


@dataclass(frozen=True)
class Use:
    """What a ticket is for: its ``typ`` and ``aud``, and how long it may last at most."""

    typ: str
    audience: str
    longest: timedelta


SCREEN = Use("sspf-screen+jwt", "sspf-screen", timedelta(hours=12))


@dataclass(frozen=True)
class Ticket:
    """What a valid token says: what it names, which ticket of it, and until when."""

    subject: UUID
    ticket_id: UUID
    until: datetime


@dataclass(frozen=True)
class Ring:
    """The keys in use by ``kid``: one, or two while one takes over from the other. The last one signs, all verify."""

    keys: Mapping[str, ec.EllipticCurvePrivateKey] = field(repr=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.keys) <= MOST_KEYS:
            raise ValueError("a ring has one key or two")
        if not all(_KID.fullmatch(kid) and isinstance(key.curve, ec.SECP256R1) for kid, key in self.keys.items()):
            raise ValueError("a key is on another curve than P-256, or ill named")


def new_key() -> tuple[str, bytes]:
    """A fresh name and private key (P-256, PKCS#8 in DER), to be stored sealed."""
    key = ec.generate_private_key(ec.SECP256R1())
    return secrets.token_hex(8), key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def ring_of(stored: Mapping[str, bytes]) -> Ring:
    """The ring of these private keys, in the order they were made. Anything but P-256 is a ``ValueError``."""
    keys: dict[str, ec.EllipticCurvePrivateKey] = {}
    for kid, private in stored.items():
        key = load_der_private_key(private, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("a key is of another kind than P-256")  # noqa: TRY004  # the value is, not the type
        keys[kid] = key
    return Ring(keys)


def issue(ring: Ring, use: Use, *, subject: UUID, ticket_id: UUID, now: datetime, until: datetime) -> str:
    """A token that names ``subject`` from now on and until then. Longer than ``use`` allows is a ``ValueError``."""
    if not timedelta(0) < until - now <= use.longest:
        raise ValueError("the ticket ends before it begins, or lasts too long")
    kid, key = list(ring.keys.items())[-1]
    claims: dict[str, JSON] = {
        "iss": ISSUER,
        "aud": use.audience,
        "sub": str(subject),
        "jti": str(ticket_id),
        "nbf": int(now.timestamp()),
        "exp": int(until.timestamp()),
    }
    signer = CryptographyECKey(key, ALGORITHM)
    token: str = jws.sign(canonical(claims), signer, headers={"typ": use.typ, "kid": kid}, algorithm=ALGORITHM)
    return _low(token)


def verify(ring: Ring, use: Use, token: str, *, now: datetime) -> Ticket:
    """What the token says, if it is one of ours for this use, at this moment.

    Raises:
        NotATicket: it is not, whatever the reason.
    """
    header, claims, signature = _parts(token)
    kid = header.get("kid")
    if header != {"alg": ALGORITHM, "typ": use.typ, "kid": kid} or not isinstance(kid, str) or kid not in ring.keys:
        raise NotATicket
    if int.from_bytes(signature[32:], "big") > _ORDER // 2:
        raise NotATicket
    try:
        # a public key of this one kind: no algorithm of the token's choosing, nothing that could be taken for a secret
        jws.verify(token, CryptographyECKey(ring.keys[kid].public_key(), ALGORITHM), algorithms=[ALGORITHM])
    except JOSEError:
        raise NotATicket from None
    return _ticket(claims, use, now)


def _parts(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any], bytes]:
    """Header, claims and signature of a token in its one spelling: no padding, no blanks, no key twice."""
    found = _SHAPE.fullmatch(token) if len(token) <= MOST_CHARACTERS else None
    if found is None:
        raise NotATicket
    header, claims, signature = (_bytes_of(part) for part in found.groups())
    return _object_in(header), _object_in(claims), signature


def _bytes_of(part: str) -> bytes:
    try:
        decoded = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        raise NotATicket from None
    # the last character may have bits to spare, and four spellings
    if _spelled(decoded) != part:
        raise NotATicket
    return decoded


def _object_in(written: bytes) -> Mapping[str, Any]:
    try:
        found = parse_canonical(written)
    except NotCanonicalError:
        raise NotATicket from None
    if not isinstance(found, dict):
        raise NotATicket
    return found


def _ticket(claims: Mapping[str, Any], use: Use, now: datetime) -> Ticket:
    begins, ends = claims.get("nbf"), claims.get("exp")
    if claims.keys() != _CLAIMS or (claims["iss"], claims["aud"]) != (ISSUER, use.audience):
        raise NotATicket
    # exactly whole numbers: true is one too
    if type(begins) is not int or type(ends) is not int or not 0 < ends - begins <= use.longest.total_seconds():
        raise NotATicket
    if not begins <= now.timestamp() < ends:
        raise NotATicket
    return Ticket(_id_in(claims["sub"]), _id_in(claims["jti"]), datetime.fromtimestamp(ends, UTC))


def _id_in(claim: object) -> UUID:
    try:
        found = UUID(claim) if isinstance(claim, str) else None
    except ValueError:
        found = None
    if found is None or str(found) != claim:
        raise NotATicket
    return found


def _low(token: str) -> str:
    """The same token with the lower of the two numbers that ``s`` may be: nobody can make another of it."""
    signed, _, signature = token.rpartition(".")
    raw = urlsafe_b64decode(signature + "==")
    s = int.from_bytes(raw[32:], "big")
    return f"{signed}.{_spelled(raw[:32] + min(s, _ORDER - s).to_bytes(32, 'big'))}"


def _spelled(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
