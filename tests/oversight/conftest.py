from collections.abc import Iterator
from pathlib import Path

import pytest

from sspf.db.embedded import Embedded
from sspf.vault.keys import KeyStore
from tests.conftest import Served, _opened, clone, serve
from tests.oversight.make import Desk, furnish


@pytest.fixture(scope="module")
def desk(embedded: Embedded, template: str, key_store: KeyStore, keyring_path: Path) -> Iterator[Desk]:
    """For a whole file of tests that only add to the log."""
    opened = _opened(embedded, clone(embedded, template), key_store)
    yield furnish(serve(next(opened), keyring_path))
    next(opened, None)


@pytest.fixture
def own_desk(served: Served) -> Desk:
    """For one test that damages something."""
    return furnish(served)
