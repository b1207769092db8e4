"""Opaque tokens: 256 bits of chance that mean nothing, of which only the digest is stored.

A copy of the database therefore opens no session and no link. SHA-256 without salt is
enough, since nobody can guess 256 random bits (OWASP ASVS 5.0, 7.2.3 and 11.5.1).
"""

import hashlib
import secrets

BYTES = 32


def new_token() -> str:
    """A fresh token: 43 characters of URL-safe base64, given out once and never stored."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> bytes:
    """The 32 bytes a token is found by. Takes any text: what was never given out is simply not found."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
