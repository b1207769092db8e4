"""TOTP seeds at rest: sealed for one user, by the narrow sealer that ``app`` hands over.

A seed moved to another user's row does not open. What a sealer raises for a
seed that was altered passes through, since that is a fault and not a wrong code.
"""

from uuid import UUID

from audit.sealing import Sealer
from auth.models import new_id
from auth.totp import new_secret


def seal_seed(sealer: Sealer, user_id: UUID, secret: str) -> bytes:
    """A seed (base32) as it is stored, in the user's row or in their one-time link."""
    return sealer.seal(secret.encode(), _context(user_id))


def open_seed(sealer: Sealer, user_id: UUID, sealed: bytes) -> str:
    """The seed sealed for this user, in base32."""
    return sealer.open(sealed, _context(user_id)).decode()


def nobodys_seed(sealer: Sealer) -> str:
    """A seed nobody has, sealed and opened: the same work where there is no account."""
    nobody = new_id()
    return open_seed(sealer, nobody, seal_seed(sealer, nobody, new_secret()))


def _context(user_id: UUID) -> tuple[str, ...]:
    return ("user", "totp_secret", str(user_id))
