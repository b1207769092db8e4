"""Nothing is read off the record: what a page shows is in the trail, or the page is not sent."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from sspf.app.web import ROUTERS
from sspf.web.routing import routes_of
from tests.app.house import NUMBERS, ROLES, SAID, Answer, House
from tests.unsealed import everything_sealed

LINES = [f"{method} {route.path}" for route in routes_of(ROUTERS) for method in route.methods]
PAGES = [line for line in LINES if line.startswith("GET")]

EVERYONE = {"called", "goal", "action", "comment", "decision"}
MAY_SEE = {
    "coordinator": (SAID.keys() | NUMBERS.keys())
    - {"draft", "note", "detail", "weighing", "guardian_full_name", "guardian_number"},
    "social": EVERYONE,
    # its own worry and what it made of its duty to report, and the advice that came back
    "school": EVERYONE | {"draft", "note", "detail", "worry", "weighing", "advice"},
    "police": EVERYONE | {"note", "detail"},
    "leisure": EVERYONE,
}


@pytest.fixture(scope="module")
def places(house: House) -> dict[str, set[tuple[str, str]]]:
    """Where each of the texts is sealed: envelope and field."""
    said = {words: name for name, words in (SAID | NUMBERS).items()}
    found: dict[str, set[tuple[str, str]]] = {name: set() for name in said.values()}
    for one in everything_sealed(house.served.sessions):
        # a draft is a whole form, everything else one text
        in_it = said if one.place == "draft.typed" else {one.text} & said.keys()
        for words in in_it:
            if words in one.text:
                found[said[words]].add((str(one.envelope_id), one.place))
    return found


def test_all_that_is_said_here_is_sealed_somewhere(places):
    assert all(places.values())


@pytest.mark.parametrize("line", LINES)
def test_every_text_on_a_page_was_revealed_to_its_reader_and_recorded(house, places, line):
    for who, answer in house.everybody(line).items():
        recorded = revealed(answer)
        for name in answer.shows():
            assert places[name] & recorded, (who, name)
        for entry in answer.entries("envelope:read"):
            assert entry.who.user_id == house.world.people[who].user_id
            assert entry.who.session_id is not None
            assert entry.facts["purpose"]
            about = {subject.case_id or subject.ids.get("draft") for subject in entry.subjects}
            concerns = {subject.ids.get("concern") for subject in entry.subjects} - {None}
            assert concerns or about & {house.case.id, house.draft_series}


@pytest.mark.parametrize("line", LINES)
def test_every_opening_of_the_door_is_one_entry(house, line):
    for who, answer in house.everybody(line).items():
        # a request that was refused on the way is undone, what it opened included, and the refusal recorded instead
        expected = answer.readings if answer.status < 400 or answer.status in {409, 422} else 0
        assert len(answer.entries("envelope:read")) == expected, who


def test_all_pages_together_show_each_of_them_just_this(house):
    shown = {who: set().union(*(house.everybody(line)[who].shows() for line in LINES)) for who in ROLES}

    assert {who: names for who, names in shown.items() if names} == MAY_SEE


@pytest.fixture(scope="module")
def broken_trail(house: House) -> Iterator[House]:
    """The same house, while no entry can be written."""
    for line in PAGES:
        house.everybody(line)
    engine = create_engine(house.served.database.superuser_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION refuse_entries() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER refuse_entries BEFORE INSERT ON audit_leaf"
                " FOR EACH ROW EXECUTE FUNCTION refuse_entries()"
            )
        )
    yield house
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER refuse_entries ON audit_leaf"))
        connection.execute(text("DROP FUNCTION refuse_entries"))
    engine.dispose()


@pytest.mark.parametrize("line", PAGES)
def test_without_a_trail_nothing_is_shown(broken_trail, line):
    for who in ("coordinator", "school", "auditor"):
        usual, answer = broken_trail.everybody(line)[who], broken_trail.asked(who, line)

        assert answer.status == (500 if usual.recorded else usual.status), who
        assert answer.shows() == set(), who
        assert answer.recorded == (), who


def revealed(answer: Answer) -> set[tuple[str, str]]:
    """The fields that the trail says were revealed, each with its envelope."""
    return {
        (envelope_id, field)
        for entry in answer.entries("envelope:read")
        for alike in entry.facts["envelopes"]
        for envelope_id in alike["ids"]
        for field in alike["fields"]
    }
