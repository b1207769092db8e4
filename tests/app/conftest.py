"""One house for all of these tests: nothing that they ask for stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sspf.db.embedded import Embedded
from sspf.vault.keys import KeyStore
from tests.app.house import House
from tests.conftest import _opened, clone, serve


@pytest.fixture(scope="session")
def house(embedded: Embedded, template: str, key_store: KeyStore, keyring_path: Path) -> Iterator[House]:
    for database in _opened(embedded, clone(embedded, template), key_store):
        house = House(serve(database, keyring_path))
        with house.client:
            yield house
