"""One house for the pages where each test has a case of its own, and an empty one where lists are counted."""

from collections.abc import Iterator

import pytest

from tests.conftest import Served, Serving
from tests.plans.house import House


@pytest.fixture(scope="module")
def house(serving: Serving) -> Iterator[House]:
    with serving() as served:
        yield House(served)


@pytest.fixture
def empty_house(served: Served) -> House:
    return House(served)
