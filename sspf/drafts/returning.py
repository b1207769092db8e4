"""What comes with a form when its sender's session has run out: kept for them, until they have signed in again."""

import re

from sqlalchemy.orm import Session

from auth.returning import who_was
from sspf.drafts.service import Typed, keep

_WORDS = re.compile(r"\S\s+\S")


def keep_typed(session: Session, token: str, path: str, typed: Typed) -> bool:
    """Seal it as the draft of whoever had the session; whether it was kept. A press of a button is not."""
    actor = who_was(session, token)
    if actor is None or not any(_WORDS.search(text) for _, text in typed):
        return False
    return keep(session, actor, page="", sent_to=path, typed=typed) is not None
