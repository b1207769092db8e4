"""Invented families and papers for the pure rules, drawn by hypothesis."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from sspf.consents.agreement import Family, Given, Row, taking_part
from sspf.db.clock import SWEDEN
from sspf.law.kinds import Kind

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
YOUTH, MOTHER, FATHER, GRANDMOTHER = (UUID(int=number) for number in range(1, 5))
COORDINATION, SCHOOL, POLICE, LEISURE = (UUID(int=number) for number in range(11, 15))
OTHERS = (SCHOOL, POLICE, LEISURE)
ASKED = [
    Row(source, recipient, kind)
    for source, kind in ((SCHOOL, Kind.SCHOOL), (POLICE, Kind.OBSERVATION), (COORDINATION, Kind.FAMILY_VIEW))
    for recipient in (COORDINATION, *OTHERS)
    if source != recipient
]


def midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), SWEDEN)


def a_paper(person: UUID, *rows: Row, present: tuple[UUID, ...] = OTHERS, until: datetime | None = None) -> Given:
    """One person's yes to ``present`` at the table and to ``rows``, for half a year unless said otherwise."""
    seats = frozenset[Row]().union(*(taking_part(COORDINATION, organisation) for organisation in present))
    return Given(UUID(int=person.int + 1000), person, until or NOW + timedelta(days=180), seats | frozenset(rows))


# from 8 to 19 years old at NOW, with the birthdays that matter near enough to be crossed
births = st.one_of(
    st.dates(date(2007, 1, 1), date(2018, 12, 31)),
    st.integers(-3, 400).map(lambda days: date(2011, 11, 24) + timedelta(days=days)),
    st.integers(-3, 400).map(lambda days: date(2008, 11, 24) + timedelta(days=days)),
    st.just(date(2012, 2, 29)),
)
families = st.builds(
    Family,
    youth_id=st.just(YOUTH),
    guardian_ids=st.sampled_from([(), (MOTHER,), (MOTHER, FATHER), (MOTHER, FATHER, GRANDMOTHER)]),
    born_on=births,
)
untils = st.integers(-5, 500).map(lambda days: NOW + timedelta(days=days, hours=3))


@st.composite
def papers(draw: st.DrawFn) -> list[Given]:
    """At most one live paper each, most people saying yes to most things: agreement should be common."""
    given = []
    for person in (YOUTH, MOTHER, FATHER, GRANDMOTHER):
        if draw(st.integers(0, 5)):
            refused = draw(st.sets(st.sampled_from(ASKED), max_size=3))
            absent = draw(st.sets(st.sampled_from(OTHERS), max_size=1))
            present = tuple(organisation for organisation in OTHERS if organisation not in absent)
            rows = [row for row in ASKED if row not in refused]
            given.append(a_paper(person, *rows, present=present, until=draw(untils)))
    return given
