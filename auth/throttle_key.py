"""The key that names the throttle's buckets: made once per installation, sealed beside what it hides.

Without it, a copy of the database would say which names had been typed, and somebody now and then
types the password where the name should be.
"""

import secrets

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from audit.sealing import Context, Sealer
from auth import queries
from auth.models import ThrottleKey

LENGTH = 32
_CONTEXT: Context = ("throttle_key", "sealed", "1")


def load(session: Session, sealer: Sealer) -> bytes:
    """The installation's 32 bytes; makes them if there are none. For when the application starts.

    Like ``throttle``, nothing of it is recorded: the key opens nothing.
    """
    fresh = sealer.seal(secrets.token_bytes(LENGTH), _CONTEXT)
    # the first key stays, also when two processes start at once
    session.execute(insert(ThrottleKey).values(id=1, sealed=fresh).on_conflict_do_nothing())
    return sealer.open(queries.get_throttle_key(session), _CONTEXT)
