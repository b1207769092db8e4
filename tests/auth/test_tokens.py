"""A ticket has one spelling, one algorithm, one use and an end; anything else is no ticket."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from jose import jws
from jose.backends.cryptography_backend import CryptographyECKey

from auth.tokens import (
    ISSUER,
    MOST_CHARACTERS,
    SCREEN,
    NotATicket,
    Ring,
    Ticket,
    Use,
    issue,
    new_key,
    ring_of,
    verify,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(hours=12)
SUBJECT, TICKET = UUID("0193abcd-0000-7000-8000-00000000000f"), UUID("01936000-0000-7000-8000-000000000002")
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

KID, PRIVATE = new_key()
RING = ring_of({KID: PRIVATE})
KEY = RING.keys[KID]
PUBLIC = KEY.public_key()
EXPORT = Use("sspf-export+jwt", "sspf-export", timedelta(minutes=5))

HEADER = {"alg": "ES256", "kid": KID, "typ": "sspf-screen+jwt"}
CLAIMS = {
    "aud": "sspf-screen",
    "exp": int(UNTIL.timestamp()),
    "iss": ISSUER,
    "jti": str(TICKET),
    "nbf": int(NOW.timestamp()),
    "sub": str(SUBJECT),
}


def spelled(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def compact(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def signature_of(signing_input: bytes, key: ec.EllipticCurvePrivateKey = KEY, *, high: bool = False) -> bytes:
    """A right signature, made without the code under test."""
    r, s = decode_dss_signature(key.sign(signing_input, ec.ECDSA(hashes.SHA256())))
    s = max(s, ORDER - s) if high else min(s, ORDER - s)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def signed(header: bytes = compact(HEADER), claims: bytes = compact(CLAIMS), **how) -> str:
    """A token of exactly these bytes, rightly signed."""
    signing_input = f"{spelled(header)}.{spelled(claims)}"
    return f"{signing_input}.{spelled(signature_of(signing_input.encode(), **how))}"


def issued(ring: Ring = RING) -> str:
    return issue(ring, SCREEN, subject=SUBJECT, ticket_id=TICKET, now=NOW, until=UNTIL)


def is_refused(token: str, *, ring: Ring = RING, use: Use = SCREEN, now: datetime = NOW) -> bool:
    try:
        verify(ring, use, token, now=now)
    except NotATicket:
        return True
    return False


def test_what_was_issued_is_read_again():
    assert verify(RING, SCREEN, issued(), now=NOW) == Ticket(SUBJECT, TICKET, UNTIL)


def test_a_token_made_without_this_code_is_read():
    assert verify(RING, SCREEN, signed(), now=NOW) == Ticket(SUBJECT, TICKET, UNTIL)


def test_a_ticket_says_ids_and_times_alone():
    header, claims, _ = issued().split(".")

    assert json.loads(urlsafe_b64decode(header + "==")) == HEADER
    assert json.loads(urlsafe_b64decode(claims + "==")) == CLAIMS


@pytest.mark.parametrize(
    "header",
    [
        HEADER | {"alg": "none"},
        HEADER | {"alg": "ES384"},
        HEADER | {"alg": "es256"},
        HEADER | {"alg": ["ES256"]},
        HEADER | {"typ": "JWT"},
        HEADER | {"typ": "SSPF-SCREEN+JWT"},
        HEADER | {"typ": "sspf-export+jwt"},
        HEADER | {"kid": "0" * 16},
        HEADER | {"kid": [KID]},
        HEADER | {"kid": None},
        HEADER | {"crit": ["exp"]},
        HEADER | {"b64": False},
        HEADER | {"jku": "https://annanstans.example/keys"},
        HEADER | {"x5u": "https://annanstans.example/cert"},
        HEADER | {"jwk": CryptographyECKey(PUBLIC, "ES256").to_dict()},
        HEADER | {"use": "enc"},
        *({name: value for name, value in HEADER.items() if name != left_out} for left_out in HEADER),
        [HEADER],
        "ES256",
        None,
        {},
    ],
    ids=lambda header: str(header)[:60].replace(KID, "kid"),
)
def test_a_header_that_is_not_ours_is_refused_though_rightly_signed(header):
    assert is_refused(signed(header=compact(header)))


@pytest.mark.parametrize(
    "claims",
    [
        *({name: value for name, value in CLAIMS.items() if name != left_out} for left_out in CLAIMS),
        CLAIMS | {"name": "Pricken"},
        CLAIMS | {"iat": CLAIMS["nbf"]},
        CLAIMS | {"iss": "annan"},
        CLAIMS | {"aud": "sspf-export"},
        CLAIMS | {"aud": ["sspf-screen"]},
        CLAIMS | {"sub": str(SUBJECT).upper()},
        CLAIMS | {"sub": f"urn:uuid:{SUBJECT}"},
        CLAIMS | {"sub": SUBJECT.hex},
        CLAIMS | {"sub": 7},
        CLAIMS | {"jti": ""},
        CLAIMS | {"exp": str(CLAIMS["exp"])},
        CLAIMS | {"exp": CLAIMS["exp"] + 0.5},
        CLAIMS | {"exp": True},
        CLAIMS | {"exp": CLAIMS["exp"] + 1},
        CLAIMS | {"exp": 2**53},
        CLAIMS | {"nbf": False},
        CLAIMS | {"nbf": CLAIMS["nbf"] + 1},
        CLAIMS | {"nbf": CLAIMS["exp"]},
        [CLAIMS],
        {},
    ],
    ids=str,
)
def test_claims_that_are_not_these_are_refused_though_rightly_signed(claims):
    assert is_refused(signed(claims=compact(claims)))


@pytest.mark.parametrize(
    "claims",
    [
        b" " + compact(CLAIMS),
        compact(CLAIMS) + b"\n",
        json.dumps(CLAIMS, sort_keys=True).encode(),
        json.dumps(dict(reversed(CLAIMS.items())), separators=(",", ":")).encode(),
        compact(CLAIMS).replace(b'"sspf"', b'"\\u0073spf"'),
        compact(CLAIMS)[:-1] + b',"sub":"' + str(TICKET).encode() + b'"}',
        compact(CLAIMS).replace(b'"nbf":', b'"nbf":0'),
        b"\xef\xbb\xbf" + compact(CLAIMS),
        compact(CLAIMS).decode().encode("utf-16"),
        b"[" * 600,
        b"\xff",
    ],
    ids=range(11),
)
def test_json_has_one_spelling(claims):
    assert is_refused(signed(claims=claims))


def respellings(token: str) -> dict[str, str]:
    """The same bytes written otherwise; raw python-jose takes several of them."""
    header, claims, signature = token.split(".")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    spare = alphabet[alphabet.index(signature[-1]) + 1]
    return {
        "padding": f"{token}==",
        "one padding": f"{token}=",
        "padding inside": f"{header}=.{claims}.{signature}",
        "a blank at the end": f"{token} ",
        "a blank before": f" {token}",
        "a line break": f"{token}\n",
        "a blank inside": f"{header}.{claims[:4]} {claims[4:]}.{signature}",
        "a tab inside": f"{header}.{claims}.{signature[:4]}\t{signature[4:]}",
        "a mark that is skipped": f"{header}.{claims}.?{signature}",
        "the other alphabet": f"{header}.{claims}.{signature[:40]}+{signature[41:]}",
        "spare bits": f"{header}.{claims}.{signature[:-1]}{spare}",
        "a part more": f"{token}.{signature}",
        "a part less": f"{header}.{claims}",
        "no signature": f"{header}.{claims}.",
        "a wide letter": f"{header}.{claims}.{signature[:-1]}Ａ",
        "nul": f"{token}\0",
    }


@pytest.mark.parametrize("how", respellings(signed()))
def test_a_token_has_one_spelling(how):
    assert is_refused(respellings(signed())[how])


def test_raw_python_jose_would_have_taken_some_of_them():
    taken = set()
    for how, token in respellings(signed()).items():
        try:
            jws.verify(token, CryptographyECKey(PUBLIC, "ES256"), algorithms=["ES256"])
        except Exception:  # noqa: BLE001, S112  # it refuses in many ways
            continue
        taken.add(how)

    assert {"padding", "spare bits"} <= taken


def test_the_other_half_of_a_signature_is_refused():
    high = signed(high=True)

    jws.verify(high, CryptographyECKey(PUBLIC, "ES256"), algorithms=["ES256"])
    assert is_refused(high)
    assert not any(is_refused(issued()) for _ in range(50)), "half of them would be high"


PUBLIC_FORMS = {
    "PEM": PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    "DER": PUBLIC.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    "OpenSSH": PUBLIC.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
    "point": PUBLIC.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
    "JWK": compact(CryptographyECKey(PUBLIC, "ES256").to_dict()),
    "empty": b"",
    "kid": KID.encode(),
}


@pytest.mark.parametrize("form", PUBLIC_FORMS)
@pytest.mark.parametrize("alg", ["HS256", "ES256"])
def test_the_public_key_is_no_secret_to_sign_with(form, alg):
    signing_input = f"{spelled(compact(HEADER | {'alg': alg}))}.{spelled(compact(CLAIMS))}"
    mac = hmac.digest(PUBLIC_FORMS[form], signing_input.encode(), hashlib.sha256)

    for signature in (mac, mac + mac, bytes(32) + mac):
        assert is_refused(f"{signing_input}.{spelled(signature)}")


@pytest.mark.parametrize(
    "signature",
    [bytes(64), bytes(63) + b"\1", b"\0" * 31 + b"\1" + bytes(32), ORDER.to_bytes(32, "big") * 2, b"\xff" * 64],
    ids=range(5),
)
def test_a_signature_of_nothing_is_refused(signature):
    header, claims, _ = issued().split(".")

    assert is_refused(f"{header}.{claims}.{spelled(signature)}")


def test_another_key_of_the_same_name_signs_nothing():
    other = ec.generate_private_key(ec.SECP256R1())

    assert is_refused(signed(key=other))


def test_a_ticket_for_one_thing_is_none_for_another():
    short = issue(RING, EXPORT, subject=SUBJECT, ticket_id=TICKET, now=NOW, until=NOW + timedelta(minutes=5))

    assert not is_refused(short, use=EXPORT)
    assert is_refused(short)
    assert is_refused(issued(), use=EXPORT)


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        (NOW - timedelta(seconds=1), True),
        (NOW, False),
        (UNTIL - timedelta(microseconds=1), False),
        (UNTIL, True),
        (UNTIL + timedelta(days=365), True),
    ],
)
def test_a_ticket_is_good_from_its_first_moment_to_before_its_last(at, refused):
    assert is_refused(issued(), now=at) is refused


@pytest.mark.parametrize("lasts", [timedelta(0), timedelta(seconds=-1), timedelta(hours=12, seconds=1)])
def test_no_ticket_is_given_out_that_lasts_too_long_or_not_at_all(lasts):
    with pytest.raises(ValueError, match="lasts too long"):
        issue(RING, SCREEN, subject=SUBJECT, ticket_id=TICKET, now=NOW, until=NOW + lasts)


def test_two_keys_stand_side_by_side_while_one_takes_over():
    (first, first_private), (second, second_private), (third, third_private) = new_key(), new_key(), new_key()
    before, during = ring_of({first: first_private}), ring_of({first: first_private, second: second_private})
    after = ring_of({second: second_private, third: third_private})
    old, new = issued(before), issued(during)

    assert not is_refused(old, ring=during)
    assert not is_refused(new, ring=during)
    assert is_refused(new, ring=before), "the newest signs"
    assert is_refused(old, ring=after)
    assert not is_refused(new, ring=after)


def test_a_ring_has_one_key_or_two_of_one_kind():
    keys = dict(new_key() for _ in range(3))
    wider = ec.generate_private_key(ec.SECP384R1())
    pkcs8 = wider.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    for stored in (keys, {}, {KID: pkcs8}, {"../kid": PRIVATE}):
        with pytest.raises(ValueError, match="key"):
            ring_of(stored)


def test_what_is_too_long_is_not_even_looked_at():
    assert is_refused("A" * (MOST_CHARACTERS + 1))
    assert is_refused("A" * 10_000_000)


def test_nothing_of_a_refused_token_is_said():
    with pytest.raises(NotATicket) as refused:
        verify(RING, SCREEN, signed(claims=compact(CLAIMS | {"name": "Pricken"})), now=NOW)

    assert refused.value.args == ()
    assert KID not in repr(RING)


TOKEN = issued()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_change_of_a_valid_token_is_valid(data):
    at = data.draw(st.integers(0, len(TOKEN)))
    cut = data.draw(st.integers(0, 3))
    put = data.draw(st.text(max_size=3))
    changed = TOKEN[:at] + put + TOKEN[at + cut :]

    assert changed == TOKEN or is_refused(changed)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(TOKEN.encode()) * 8 - 1))
def test_no_flipped_bit_is_valid(bit):
    raw = bytearray(TOKEN.encode())
    raw[bit // 8] ^= 1 << (bit % 8)

    assert is_refused(raw.decode("latin-1"))


@settings(max_examples=200, deadline=None)
@given(st.text() | st.from_regex(r"[\w-]{1,80}\.[\w-]{1,80}\.[\w-]{86}", fullmatch=True))
def test_anything_may_be_asked_and_nothing_else_raises(anything):
    assert is_refused(anything)
