"""What several people's answers add up to. Pure: ids, dates and the age table, no database.

About the youth, a row counts when everyone the age table names has said yes to it,
today and on every birthday until it ends; about a guardian, when that guardian has.
And nothing is told to or by an organisation that the family does not want at the table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from sspf.db.clock import SWEDEN
from sspf.law.consenters import AGE_TABLE, AgeTable, needed, turns
from sspf.law.kinds import TAKING_PART, Kind

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """``source`` may tell ``recipient`` this kind of thing."""

    source_id: UUID
    recipient_id: UUID
    kind: Kind


@dataclass(frozen=True, slots=True)
class Given:
    """One person's live consent: the rows they said yes to, and since when."""

    consent_id: UUID
    person_id: UUID
    until: datetime
    rows: frozenset[Row]
    since: datetime = LONG_AGO


@dataclass(frozen=True, slots=True)
class Family:
    """Who may be asked about a case; ``born_on`` is the youth's, ``ages`` the municipality's table."""

    youth_id: UUID
    guardian_ids: tuple[UUID, ...]
    born_on: date
    ages: AgeTable = AGE_TABLE

    def needed_on(self, day: date) -> frozenset[UUID]:
        """Everyone whose yes is needed that day; an empty set is a no."""
        return needed(self.born_on, day, youth=self.youth_id, guardians=self.guardian_ids, table=self.ages)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A row that holds about one person, until when, and the consents it needs."""

    row: Row
    about_id: UUID
    until: datetime
    consent_ids: frozenset[UUID]


def agreed(family: Family, consents: Sequence[Given], now: datetime, *, coordination_id: UUID) -> frozenset[Agreed]:
    """Every row that holds at ``now``, about the youth and about each guardian."""
    given = sorted(consents, key=lambda one: one.until)  # of one person's papers the longest counts
    rows = {row for one in given for row in one.rows}
    found = [
        one
        for row in rows
        for one in (
            _about_youth(family, row, given, now),
            *(_about_guardian(guardian, row, given) for guardian in family.guardian_ids),
        )
        if one is not None and one.until > now
    ]
    return frozenset(_at_table(found, seats(found, family.youth_id, coordination_id), coordination_id))


def taking_part(coordination_id: UUID, organisation_id: UUID) -> frozenset[Row]:
    """What an organisation that the family wants at the table is told by coordination."""
    return frozenset(Row(coordination_id, organisation_id, kind) for kind in TAKING_PART)


def seats(found: Iterable[Agreed], youth_id: UUID, coordination_id: UUID) -> dict[UUID, datetime]:
    """Each organisation that takes part and until when: while coordination may tell it of the actions."""
    return {
        one.row.recipient_id: one.until
        for one in found
        if one.about_id == youth_id and one.row.source_id == coordination_id and one.row.kind is Kind.ACTIONS
    }


def _at_table(found: Iterable[Agreed], seated: Mapping[UUID, datetime], coordination_id: UUID) -> list[Agreed]:
    """Those between organisations that take part, none of them longer than both do."""
    kept = []
    for one in found:
        ends = {one.row.source_id, one.row.recipient_id} - {coordination_id}
        if ends <= seated.keys():
            kept.append(replace(one, until=min([one.until, *(seated[end] for end in ends)])))
    return kept


def _about_youth(family: Family, row: Row, consents: Sequence[Given], now: datetime) -> Agreed | None:
    yes = {given.person_id: given for given in consents if row in given.rows}
    resting_on = _all_of(yes, family.needed_on(now.astimezone(SWEDEN).date()))
    if resting_on is None:
        return None
    until = min(given.until for given in resting_on)
    for birthday in birthdays_that_matter(family, now):
        if birthday >= until:
            break
        lasting = {person: given for person, given in yes.items() if given.until > birthday}
        more = _all_of(lasting, family.needed_on(birthday.date()))
        if more is None:
            # whoever must agree from that day has not, so it ends with the day before
            until = birthday
            break
        resting_on = resting_on | more
        until = min(until, *(given.until for given in more))
    return Agreed(row, family.youth_id, until, frozenset(given.consent_id for given in resting_on))


def _about_guardian(guardian: UUID, row: Row, consents: Sequence[Given]) -> Agreed | None:
    """By that guardian's own yes, the one that lasts longest if there are several."""
    own = [given for given in consents if given.person_id == guardian and row in given.rows]
    return Agreed(row, guardian, own[-1].until, frozenset({own[-1].consent_id})) if own else None


def _all_of(yes: Mapping[UUID, Given], people: frozenset[UUID]) -> frozenset[Given] | None:
    """The consents of all ``people``; None if one is missing, or if nobody can agree at all."""
    if not people or not people <= yes.keys():
        return None
    return frozenset(yes[person] for person in people)


def birthdays_that_matter(family: Family, now: datetime) -> list[datetime]:
    """The midnights still to come at which the age table names other people, in order."""
    midnights = (
        datetime.combine(day, datetime.min.time(), SWEDEN) for day, _rule in turns(family.born_on, family.ages)
    )
    return [midnight for midnight in midnights if midnight > now]
