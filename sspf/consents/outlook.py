"""What a form would change if it were saved now. Changes nothing itself.

Computed by the same rules as ``settling``, so that the check page and what follows are one thing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from sspf.cases.models import Case
from sspf.consents import queries
from sspf.consents.agreement import Agreed, Family, Given, Row, agreed, seats
from sspf.consents.hearing import ChildsNo, left_of
from sspf.consents.lasting import last_day
from sspf.consents.matrix import by_people
from sspf.consents.renewing import run_out, without_taking_part
from sspf.consents.settling import as_agreed
from sspf.consents.sharing import Tally, shared_under, tallied
from sspf.db import new_id
from sspf.law.kinds import TAKING_PART


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation at the table, and until when; ``was`` is until when it sat there before, if it did."""

    organisation_id: UUID
    until: datetime
    was: datetime | None = None

    @property
    def last_day(self) -> date:
        return last_day(self.until)

    @property
    def last_day_before(self) -> date | None:
        return last_day(self.was) if self.was else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The difference a form makes.

    ``comes`` and ``leaves`` are seats at the table, ``stays`` those that get another last day; ``begins`` and
    ``ends`` what may be told, by whom it is about (less what goes with a seat that is lost); ``closes`` what can
    be read now and no longer, ``goes_on`` what is shared, or shared again, under the new yes. ``waits`` and
    ``waits_for_seat`` are what this person says yes to and somebody else who is needed has not, or not yet.
    ``asks_again`` are those whose yes from before the child's no does not count any more, or not all of it.
    """

    comes: tuple[Seat, ...]
    stays: tuple[Seat, ...]
    leaves: tuple[UUID, ...]
    begins: Mapping[frozenset[UUID], frozenset[Row]]
    ends: Mapping[frozenset[UUID], frozenset[Row]]
    closes: tuple[Tally, ...]
    goes_on: tuple[Tally, ...]
    waits_for_seat: frozenset[UUID]
    waits: frozenset[Row]
    asks_again: frozenset[UUID]

    @property
    def changes_nothing(self) -> bool:
        seats = (self.comes, self.stays, self.leaves)
        return not any((*seats, self.begins, self.ends, self.closes, self.goes_on, self.asks_again))


def look_ahead(
    session: Session,
    case: Case,
    family: Family,
    *,
    person_id: UUID,
    rows: frozenset[Row],
    until: datetime,
    now: datetime,
    nos: Collection[ChildsNo] = (),
) -> Outlook:
    """What happens if ``person_id`` says yes to exactly ``rows`` until ``until``, and the child's ``nos`` are heard."""
    standing = [as_agreed(one) for one in queries.unended_waivers(session, case.id) if one.valid_until > now]
    given = [one for one in queries.given_in(session, case, now) if one.person_id != person_id]
    others = left_of([one for one in given if one.person_id != family.youth_id], nos, case.coordination_id)
    others += [one for one in given if one.person_id == family.youth_id]
    wanted = agreed(
        family, [*others, Given(new_id(), person_id, until, rows)], now, coordination_id=case.coordination_id
    )
    had, has = _by_key(standing), _by_key(wanted)
    before = seats(standing, family.youth_id, case.coordination_id)
    after = seats(wanted, family.youth_id, case.coordination_id)
    shared = without_taking_part(case, shared_under(session, standing))
    expired = run_out(session, case)
    gone = before.keys() - after.keys()
    stays = (Seat(one, after[one], before[one]) for one in after if one in before)
    waiting = rows - {row for row, about_id in has if about_id == family.youth_id}
    return Outlook(
        comes=tuple(Seat(one, after[one]) for one in after if one not in before),
        stays=tuple(seat for seat in stays if seat.last_day != seat.last_day_before),
        leaves=tuple(gone),
        begins=_told(has.keys() - had.keys()),
        ends=_told(key for key in had.keys() - has.keys() if gone.isdisjoint({key[0].source_id, key[0].recipient_id})),
        closes=tuple(tallied(one for one in shared if one.key not in has)),
        goes_on=tuple(tallied(one for one in [*shared, *expired] if one.key in has)),
        waits_for_seat=frozenset(row.recipient_id for row in waiting if row.kind in TAKING_PART),
        waits=frozenset(row for row in waiting if row.kind not in TAKING_PART),
        asks_again=frozenset(one.person_id for one in others if one not in given),
    )


def _by_key(found: Collection[Agreed]) -> dict[tuple[Row, UUID], Agreed]:
    return {(one.row, one.about_id): one for one in found}


def _told(keys: Iterable[tuple[Row, UUID]]) -> Mapping[frozenset[UUID], frozenset[Row]]:
    """By whom it is about, without what every seat at the table gives by itself."""
    return by_people(key for key in keys if key[0].kind not in TAKING_PART)
