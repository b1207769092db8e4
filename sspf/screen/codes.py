"""The code that connects another computer: eight letters and digits read aloud or off a page, good for a minute.

Only its digest is kept, under a key: whoever copies the database within the minute has no code.
"""

import hmac
import re
import secrets
from datetime import timedelta

# none that is taken for another: no 0 and O, no 1, I and L, no U and V
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LASTS = timedelta(seconds=60)

_BETWEEN = re.compile(r"[\s\u2010-\u2013-]+")


def new_code() -> str:
    """A fresh code: 39 bits of chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spelled(code: str) -> str:
    """The code as it is shown: "K7QF 2MTX"."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def code_in(typed: str) -> str | None:
    """The code in what somebody typed, whatever the case and the gaps; None if it cannot be one."""
    code = _BETWEEN.sub("", typed).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def digest(key: bytes, code: str) -> bytes:
    """The 32 bytes that the code is found by."""
    return hmac.digest(key, f"screen code:{code}".encode(), "sha256")
