"""One house for the pages where each test has a case of its own, and an empty one where lists are counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sspf.db.embedded import Embedded
from sspf.vault.keys import KeyStore
from tests.conftest import Served, _opened, clone, serve
from tests.plans.house import House


@pytest.fixture(scope="module")
def house(embedded: Embedded, template: str, key_store: KeyStore, keyring_path: Path) -> Iterator[House]:
    for database in _opened(embedded, clone(embedded, template), key_store):
        yield House(serve(database, keyring_path))


@pytest.fixture
def empty_house(served: Served) -> House:
    return House(served)
