"""A paper is read by the version printed on it, in a municipality that has a form of its own."""

import re
from collections.abc import Iterator

import pytest

from sspf.law.kinds import Kind
from tests.conftest import Served, Serving
from tests.consents.make import NARROW, a_form
from tests.consents.served import SCHOOL_TO_POLICE, Desk, filled


@pytest.fixture(scope="module")
def house(serving: Serving) -> Iterator[Served]:
    with serving() as served:
        with served.sessions.begin() as session:
            a_form(session, served.world, version="2025-1")
            a_form(session, served.world, version="2026-1", asked=NARROW)
        yield served


def test_the_newest_is_shown_and_only_what_it_asks(desk: Desk) -> None:
    page = desk.client().get(f"{desk.base}/samtycke/nytt?person={desk.guardians[0]}").text

    assert filled(page)["form_version"] == "2026-1"
    assert [name for name in filled(page) if name.startswith("rows[")] == [desk.row(*SCHOOL_TO_POLICE)]
    assert re.search(r"frågar inte om\s+Enheten leisure, Enheten social\.", page)


def test_another_version_is_shown_with_what_was_typed(desk: Desk) -> None:
    typed = {name: value for name, value in desk.paper().items() if "leisure" not in name}
    typed.pop(f"organisations[{desk.world.id_of('leisure')}]")
    typed.pop(desk.row("police", "school", Kind.OBSERVATION))

    page = (
        desk.client()
        .post(f"{desk.base}/samtycke/blankett", data=typed | {"form_version": "2025-1", "fill": "version"})
        .text
    )

    assert filled(page)["form_version"] == "2025-1"
    assert filled(page)[desk.row(*SCHOOL_TO_POLICE)] == "yes"
    assert desk.row("police", "school", Kind.OBSERVATION) in page


def test_what_the_version_does_not_ask_is_refused(desk: Desk) -> None:
    for step in ("samtycke/granska", "samtycke"):
        page = desk.client().post(f"{desk.base}/{step}", data=desk.paper())

        assert page.status_code == 422
        assert "inte frågar om" in page.text
    assert desk.count("consent") == 0
