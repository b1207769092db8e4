"""The bench measures what it says: the same page twice, all of it sealed in one and none in the other."""

import json
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from sspf.bench import Scale, run
from sspf.bench.asking import asker
from sspf.bench.comparing import compare
from sspf.bench.ground import Ground, prepared

TINY = Scale(fields=13, few_cases=3, many_cases=30, at_once=4, rounds=2, requests=2, warm_up=1)
FIGURES = {"case_page_ratio", "case_list_growth", "burst", "burst_seconds", "queries_case_page"}


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with prepared(TINY) as ground:
        yield ground


def page(ground: Ground, path: str, *, many: bool = False) -> str:
    with asker(ground.many_port if many else ground.port, path, ground.town.token) as one:
        return one.page()


def test_the_twin_shows_the_same_page(ground: Ground) -> None:
    sealed = page(ground, f"/arenden/{ground.case_id}")
    plain = page(ground, f"/arenden/{ground.case_id}/tvilling")

    assert the_same_whenever_asked(sealed) == the_same_whenever_asked(plain)


def the_same_whenever_asked(html: str) -> str:
    """What is new on every answer, where the page is, and what only the trail can tell, taken away."""
    html = re.sub(r'(nonce|data-(idle|left))="[^"]*"', "", html).replace("/tvilling", "")
    return re.sub(r'<section[^>]*aria-labelledby="reads-title".*?</section>', "", html, flags=re.DOTALL)


def test_every_text_of_the_case_stands_on_the_page_and_in_plain_columns(ground: Ground) -> None:
    html = page(ground, f"/arenden/{ground.case_id}")

    with ground.installation.engine.connect() as connection:
        texts = [
            *connection.scalars(text("SELECT wording FROM plain_action")),
            *connection.scalars(text("SELECT statement FROM plain_note")),
            *connection.scalars(text("SELECT statement FROM plain_statement")),
            *connection.scalars(text("SELECT called_name FROM plain_person")),
        ]

    assert len(texts) == TINY.fields - 4  # but the age and three birth dates
    assert all(one.strip() in html for one in texts)


def test_the_twin_leaves_nothing_in_the_trail(ground: Ground) -> None:
    def size() -> int:
        with ground.installation.engine.connect() as connection:
            return connection.scalar(text("SELECT sum(size) FROM audit_log"))

    before = size()
    page(ground, f"/arenden/{ground.case_id}/tvilling")
    unread = size()
    page(ground, f"/arenden/{ground.case_id}")

    assert (unread, size()) == (before, before + 1)


def test_one_list_is_of_few_cases_and_the_other_of_many(ground: Ground) -> None:
    few, many = page(ground, "/arenden"), page(ground, "/arenden", many=True)

    assert few.count("Mätning") == TINY.few_cases - 1
    assert many.count("Mätning") == 25
    assert "fore=" not in few
    assert "fore=" in many


def test_the_database_keeps_what_it_has_said_it_keeps(ground: Ground) -> None:
    with ground.installation.engine.connect() as connection:
        kept = [connection.scalar(text(f"SHOW {name}")) for name in ("fsync", "synchronous_commit", "full_page_writes")]

    assert kept == ["on", "on", "on"]


def test_a_run_gives_every_figure_with_its_target() -> None:
    found = run(TINY)

    said = json.loads(json.dumps(found.as_json()))
    assert set(said["figures"]) == FIGURES
    assert set(said["targets"]) == FIGURES - {"burst_seconds"}
    assert said["figures"]["burst"] == TINY.at_once
    assert said["figures"]["queries_case_page"] <= said["targets"]["queries_case_page"]
    assert (said["rounds"], said["fields"]) == (TINY.rounds, TINY.fields)
    assert said["flush_ms"] > 0
    assert said["judged"] is (found.flush_ms < 1)


def test_a_comparison_goes_turn_and_turn_about_and_gives_the_medians() -> None:
    order: list[str] = []
    seconds = {"sealed": [0.0, 3.0, 3.0, 9.0, 9.0], "plain": [0.0, 1.0, 1.0, 3.0, 3.0]}

    def taker(name: str):
        def take() -> float:
            order.append(name)
            return seconds[name].pop(0)

        return take

    found = compare(taker("sealed"), taker("plain"), Scale(rounds=2, requests=2, warm_up=1))

    assert order == ["sealed", "plain"] + ["sealed", "plain", "plain", "sealed"] * 2
    assert (found.ratio, found.low, found.high) == (3.0, 3.0, 3.0)
    assert (found.measured_ms, found.against_ms) == (6000.0, 2000.0)
