"""One house for all of these tests: nothing that they ask for stays."""

from collections.abc import Iterator

import pytest

from tests.app.house import House
from tests.conftest import Serving


@pytest.fixture(scope="session")
def house(serving: Serving) -> Iterator[House]:
    with serving() as served:
        house = House(served)
        with house.client:
            yield house
