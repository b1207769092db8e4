"""One application for all tests of consent pages; each has a case of its own in it."""

from collections.abc import Iterator

import pytest

from tests.conftest import Served, Serving
from tests.consents.served import Desk


@pytest.fixture(scope="package")
def house(serving: Serving) -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def desk(house: Served) -> Desk:
    return Desk(house)
