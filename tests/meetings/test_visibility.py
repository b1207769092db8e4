"""Who may know that a meeting is, and which of its cases are on it."""

import pytest
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.errors import NotFound
from sspf.meetings import planning, queries, service
from sspf.meetings.attending import add_attendee
from sspf.meetings.policy import can_follow_meetings, can_plan
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda, attendance, held, take_back
from tests.world import CONTACTS, World


def test_a_contact_sees_a_meeting_and_on_its_agenda_only_cases_it_takes_part_in(session: Session, world: World) -> None:
    schools = a_case_to_meet_about(session, world, present=["school", "police"])
    polices = a_case_to_meet_about(session, world, present=["police"])
    meeting = a_meeting(session, world, schools, polices)

    seen = queries.get_meeting(session, world.school, meeting.id)

    assert [one.case.id for one in queries.agenda_of(session, world.school, seen)] == [schools.id]
    assert [one.case.id for one in queries.agenda_of(session, world.police, seen)] == [schools.id, polices.id]


@pytest.mark.parametrize("name", ["leisure", "social", "outsider", "auditor", "administrator"])
def test_a_meeting_about_no_case_of_ones_own_does_not_exist(session: Session, world: World, name: str) -> None:
    meeting = a_meeting(session, world, a_case_to_meet_about(session, world, present=["school"]))
    person = world.people[name]

    with pytest.raises(NotFound):
        queries.get_meeting(session, person, meeting.id)

    assert queries.list_coming(session, person) == []
    assert queries.list_over(session, person).rows == []


def test_being_asked_to_come_shows_nothing_without_a_case_that_one_may_know_of(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world, present=["school"])
    meeting = a_meeting(session, world, case)
    add_attendee(
        session,
        world.coordinator,
        meeting,
        list(attendance(session, world, meeting).values()),
        organisation_id=world.id_of("leisure"),
        name=world.leisure.name,
    )

    assert attendance(session, world, meeting)["leisure"].user_id == world.leisure.user_id
    with pytest.raises(NotFound):
        queries.get_meeting(session, world.leisure, meeting.id)


def test_a_withdrawn_case_leaves_a_contacts_agenda_at_once(session: Session, world: World) -> None:
    staying = a_case_to_meet_about(session, world)
    leaving = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, leaving, staying)

    take_back(session, world, leaving)

    for name in CONTACTS:
        person = world.people[name]
        assert [one.case.id for one in queries.agenda_of(session, person, meeting)] == [staying.id]
        assert [[case.id for case in row.cases] for row in queries.list_coming(session, person)] == [[staying.id]]
        assert queries.meetings_of(session, person, leaving.id).nearest is None
    assert len(agenda(session, world, meeting)) == 2


def test_a_meeting_whose_only_case_is_withdrawn_is_gone_for_contacts(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case)

    take_back(session, world, case)

    with pytest.raises(NotFound):
        queries.get_meeting(session, world.school, meeting.id)


def test_a_case_that_went_while_a_list_was_made_is_not_in_it(session: Session, world: World) -> None:
    staying, leaving = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    both, alone = a_meeting(session, world, staying, leaving), a_meeting(session, world, leaving)
    found = queries.list_coming(session, world.school)
    assert {row.meeting.id for row in found} == {both.id, alone.id}

    take_back(session, world, leaving)
    left = queries.settled(session, world.school, found)

    assert [(row.meeting.id, [case.id for case in row.cases]) for row in left] == [(both.id, [staying.id])]


@pytest.mark.parametrize(
    ("name", "follows", "plans"),
    [
        ("coordinator", True, True),
        ("school", True, False),
        ("police", True, False),
        ("auditor", False, False),
        ("administrator", False, False),
    ],
)
def test_who_follows_and_who_plans(world: World, name: str, follows: bool, plans: bool) -> None:
    assert bool(can_follow_meetings(world.people[name])) is follows
    assert bool(can_plan(world.people[name])) is plans


def test_a_contact_cannot_lead(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case)
    theirs = queries.agenda_of(session, world.school, meeting)

    with pytest.raises(NotPermitted, match="koordinatorn"):
        service.begin_meeting(session, world.school, meeting, theirs, recording_off=True)
    with pytest.raises(NotPermitted, match="koordinatorn"):
        planning.cancel_meeting(session, world.school, meeting)


def test_lists_put_what_is_near_first_and_go_on_page_by_page(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    over = [held(session, world, case) for _ in range(3)]
    coming = a_meeting(session, world, case)

    assert [row.meeting.id for row in queries.list_coming(session, world.school)] == [coming.id]
    first = queries.list_over(session, world.school, limit=2)
    rest = queries.list_over(session, world.school, before=first.next_before, limit=2)
    assert {row.meeting.id for row in [*first.rows, *rest.rows]} == {meeting.id for meeting in over}
    assert (len(first.rows), len(rest.rows), rest.next_before) == (2, 1, None)
