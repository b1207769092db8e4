"""One town for each file of tests, and in it a meeting of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sspf.db.embedded import Embedded
from sspf.vault.keys import KeyStore
from tests.conftest import Served, _opened, clone, serve
from tests.screen.room import Room


@pytest.fixture(scope="module")
def place(embedded: Embedded, template: str, key_store: KeyStore, keyring_path: Path) -> Iterator[Served]:
    for database in _opened(embedded, clone(embedded, template), key_store):
        yield serve(database, keyring_path)


@pytest.fixture
def room(place: Served) -> Room:
    return Room(place)
