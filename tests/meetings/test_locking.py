"""A meeting's pages wait for whoever changes one of its cases, and show no case that they have not locked."""

import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.requests import Request

from sspf.db import clock, locks
from sspf.errors import Conflict
from sspf.meetings import locking
from tests.meetings import make
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda
from tests.meetings.served import Town
from tests.world import World


@pytest.mark.parametrize("name", ["coordinator", "school"])
def test_a_page_is_not_shown_while_a_case_on_its_agenda_is_being_changed(town: Town, name: str) -> None:
    first, second = town.case(), town.case()
    meeting_id = town.meeting(first, second, begun=True)
    browser = town.served.client(name)

    with town.session() as changing:
        locks.exclusive(changing, second)
        meanwhile = browser.get(f"/moten/{meeting_id}")
    afterwards = browser.get(f"/moten/{meeting_id}")

    assert (meanwhile.status_code, afterwards.status_code) == (503, 200)
    assert town.alias(first) not in meanwhile.text


def test_a_start_page_that_waited_for_a_withdrawal_names_the_case_no_more(town: Town) -> None:
    case_id = town.case("school")
    with town.session() as session:
        town.meeting(case_id, starts_at=clock.now(session))
    before = town.served.client("school").get("/").text

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with town.session() as changing:
            locks.exclusive(changing, case_id)
            make.take_back(changing, town.world, town.case_in(changing, case_id))
            asked = elsewhere.submit(town.served.client("school").get, "/")
            until_somebody_waits(town)
        after = asked.result()

    assert before.count(town.alias(case_id)) == 2  # today's meeting, and the newest cases
    assert after.status_code == 200
    assert town.alias(case_id) not in after.text


def until_somebody_waits(town: Town) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    for _ in range(100):
        with town.session() as session:
            if session.execute(waiting).scalar_one():
                return
        time.sleep(0.01)
    raise AssertionError("the page did not wait")


def test_two_who_only_read_do_not_wait_for_each_other(town: Town) -> None:
    case_id = town.case()
    meeting_id = town.meeting(case_id, begun=True)

    with town.session() as reading:
        locks.shared(reading, meeting_id, case_id)
        answer = town.served.client("school").get(f"/moten/{meeting_id}")

    assert answer.status_code == 200


def test_a_case_that_came_onto_the_agenda_meanwhile_is_not_shown(session: Session, world: World) -> None:
    locked, new = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, locked, new)
    request = cast(Request, SimpleNamespace(state=SimpleNamespace(locked_cases=frozenset({locked.id}))))

    with pytest.raises(Conflict):
        locking.require_locked(request, agenda(session, world, meeting))
