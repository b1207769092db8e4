"""What is shown of a case is on the record, with whom it was about and nobody else; facts name no case."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import text

from audit.opening import OpenedEntry
from audit.queries import get_entry
from sspf.cases import queries
from sspf.cases.models import Case, State
from sspf.db import clock
from tests.conftest import Served
from tests.meetings.make import a_case_to_meet_about, a_meeting
from tests.world import GUARDIANS, a_case, agree


@contextmanager
def recorded(served: Served) -> Iterator[list[OpenedEntry]]:
    """What the municipality's log is told meanwhile."""
    log, found, before = served.world.municipality.id, [], _size(served)
    yield found
    with served.sessions.begin() as session:
        found += [get_entry(session, log, seq, served.database.log_sealer) for seq in range(before, _size(served))]


def _size(served: Served) -> int:
    with served.sessions.begin() as session:
        size = text("SELECT size FROM audit_log WHERE id = :id")
        return session.execute(size, {"id": served.world.municipality.id}).scalar_one()


def cases_in(entries: list[OpenedEntry], event: str) -> set[UUID]:
    about = [each for one in entries if one.leaf.event == event for each in one.subjects if each]
    return {each.case_id for each in about if each.case_id}


def a_served_case(served: Served, *, said_yes: bool = True) -> Case:
    with served.sessions.begin() as session:
        case = a_case(session, served.world, guardians=GUARDIANS)
        if said_yes:
            agree(session, served.world, case)
        return queries.get_case(session, served.world.coordinator, case.id)


def test_to_reveal_one_person_opens_nobody_elses_details_and_nothing_more(served: Served) -> None:
    case = a_served_case(served)
    guardian = case.guardian_ids[0]

    with recorded(served) as entries:
        assert served.client("coordinator").get(f"/arenden/{case.id}/personer/{guardian}").status_code == 200

    (entry,) = [one for one in entries if one.leaf.event == "envelope:read"]
    assert {each.person_id for each in entry.subjects if each.person_id} == {guardian}
    assert {alike["kind"] for alike in entry.facts["envelopes"]} == {"identity", "identity_full", "contact"}
    assert case.youth_id != guardian


@pytest.mark.parametrize(
    ("who", "path"),
    [("coordinator", "skydd"), ("coordinator", "avsluta"), ("school", "aterkallelse")],
)
def test_a_page_that_opens_nothing_of_a_case_still_leaves_its_trace(served: Served, who: str, path: str) -> None:
    case = a_served_case(served)

    with recorded(served) as entries:
        assert served.client(who).get(f"/arenden/{case.id}/{path}").status_code == 200

    assert cases_in(entries, "case:shown") == {case.id}


def test_every_case_and_meeting_on_the_start_page_is_on_the_record(served: Served) -> None:
    old = a_served_case(served, said_yes=False)
    with served.sessions.begin() as session:
        case = a_case_to_meet_about(session, served.world)
        a_meeting(session, served.world, case, starts_at=clock.now(session))
        for _ in range(9):  # so that the oldest waits for somebody and is not among the newest
            a_case(session, served.world).state = State.CLOSED

    with recorded(served) as entries:
        page = served.client("coordinator").get("/").text

    assert old.alias in page
    assert old.id in cases_in(entries, "case:listed")
    assert case.alias in page
    assert cases_in(entries, "meeting:listed") == {case.id}


def test_the_facts_of_opening_a_case_do_not_name_it(served: Served) -> None:
    with recorded(served) as entries:
        case = a_served_case(served)

    (opened,) = [one for one in entries if one.leaf.event == "case:opened"]
    assert case.reference not in str(opened.facts)
    assert opened.subjects[0].ids["reference"] == case.reference
    consents = [one for one in entries if one.leaf.event == "consent:recorded"]
    assert consents
    assert all("consent" not in one.facts and "consent" in one.subjects[0].ids for one in consents)
