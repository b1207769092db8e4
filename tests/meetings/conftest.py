"""A served world for the tests of meetings' pages."""

import pytest

from tests.conftest import Served
from tests.meetings.served import Town


@pytest.fixture
def town(served: Served) -> Town:
    return Town(served)
