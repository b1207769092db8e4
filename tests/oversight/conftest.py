from collections.abc import Iterator

import pytest

from tests.conftest import Served, Serving
from tests.oversight.make import Desk, furnish


@pytest.fixture(scope="module")
def desk(serving: Serving) -> Iterator[Desk]:
    """For a whole file of tests that only add to the log."""
    with serving() as served:
        yield furnish(served)


@pytest.fixture
def own_desk(served: Served) -> Desk:
    """For one test that damages something."""
    return furnish(served)
