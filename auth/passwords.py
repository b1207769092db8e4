"""Passwords: long rather than complicated, and kept as Argon2id (RFC 9106).

At least 15 characters, at most 256, any characters at all, and no rule about
which (NIST SP 800-63B-4, 3.1.1.2). Only what anybody would try first is refused.
"""

import os
import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 15
LONGEST = 256

# 46 MiB, one pass, one lane: of the settings OWASP lists, the one with the most memory (109 ms measured)
_hasher = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
# as many at once as there are cores: more would only take memory from each other
_turns = BoundedSemaphore(os.cpu_count() or 1)
# Verified where there is no account, so that the answer takes the same work. Made with the current
# parameters; nobody knows its password.
_NOBODY = _hasher.hash(os.urandom(32))

_OBVIOUS = ("sspf", "lösenord", "losenord", "password", "passord", "hemligt", "välkommen", "valkommen", "qwerty")
_RUNS = ("abcdefghijklmnopqrstuvwxyzåäö", "1234567890", "qwertyuiopåasdfghjklöäzxcvbnm")


class Weakness(StrEnum):
    """Why a password is not accepted; the page that shows it has the words."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    REPETITIVE = "repetitive"  # one piece again and again, a run of the alphabet or the keyboard
    OBVIOUS = "obvious"  # little more than the account's name, the product's or the word itself


def weakness(password: str, *, known: Iterable[str] = ()) -> Weakness | None:
    """What is wrong with a password, or None if it will do.

    ``known`` are words that anybody would try for this account: its sign-in name, the person's name.
    Length is counted in characters after normalisation, since that is what is hashed.
    """
    plain = _normal(password)
    if len(plain) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(plain) > LONGEST:
        return Weakness.TOO_LONG
    if _is_repetitive(plain.casefold()):
        return Weakness.REPETITIVE
    if _is_obvious(plain.casefold(), known):
        return Weakness.OBVIOUS
    return None


def hash_password(password: str) -> str:
    """The password as stored: Argon2id in PHC string format, with its salt and parameters.

    Waits for a turn if every core is hashing. Does not judge: ask ``weakness`` first.
    """
    with _turns:
        return _hasher.hash(_encoded(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed.

    Exactly one verification is made whatever is given: with no hash (no such account, no password
    chosen yet) or a password longer than any that is accepted, one that cannot succeed.
    """
    possible = password_hash is not None and len(password) <= LONGEST
    with _turns:
        try:
            _hasher.verify(password_hash if password_hash is not None else _NOBODY, _encoded(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return possible


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's, and should be made anew at a sign-in."""
    return _hasher.check_needs_rehash(password_hash)


def _normal(password: str) -> str:
    """The same text typed on different keyboards is the same password (RFC 8265 uses NFC; NIST suggests NFKC)."""
    return unicodedata.normalize("NFKC", password)


def _encoded(password: str) -> bytes:
    return _normal(password).encode(errors="surrogatepass")


def _is_repetitive(plain: str) -> bool:
    if len(set(plain)) < 5:
        return True
    if any(plain in run * (LONGEST // len(run) + 2) for line in _RUNS for run in (line, line[::-1])):
        return True
    return any((plain[:size] * (len(plain) // size + 1)).startswith(plain) for size in range(1, len(plain) // 2 + 1))


def _is_obvious(plain: str, known: Iterable[str]) -> bool:
    """Whether fewer than eight characters, or a repetition, remain when the words anybody would try are taken out."""
    pieces = {piece for word in known for piece in re.split(r"[^\w]+", word.casefold()) if len(piece) > 2}
    for piece in sorted(pieces | set(_OBVIOUS), key=len, reverse=True):
        plain = plain.replace(piece, " ")
    rest = re.sub(r"\s+", "", plain)
    return len(rest) < 8 or _is_repetitive(rest)
