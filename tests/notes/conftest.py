"""One house for all the pages here: each test has a case of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sspf.db.embedded import Embedded
from sspf.vault.keys import KeyStore
from tests.conftest import _opened, clone, serve
from tests.notes.house import House


@pytest.fixture(scope="module")
def house(embedded: Embedded, template: str, key_store: KeyStore, keyring_path: Path) -> Iterator[House]:
    for database in _opened(embedded, clone(embedded, template), key_store):
        yield House(serve(database, keyring_path))
