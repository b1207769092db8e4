"""What goes with what is taken back. Pure."""

from collections.abc import Collection
from uuid import UUID

from sspf.consents.agreement import Row
from sspf.law.kinds import TAKING_PART


def with_the_seat(standing: Collection[Row], taken: Collection[Row], coordination_id: UUID) -> frozenset[Row]:
    """The rows of ``standing`` that end when ``taken`` are taken back.

    An organisation that may not be told of the actions or the name has no seat at the
    table, and then it neither tells nor is told anything.
    """
    ending = frozenset(standing) & frozenset(taken)
    unseated = {row.recipient_id for row in ending if row.source_id == coordination_id and row.kind in TAKING_PART}
    return ending | {row for row in standing if unseated & {row.source_id, row.recipient_id}}
