"""What "live" means, said once.

A disclosure is live from its first moment up to but not including its last, unless it
has been ended. The door asks; the sweep destroys the keys of those that will never be
live again. Nothing else decides whether anybody may read.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_

from sspf.vault.models import Disclosure, DisclosureEnd

# not the transaction's start: a reader that waited for a lock asks for the moment after it
STATEMENT_TIME: ColumnElement[datetime] = func.statement_timestamp()


def is_live(moment: ColumnElement[datetime] = STATEMENT_TIME) -> ColumnElement[bool]:
    """``from <= moment < until`` and no end row."""
    return (Disclosure.valid_from <= moment) & ~is_over(moment)


def is_over(moment: ColumnElement[datetime] = STATEMENT_TIME) -> ColumnElement[bool]:
    """Ended or past its time: never live again. One not yet begun is neither live nor over."""
    # coalesced, since unknown is neither a yes nor its opposite
    expired = func.coalesce(Disclosure.valid_until <= moment, False)
    return or_(expired, exists().where(DisclosureEnd.disclosure_id == Disclosure.id).correlate(Disclosure))
