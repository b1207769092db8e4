"""Every page that links lead to, as everyone who can come there: readable, narrow, on paper, in both languages.

A new page is here as soon as something links to it. One page is looked at for each route and person, in every
look: on a phone and a desk, light and dark, in Swedish and English. The pages that no link leads to are in
``tests/app/test_every_template.py``.
"""

import pytest

from sspf.demo.cast import CAST
from tests.browser.test_every_page_of_contacts import CONTACTS
from tests.browser.walk import walking

pytestmark = pytest.mark.browser

# how many pages each comes to at least: a walk that ends at the door has looked at nothing
EVERYONE_ELSE = {"nobody": 3, "coordinator": 30, "auditor": 4, "administrator": 15}


def test_nobody_is_left_out():
    assert {*EVERYONE_ELSE, *CONTACTS} == {"nobody", *CAST}


@pytest.mark.parametrize("key", EVERYONE_ELSE)
def test_every_page_is_readable(browser, demo, key):
    with walking(browser, demo, key) as walk:
        walk.looks_at_everything()

    assert not walk.wrong, "\n".join(walk.wrong)
    assert len(walk.seen) >= EVERYONE_ELSE[key]
