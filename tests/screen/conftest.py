"""One town for each file of tests, and in it a meeting of its own for each test."""

from collections.abc import Iterator

import pytest

from tests.conftest import Served, Serving
from tests.screen.room import Room


@pytest.fixture(scope="module")
def place(serving: Serving) -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def room(place: Served) -> Room:
    return Room(place)
