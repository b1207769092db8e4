"""The child is heard: what the youth says no to rests on nobody's earlier yes, whoever writes it down. Pure.

Where the youth's own yes is needed, their no stops it by itself and the others' papers stay as they are. Where
it is not, for a child that young, what the others have said yes to before ends with it; a yes that they say
afterwards, knowing what the child says, counts.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sspf.consents.agreement import Given, Row
from sspf.consents.leaving import with_the_seat
from sspf.consents.models import Consent, EndReason


@dataclass(frozen=True, slots=True)
class ChildsNo:
    """What the youth said no to and when; ``rows`` None is everything."""

    at: datetime
    rows: frozenset[Row] | None

    def takes(self, given: Given, coordination_id: UUID) -> frozenset[Row]:
        """What somebody else's yes loses by it: all that goes with it too, and nothing of a yes said afterwards."""
        if given.since > self.at:
            return frozenset()
        return given.rows if self.rows is None else with_the_seat(given.rows, self.rows, coordination_id)


def left_of(others: Sequence[Given], nos: Collection[ChildsNo], coordination_id: UUID) -> list[Given]:
    """What the others' yes comes to when the youth is heard."""
    return [replace(one, rows=one.rows.difference(*(no.takes(one, coordination_id) for no in nos))) for one in others]


def taken_back(newest: Consent | None) -> list[ChildsNo]:
    """What the youth has taken back of their newest paper, whole or in part."""
    if newest is None:
        return []
    if newest.ended_at is not None and newest.end_reason in {EndReason.WITHDRAWN, EndReason.RECEIVED}:
        return [ChildsNo(newest.ended_at, None)]
    return [ChildsNo(row.ended_at, frozenset({row.as_row})) for row in newest.rows if row.ended_at is not None]
