"""One application for all tests of consent pages; each has a case of its own in it."""

from collections.abc import Iterator

import pytest

from tests.conftest import Served, _opened, clone, serve
from tests.consents.served import Desk


@pytest.fixture(scope="package")
def house(embedded, template, key_store, keyring_path) -> Iterator[Served]:
    for database in _opened(embedded, clone(embedded, template), key_store):
        yield serve(database, keyring_path)
    Desk.clients.clear()


@pytest.fixture
def desk(house: Served) -> Desk:
    return Desk(house)
