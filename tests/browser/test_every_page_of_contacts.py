"""The same for the four contacts: each is told something else, and so has pages of their own."""

import pytest

from tests.browser.walk import walking

pytestmark = pytest.mark.browser

CONTACTS = {"social": 10, "school": 15, "police": 10, "leisure": 8}


@pytest.mark.parametrize("key", CONTACTS)
def test_every_page_is_readable(browser, demo, key):
    with walking(browser, demo, key) as walk:
        walk.looks_at_everything()

    assert not walk.wrong, "\n".join(walk.wrong)
    assert len(walk.seen) >= CONTACTS[key]
