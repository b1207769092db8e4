"""The order of the agenda: as few as possible go out and in. Rules, no database."""

from itertools import permutations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from sspf.meetings.ordering import EXACT, fewest_goings, goings

ORGANISATIONS = [UUID(int=number) for number in range(1, 6)]
ROOM = st.frozensets(st.sampled_from(ORGANISATIONS))
PEOPLE = st.dictionaries(st.sampled_from(ORGANISATIONS), st.integers(1, 3))
SCHOOL, POLICE, LEISURE, *_ = ORGANISATIONS


def test_somebody_who_hears_two_cases_is_not_sent_out_between_them() -> None:
    rooms = [frozenset({SCHOOL, POLICE}), frozenset({SCHOOL}), frozenset({SCHOOL, POLICE})]
    people = {SCHOOL: 1, POLICE: 2}

    order = fewest_goings(rooms, people)

    assert order == [0, 2, 1]
    assert goings(rooms, people) == 4
    assert goings([rooms[place] for place in order], people) == 2


def test_an_order_that_cannot_be_bettered_stays() -> None:
    rooms = [frozenset({SCHOOL}), frozenset({SCHOOL, POLICE}), frozenset({POLICE, LEISURE})]

    assert fewest_goings(rooms, dict.fromkeys(ORGANISATIONS, 1)) == [0, 1, 2]
    assert fewest_goings([], {}) == []


def test_who_is_not_there_does_not_count() -> None:
    rooms = [frozenset({SCHOOL, POLICE}), frozenset({SCHOOL}), frozenset({SCHOOL, POLICE})]

    assert fewest_goings(rooms, {SCHOOL: 1}) == [0, 1, 2]


@given(rooms=st.lists(ROOM, max_size=6), people=PEOPLE)
def test_no_order_of_a_few_cases_is_better(rooms: list[frozenset[UUID]], people: dict[UUID, int]) -> None:
    found = fewest_goings(rooms, people)

    assert sorted(found) == list(range(len(rooms)))
    least = min(goings([rooms[place] for place in one], people) for one in permutations(range(len(rooms))))
    assert goings([rooms[place] for place in found], people) == least


@given(rooms=st.lists(ROOM, min_size=EXACT, max_size=16), people=PEOPLE)
def test_many_cases_never_get_a_worse_order(rooms: list[frozenset[UUID]], people: dict[UUID, int]) -> None:
    found = fewest_goings(rooms, people)

    assert sorted(found) == list(range(len(rooms)))
    assert goings([rooms[place] for place in found], people) <= goings(rooms, people)
