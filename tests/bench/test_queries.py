"""No page asks the database the more the more it shows. Locks, settings and the trail's own writing are counted too."""

import pytest

from sspf.bench.counting import counted
from sspf.bench.running import MOST_QUERIES
from tests.bench.rows import FEW, MANY, Busy, Rows, fill
from tests.conftest import Served


def pages(busy: Busy) -> list[tuple[str, str]]:
    """Who opens what."""
    both = [
        "/",
        "/arenden",
        f"/arenden/{busy.case_id}",
        "/atgarder",
        "/moten",
        "/kontakter",
        f"/kontakter/{busy.concern_id}",
    ]
    both += [f"/moten/{meeting_id}" for meeting_id in (busy.planned, busy.ongoing, busy.held)]
    return [
        *(("coordinator", path) for path in [*both, "/atgarder?visa=alla"]),
        *(("school", path) for path in both),
        *(("auditor", path) for path in ("/", "/logg")),
        ("administrator", "/administration"),
    ]


def statements_of(served: Served, name: str, path: str) -> int:
    with counted(served.database.engine) as sent:
        answer = served.client(name).get(path)
    assert answer.status_code == 200, (name, path)
    return len(sent)


@pytest.mark.parametrize("rows", [FEW, MANY], ids=["few rows", "many rows"])
def test_no_page_asks_more_than_twenty_times_however_much_it_shows(served: Served, rows: Rows) -> None:
    busy = fill(served, rows)
    asked = {}

    for name, path in pages(busy):
        # twice, since once a minute it is also written down that the session is in use
        asked[name, path] = min(statements_of(served, name, path) for _ in range(2))

    assert {page: number for page, number in asked.items() if number > MOST_QUERIES} == {}
    case_page = served.client("coordinator").get(f"/arenden/{busy.case_id}").text
    assert case_page.count("Provtext") == rows.notes
    assert case_page.count("Provåtagande") >= rows.actions
