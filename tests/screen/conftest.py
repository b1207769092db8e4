"""A served world with a meeting on a screen."""

import pytest

from tests.conftest import Served
from tests.screen.room import Room


@pytest.fixture
def room(served: Served) -> Room:
    return Room(served)
