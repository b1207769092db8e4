"""The agenda's order, why a case is suggested, and the talk card on its pages."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.cases import queries as cases
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.meetings import arranging, queries
from sspf.meetings.arranging import Way
from sspf.meetings.models import Meeting
from sspf.meetings.suggesting import consent_ends_on, reasons
from tests.meetings import make
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda, an_action, entry
from tests.meetings.served import Town
from tests.pages import words
from tests.world import World, agree


def order(session: Session, world: World, meeting: Meeting) -> list[str]:
    return [one.case.alias for one in agenda(session, world, meeting)]


def test_a_case_changes_places_with_the_next_that_waits(session: Session, world: World) -> None:
    first, second, third = (a_case_to_meet_about(session, world) for _ in range(3))
    meeting = a_meeting(session, world, first, second, third)

    def move(case, way):
        entries = agenda(session, world, meeting)
        arranging.move(
            session, world.coordinator, meeting, entries, next(e for e in entries if e.case.id == case.id), way
        )

    move(third, Way.EARLIER)
    after = order(session, world, meeting)
    move(first, Way.EARLIER)
    move(second, Way.LATER)

    assert after == [first.alias, third.alias, second.alias]
    assert order(session, world, meeting) == after


def test_what_has_been_taken_up_stays_where_it_was(session: Session, world: World) -> None:
    first, second, third = (a_case_to_meet_about(session, world) for _ in range(3))
    meeting = a_meeting(session, world, first, second, third, begun=True)

    entries = agenda(session, world, meeting)
    arranging.move(session, world.coordinator, meeting, entries, entries[1], Way.EARLIER)
    arranging.move(session, world.coordinator, meeting, entries, entries[0], Way.LATER)
    arranging.move(session, world.coordinator, meeting, entries, entries[2], Way.EARLIER)

    assert order(session, world, meeting) == [first.alias, third.alias, second.alias]


def test_few_go_out_and_in_by_who_is_coming(session: Session, world: World) -> None:
    tables = (["school", "police"], ["school"], ["school", "police"])
    first, second, third = (a_case_to_meet_about(session, world, present=present) for present in tables)
    meeting = a_meeting(session, world, first, second, third)
    entries, listed = agenda(session, world, meeting), [*make.attendance(session, world, meeting).values()]
    now = clock.now(session)

    before = arranging.goings_of(entries, listed, now)
    arranging.order_by_room(session, world.coordinator, meeting, entries, listed, now)

    assert before == (2, 1)
    assert order(session, world, meeting) == [first.alias, third.alias, second.alias]


def test_only_who_leads_orders_and_not_when_it_is_over(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = make.held(session, world, case)
    entries = agenda(session, world, meeting)

    with pytest.raises(NotPermitted):
        arranging.move(session, world.school, meeting, entries, entries[0], Way.LATER)
    with pytest.raises(NotPermitted):
        arranging.order_by_room(session, world.coordinator, meeting, entries, [], clock.now(session))


def test_what_speaks_for_a_case_is_said_in_words(session: Session, world: World) -> None:
    new, busy, calm = (a_case_to_meet_about(session, world, present=["school"]) for _ in range(3))
    make.held(session, world, busy, calm)
    late = an_action(session, world, busy, "Ringa hem")
    an_action(session, world, busy, "Boka tid")
    late.due_on = clock.today(session) - timedelta(days=2)
    session.flush()
    agree(session, world, new, present=["school"], until=datetime.now(UTC) + timedelta(days=5))
    today, now = clock.today(session), clock.now(session)

    pending = queries.pending_in(session, [new.id, busy.id, calm.id], today)
    fresh = {case.id: cases.get_case(session, world.coordinator, case.id) for case in (new, busy, calm)}
    said = {
        id_: [str(reason) for reason in reasons(pending[id_], consent_ends_on(case, now), today)]
        for id_, case in fresh.items()
    }

    assert said[new.id][0] == "har inte tagits upp än"
    assert said[new.id][1].startswith("samtycke går ut")
    assert said[busy.id] == ["1 åtagande för sent", "1 åtagande att göra"]
    assert said[calm.id] == []


def test_the_form_begins_with_what_something_speaks_for(town: Town) -> None:
    new, calm = town.case("school"), town.case("school")
    with town.session() as session:
        make.held(session, town.world, town.case_in(session, calm))
    leader = town.served.client("coordinator")

    page = leader.get("/moten/nytt")
    from_the_case = leader.get(f"/moten/nytt?arende={calm}")

    assert f'value="{new}" checked' in page.text
    assert f'value="{calm}" checked' not in page.text
    assert "Har inte tagits upp än" in words(page)
    assert page.text.index(str(new)) < page.text.index(str(calm))
    assert f'value="{calm}" checked' in from_the_case.text
    assert f'value="{new}" checked' not in from_the_case.text


def test_the_talk_card_follows_the_room_and_is_the_leaders_alone(town: Town) -> None:
    case_id = town.case("school", "police", "social")
    with town.session() as session:
        case = town.case_in(session, case_id)
        rows = [("school", one, Kind.ATTENDANCE) for one in ("coordinator", "social")]
        agree(session, town.world, case, present=["school", "police", "social"], rows=rows)
        meeting_id = make.a_meeting(session, town.world, town.case_in(session, case_id), begun=True).id
    leader = town.served.client("coordinator")
    where = f"/moten/{meeting_id}"

    def come(*names: str) -> str:
        for name in names:
            leader.post(f"{where}/narvaro/{town.attendance_id(meeting_id, name)}", data={"presence": "present"})
        return words(leader.get(where))

    nobody, two, three = come(), come("school", "social"), come("police")
    paper = words(leader.get(f"{where}/arenden/{case_id}/samtalskort"))

    assert "Markera vilka som är här" in nobody
    assert "Enheten school Närvaro i skolan om familjen" in two
    assert "Bara om" not in two
    assert "Bara om Enheten police går ut Enheten school Närvaro i skolan" in three
    assert "Mål, åtaganden och beslut. Det räcker långt." in three
    assert "Enheten police går ut" in paper
    for name in ("school", "social"):
        assert "prata om nu" not in words(town.served.client(name).get(where))


def test_a_meeting_is_planned_from_its_case_and_its_decisions_are_read_there(town: Town) -> None:
    case_id = town.case("school")
    meeting_id = town.meeting(case_id, begun=True)
    leader, school = town.served.client("coordinator"), town.served.client("school")
    leader.post(f"/moten/{meeting_id}/arenden/{case_id}/beslut", data={"decision": "Vi ses varje onsdag."})

    mine, theirs = leader.get(f"/arenden/{case_id}"), school.get(f"/arenden/{case_id}")

    assert f"/moten/nytt?arende={case_id}" in mine.text
    assert "/moten/nytt" not in theirs.text
    assert "Vi ses varje onsdag." in words(mine)
    assert "Vi ses varje onsdag." in words(theirs)


def test_the_entry_that_is_moved_is_one_of_the_meetings(town: Town) -> None:
    here, elsewhere = town.case("school"), town.case("school")
    meeting_id = town.meeting(here)
    leader = town.served.client("coordinator")

    gone = leader.post(f"/moten/{meeting_id}/arenden/{elsewhere}/plats", data={"way": "upp"})
    with town.session() as session:
        there = entry(session, town.world, town.meeting_in(session, meeting_id), town.case_in(session, here))

    assert gone.status_code == 404
    assert there.item.position == 1
