"""In which order as few as possible go out and in. Pure: who may hear each case, and how many of them are asked."""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from uuid import UUID

# so many different rooms are tried in every order; of more, a good order is looked for
EXACT = 9

Hearing = frozenset[UUID]


def goings(rooms: Sequence[Hearing], people: Mapping[UUID, int]) -> int:
    """How often somebody goes out or comes in, from one case to the next; ``people`` is how many each sends."""
    return sum(_between(first, second, people) for first, second in pairwise(rooms))


def fewest_goings(rooms: Sequence[Hearing], people: Mapping[UUID, int]) -> list[int]:
    """The places of ``rooms`` in an order with fewer goings, or as they are if there is none.

    Cases for the same room stand together; of two orders as good, the one nearer to the given.
    """
    seen = [frozenset(one & people.keys()) for one in rooms]
    alike: dict[Hearing, list[int]] = {}
    for place, room in enumerate(seen):
        alike.setdefault(room, []).append(place)
    different = [*alike]
    order = _best(different, people) if len(different) <= EXACT else _better(different, people)
    found = [place for room in order for place in alike[room]]
    given = list(range(len(rooms)))
    return found if goings([seen[place] for place in found], people) < goings(seen, people) else given


def _between(first: Hearing, second: Hearing, people: Mapping[UUID, int]) -> int:
    return sum(people.get(one, 0) for one in first ^ second)


def _best(rooms: Sequence[Hearing], people: Mapping[UUID, int]) -> list[Hearing]:
    """The best of all orders: the cheapest way to have been in some of the rooms and end in one, then in one more."""
    cost = [[_between(one, other, people) for other in rooms] for one in rooms]
    ways: dict[tuple[frozenset[int], int], tuple[int, tuple[int, ...]]] = {
        (frozenset({last}), last): (0, (last,)) for last in range(len(rooms))
    }
    for size in range(2, len(rooms) + 1):
        for been in map(frozenset, combinations(range(len(rooms)), size)):
            for last in been:
                before = been - {last}
                ways[been, last] = min(
                    (ways[before, one][0] + cost[one][last], (*ways[before, one][1], last)) for one in before
                )
    everywhere = frozenset(range(len(rooms)))
    _cost, way = min((ways[everywhere, last] for last in everywhere), default=(0, ()))
    return [rooms[place] for place in way]


def _better(rooms: Sequence[Hearing], people: Mapping[UUID, int]) -> list[Hearing]:
    """The given order, with stretches of it turned round as long as that helps."""
    order, least = list(rooms), goings(rooms, people)
    while True:
        turned = min(
            (
                [*order[:begin], *reversed(order[begin:end]), *order[end:]]
                for begin, end in combinations(range(len(order) + 1), 2)
            ),
            key=lambda one: goings(one, people),
        )
        if goings(turned, people) >= least:
            return order
        order, least = turned, goings(turned, people)
