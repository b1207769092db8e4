"""The sign-in name, in the one form it is stored, compared and throttled in."""

import re
import unicodedata

LONGEST = 254

# PostgreSQL's text has no place for a NUL or half a surrogate pair
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def normal_email(typed: str) -> str:
    """The name as stored: trimmed, NFKC, case-folded. Takes any text; what cannot be a name matches none."""
    plain = unicodedata.normalize("NFKC", typed).strip().casefold()
    return _UNSTORABLE.sub("\ufffd", plain)[: LONGEST + 1]


def is_email(name: str) -> bool:
    """Whether a normal name has the shape of an address: something on either side of one @, no blanks."""
    local, at, domain = name.partition("@")
    has_shape = bool(local and at and domain) and "@" not in domain
    return has_shape and len(name) <= LONGEST and name.isprintable() and not {" ", "\ufffd"} & set(name)
