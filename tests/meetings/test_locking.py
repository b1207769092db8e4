"""A meeting's pages wait for whoever changes one of its cases, and show no case that they have not locked."""

from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy.orm import Session
from starlette.requests import Request

from sspf.db import locks
from sspf.errors import Conflict
from sspf.meetings import locking
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
