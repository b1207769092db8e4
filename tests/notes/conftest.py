"""One house for all the pages here: each test has a case of its own."""

from collections.abc import Iterator

import pytest

from tests.conftest import Serving
from tests.notes.house import House


@pytest.fixture(scope="module")
def house(serving: Serving) -> Iterator[House]:
    with serving() as served:
        yield House(served)
