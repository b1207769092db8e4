"""Mina åtaganden: what is one's own, in order, page by page, and nothing more opened than is shown."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from audit.events import Event
from sspf.consents.service import withdraw
from sspf.plans import queries, service
from sspf.plans.queries import Cursor
from tests.plans.make import an_agreed_case, fresh, promise
from tests.world import World, a_case, agree


def texts(actions) -> list[str]:
    return [action.text for action in actions]


def test_mine_are_my_own_and_my_organisations(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    promise(session, world, case, text="Kuratorns", person=True, in_=2)
    promise(session, world, case, text="Skolans", in_=1)
    promise(session, world, case, text="Polisens", of="police")
    promise(session, world, case, text="Familjens", of="family")

    assert texts(queries.my_actions(session, world.school).to_do) == ["Skolans", "Kuratorns"]
    assert texts(queries.my_actions(session, world.coordinator).to_do) == []


def test_the_coordinator_can_ask_for_everyones_with_the_familys_last(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    promise(session, world, case, text="Familjens", of="family", in_=-5)
    promise(session, world, case, text="Skolans", in_=3)
    promise(session, world, case, text="Polisens", of="police", in_=-1)

    found = queries.my_actions(session, world.coordinator, everyone=True)

    assert texts(found.to_do) == ["Polisens", "Skolans", "Familjens"]


def test_a_case_one_takes_no_part_in_has_no_actions(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    promise(session, world, case)

    assert queries.my_actions(session, world.outsider, everyone=True).to_do == []
    assert queries.my_actions(session, world.auditor, everyone=True).to_do == []


def test_a_case_that_has_been_withdrawn_leaves_no_gap_in_the_list(session: Session, world: World) -> None:
    gone = a_case(session, world)
    consents = agree(session, world, gone)
    promise(session, world, gone, text="Borta", in_=1)
    withdraw(session, world.coordinator, fresh(session, world.coordinator, gone), consents[-1])
    promise(session, world, an_agreed_case(session, world), text="Kvar", in_=2)

    found = queries.my_actions(session, world.school, limit=1)

    assert (texts(found.to_do), found.next_after) == (["Kvar"], None)


def test_what_was_done_lately_is_there_and_then_no_more(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    lately, before = promise(session, world, case, text="Nyss"), promise(session, world, case, text="Förut")
    for action in (before, lately):
        service.mark_done(session, world.school, case, action)
    before.changed_at -= timedelta(days=8)
    session.flush()

    assert texts(queries.my_actions(session, world.school).closed) == ["Nyss"]


def test_what_was_dropped_can_still_be_found_and_taken_back(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    action = promise(session, world, case, text="Struket")
    service.drop(session, world.school, case, action)
    session.flush()

    found = queries.my_actions(session, world.school)

    assert (texts(found.to_do), texts(found.closed)) == ([], ["Struket"])
    assert queries.my_actions(session, world.school, lately=False).closed == []


def test_pages_follow_each_other_without_gap_or_repeat(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    for number in range(5):
        promise(session, world, case, text=f"nr {number}", in_=number // 2)
    done = promise(session, world, case, text="klar")
    service.mark_done(session, world.school, case, done)
    session.flush()

    first = queries.my_actions(session, world.school, limit=3)
    second = queries.my_actions(session, world.school, limit=3, after=first.next_after)

    assert texts([*first.to_do, *second.to_do]) == [f"nr {number}" for number in range(5)]
    assert texts(first.closed) == ["klar"]
    assert (second.closed, second.next_after) == ([], None)


def test_a_place_in_the_list_can_stand_in_an_address(session: Session, world: World) -> None:
    case = an_agreed_case(session, world)
    for _number in range(2):
        promise(session, world, case)

    cursor = queries.my_actions(session, world.school, limit=1).next_after

    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("typed", ["", "1", "x.2026-11-24.y", "2.2026-11-24.0190163d-8694-739b-aea5-966c26f8ad91"])
def test_anything_else_is_no_place(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # there is nothing to tell apart
        Cursor.parse(typed)


def test_only_what_is_listed_is_opened(session: Session, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case, quiet = an_agreed_case(session, world), an_agreed_case(session, world)
    promise(session, world, case)
    promise(session, world, case, of="police")
    promise(session, world, quiet, of="police")
    opened: list[Event] = []
    monkeypatch.setattr("audit.log.follow", lambda _session, source: opened.append(source))

    queries.my_actions(session, world.school)

    (read,) = [one for source in opened for one in source()]
    assert [list(envelope["fields"]) for envelope in read.facts["envelopes"]] == [["action_text.wording"]]
    assert {subject.case_id for subject in read.subjects if subject.case_id} == {case.id}
    assert read.facts["purpose"] == "actions:mine"


def test_the_number_of_statements_does_not_grow_with_the_rows(session: Session, world: World) -> None:
    cases = [an_agreed_case(session, world) for _number in range(4)]
    promise(session, world, cases[0])
    session.flush()
    few = statements_of(session, lambda: queries.my_actions(session, world.school))

    for case in cases:
        for _number in range(3):
            promise(session, world, case, person=True)
    session.flush()
    many = statements_of(session, lambda: queries.my_actions(session, world.school))

    assert len(many) <= len(few) + 1  # the names of the people
    assert len(many) <= 15


def statements_of(session: Session, ask) -> list[str]:
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        seen.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    ask()
    event.remove(connection, "before_cursor_execute", note)
    return seen


def test_a_case_nobody_has_agreed_to_lists_nothing_for_contacts(session: Session, world: World) -> None:
    a_case(session, world)

    assert queries.my_actions(session, world.school).to_do == []
