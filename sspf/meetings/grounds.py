"""Which organisations may hear of a case, and who in the room may not. For the leader alone: it says who takes part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sspf.cases.models import Case
from sspf.meetings.models import Attendance, Presence


def may_hear(case: Case, at: datetime) -> frozenset[UUID]:
    """Coordination, and every organisation that takes part in the case at ``at``."""
    return frozenset(
        {case.coordination_id, *(spell.organisation_id for spell in case.participations if spell.is_live(at))}
    )


@dataclass(frozen=True, slots=True)
class RoomFor:
    """The room as it is for one case, by organisation.

    ``to_go_out`` are here and lack a ground for the case, ``to_keep_out`` have been asked to come and lack
    it too. ``missing`` take part in the case and are not at the meeting: what they may know is not changed by that.
    """

    here: tuple[UUID, ...]
    to_go_out: tuple[UUID, ...]
    to_keep_out: tuple[UUID, ...]
    missing: tuple[UUID, ...]


def room_for(case: Case, attendance: Sequence[Attendance], at: datetime) -> RoomFor:
    """Who is in the room and who must not be while ``case`` is talked about."""
    allowed = may_hear(case, at)
    here = _organisations(attendance, Presence.PRESENT)
    expected = tuple(one for one in _organisations(attendance, Presence.INVITED) if one not in here)
    return RoomFor(
        here=here,
        to_go_out=tuple(one for one in here if one not in allowed),
        to_keep_out=tuple(one for one in expected if one not in allowed),
        missing=tuple(sorted(allowed - {case.coordination_id, *here, *expected})),
    )


def _organisations(attendance: Iterable[Attendance], presence: Presence) -> tuple[UUID, ...]:
    """Each organisation once, in the order in which its people are listed; the family is none."""
    return tuple(
        dict.fromkeys(row.organisation_id for row in attendance if row.presence is presence and row.organisation_id)
    )
