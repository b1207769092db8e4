"""A case with protected identity on its pages: every one says so, and none says who it is."""

import re
from collections.abc import Iterator

import pytest

from sspf.app.web import ROUTERS
from sspf.cases import queries as cases
from sspf.cases.protecting import protect
from sspf.people.models import Protection
from sspf.web.routing import routes_of
from tests.app.house import House
from tests.conftest import Serving

BANNER = re.compile(r'<div class="protected" role="region"')
MARK = '<span class="ds-tag" data-color="danger">Skyddade uppgifter'
CRUMBS = re.compile(r'<nav class="crumbs".*?</nav>', re.DOTALL)
PAGES = [f"GET {route.path}" for route in routes_of(ROUTERS) if "GET" in route.methods]
OF_A_CASE = [line for line in PAGES if " /arenden/{case_id}" in line]


@pytest.fixture(scope="module")
def protected(serving: Serving) -> Iterator[House]:
    """A house of its own, where the guardian in the case has protected identity."""
    with serving() as served:
        house = House(served)
        with house.served.sessions.begin() as session:
            case = cases.get_case(session, house.world.coordinator, house.case.id)
            protect(session, house.world.coordinator, case, person_id=house.guardian, level=Protection.MARKED)
        with house.client:
            yield house


@pytest.mark.parametrize("line", OF_A_CASE)
def test_every_page_of_a_protected_case_says_so_to_everybody_who_sees_it(protected: House, line: str) -> None:
    for who, answer in protected.everybody(line).items():
        if answer.status == 200:
            assert BANNER.search(answer.page), who
            assert re.search("<body[^>]* data-protected", answer.page), who


@pytest.mark.parametrize("line", [line for line in PAGES if line not in OF_A_CASE])
def test_wherever_else_it_is_named_it_is_marked(protected: House, line: str) -> None:
    for who, answer in protected.everybody(line).items():
        main = CRUMBS.sub("", answer.page.partition("<main")[2])
        if answer.status != 200 or BANNER.search(answer.page) or protected.case.alias not in main:
            continue
        assert "skyddade uppgifter" in main.lower(), who
        for beside in re.findall(rf"{protected.case.alias}</a>(.*?)</", main, re.DOTALL):
            assert MARK in beside, (who, beside)


def test_the_lists_are_among_them(protected: House) -> None:
    for line in ("GET /", "GET /arenden", "GET /moten", "GET /atgarder", "GET /moten/{meeting_id}"):
        assert MARK in protected.everybody(line)["school"].page, line
        assert MARK not in protected.everybody(line)["outsider"].page, line


@pytest.mark.parametrize("line", PAGES)
def test_no_page_says_who_it_is_but_to_whoever_asks_for_that(protected: House, line: str) -> None:
    names = {"called", "full_name", "contact", "guardian_called", "guardian_full_name"}
    for who, answer in protected.everybody(line).items():
        if line == "GET /arenden/{case_id}/personer/{person_id}" and who == "coordinator":
            assert answer.shows() & names
        else:
            assert answer.shows() & names == set(), who
