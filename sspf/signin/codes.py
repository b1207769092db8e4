"""A one-time link's token as a code that can be read aloud, typed or pasted.

The token is never part of an address, since addresses end up in histories and
logs: it is typed on ``/valkommen`` instead. The letters are Crockford's base 32,
in groups of four; case, blanks and hyphens do not matter, and neither does whether
somebody reads 0 as O or 1 as I or L.
"""

import base64

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
_READ_AS = str.maketrans("OIL", "011", "- \t\n\u00a0\u2010\u2011\u2013")


def code_of(token: str) -> str:
    """The token that ``auth.accounts.one_time_link`` gave, as it is handed to a person. Raises ``ValueError``."""
    data = _bytes_of(token)
    size = -(-len(data) * 8 // 5)
    number = int.from_bytes(data, "big") << (size * 5 - len(data) * 8)
    letters = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(size)))
    return "-".join(letters[at : at + GROUP] for at in range(0, size, GROUP))


def token_of(typed: str) -> str | None:
    """The token in what somebody typed, or None if it cannot be a code."""
    letters = typed.upper().translate(_READ_AS)
    if not letters or any(letter not in ALPHABET for letter in letters):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    size = len(letters) * 5 // 8
    spare = len(letters) * 5 - size * 8
    if spare >= 5 or number & ((1 << spare) - 1):
        return None
    return base64.urlsafe_b64encode((number >> spare).to_bytes(size, "big")).rstrip(b"=").decode()


def _bytes_of(token: str) -> bytes:
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise ValueError("not a token") from error
