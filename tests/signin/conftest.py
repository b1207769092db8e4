import pytest

from tests.conftest import Served
from tests.signin.make import Site


@pytest.fixture
def site(served: Served) -> Site:
    return Site(served)
