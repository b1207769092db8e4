"""Opaque tokens: chance that means nothing, of which only the digest is stored.

A copy of the database therefore opens no session and no link. SHA-256 without salt is
enough, since nobody can guess 128 random bits, let alone 256 (OWASP ASVS 5.0, 7.2.3 and 11.5.1).
"""

import hashlib
import secrets

SESSION_BYTES = 32
# typed in by hand, once and within a day
LINK_BYTES = 16


def new_token() -> str:
    """A session's token: 43 characters of URL-safe base64, given out once and never stored."""
    return secrets.token_urlsafe(SESSION_BYTES)


def new_link_token() -> str:
    """A one-time link's token: 22 characters of URL-safe base64."""
    return secrets.token_urlsafe(LINK_BYTES)


def digest(token: str) -> bytes:
    """The 32 bytes a token is found by. Takes any text: what was never given out is simply not found."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
