"""Who is asked to come, and who is here: said once for the whole meeting."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from auth import accounts
from auth.decisions import NotPermitted
from sspf.cases import queries as cases
from sspf.cases.parties import add_party, remove_member
from sspf.cases.seating import add_guest
from sspf.db import clock
from sspf.errors import NotFound
from sspf.meetings import planning, queries, service
from sspf.meetings.attendees import attendees_of, called_names
from sspf.meetings.attending import add_attendee, correct_attendance, expect_nobody_else, set_presence
from sspf.meetings.models import Attendance, Meeting, Presence
from sspf.meetings.policy import access_to
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda, attendance, end, entry
from tests.world import TESTS, World


def test_those_named_in_the_cases_are_asked_if_their_organisation_takes_part(session: Session, world: World) -> None:
    schools = a_case_to_meet_about(session, world, present=["school"])
    polices = a_case_to_meet_about(session, world, present=["police", "school"])

    meeting = a_meeting(session, world, schools, polices)

    rows = attendance(session, world, meeting)
    assert rows.keys() == {"school", "police"}
    assert {row.presence for row in rows.values()} == {Presence.INVITED}


def test_whoever_has_been_taken_off_the_case_or_cannot_sign_in_is_not_asked(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world, present=["school", "police", "social"])
    remove_member(session, world.coordinator, case, user_id=world.school.user_id)
    accounts.disable_user(session, TESTS, world.police.user_id)
    session.flush()

    meeting = a_meeting(session, world, cases.get_case(session, world.coordinator, case.id))

    assert attendance(session, world, meeting).keys() == {"social"}


def test_attendance_is_carried_from_case_to_case(session: Session, world: World) -> None:
    first, second = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, first, second, begun=True)
    set_presence(session, world.coordinator, meeting, attendance(session, world, meeting)["school"], Presence.PRESENT)

    service.take_up(session, world.coordinator, meeting, entry(session, world, meeting, second))
    session.flush()

    assert attendance(session, world, meeting)["school"].presence is Presence.PRESENT


def test_somebody_without_an_account_is_put_on_the_list_and_named_to_the_leader_alone(
    session: Session, world: World
) -> None:
    meeting = a_meeting(session, world, a_case_to_meet_about(session, world), begun=True)

    row = come(session, world, meeting, "Vikarie Vide")

    assert (row.user_id, row.name, row.presence) == (None, None, Presence.PRESENT)
    rows = [row]
    assert named(rows, called_by_leader(session, world, meeting, rows)) == ["Vikarie Vide"]
    assert named(rows, {}) == ["Deltar utan inloggning"]


def test_who_leads_no_meeting_does_not_come_to_the_names_on_its_list(session: Session, world: World) -> None:
    meeting = a_meeting(session, world, a_case_to_meet_about(session, world), begun=True)
    come(session, world, meeting, "Vikarie Vide")

    with pytest.raises(NotFound):
        access_to(world.school, meeting)


def test_a_visitor_who_comes_back_is_one_and_two_of_one_name_from_two_places_are_two(
    session: Session, world: World
) -> None:
    meeting = a_meeting(session, world, a_case_to_meet_about(session, world), begun=True)
    first = come(session, world, meeting, "Vikarie Vide")
    set_presence(session, world.coordinator, meeting, first, Presence.GONE)

    again = come(session, world, meeting, "Vikarie Vide")
    other = come(session, world, meeting, "Vikarie Vide", place="police")

    assert again is first
    assert first.presence is Presence.PRESENT
    assert other is not first


def test_adding_somebody_who_is_on_the_list_makes_them_present_and_not_two(session: Session, world: World) -> None:
    meeting = a_meeting(session, world, a_case_to_meet_about(session, world), begun=True)
    before = attendance(session, world, meeting)
    set_presence(session, world.coordinator, meeting, before["school"], Presence.GONE)

    add_attendee(
        session,
        world.coordinator,
        meeting,
        list(before.values()),
        organisation_id=world.id_of("school"),
        name=world.school.name,
    )

    after = attendance(session, world, meeting)
    assert len(after) == len(before)
    assert after["school"].presence is Presence.PRESENT


def test_those_who_never_came_are_gone_with_one_press_and_were_not_there(session: Session, world: World) -> None:
    meeting = a_meeting(session, world, a_case_to_meet_about(session, world), begun=True)
    rows = attendance(session, world, meeting)
    set_presence(session, world.coordinator, meeting, rows["school"], Presence.PRESENT)

    expect_nobody_else(session, world.coordinator, meeting, list(rows.values()))

    after = attendance(session, world, meeting)
    assert after.pop("school").presence is Presence.PRESENT
    assert {(row.presence, row.came_at) for row in after.values()} == {(Presence.GONE, None)}


def test_what_was_marked_wrong_is_put_right_in_the_notes(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world, present=["school", "police", "social"])
    meeting = a_meeting(session, world, case, begun=True)
    rows = attendance(session, world, meeting)
    for name in ("school", "police"):
        set_presence(session, world.coordinator, meeting, rows[name], Presence.PRESENT)
    set_presence(session, world.coordinator, meeting, rows["police"], Presence.GONE)
    listed, was_here = [rows["police"].id, rows["social"].id], [rows["social"].id]

    with pytest.raises(NotPermitted, match="när mötet är avslutat"):
        correct_attendance(session, world.coordinator, meeting, list(rows.values()), listed=listed, was_here=was_here)
    end(session, world, meeting, taken_up=[case.id])
    correct_attendance(session, world.coordinator, meeting, list(rows.values()), listed=listed, was_here=was_here)
    session.flush()

    came = queries.came_to(session, meeting)
    # the school was not on the page that was sent, so nothing was said of it
    assert {row.id for row in came} == {rows["school"].id, rows["social"].id}


def test_one_who_said_no_is_not_asked_again_when_a_case_is_added(session: Session, world: World) -> None:
    first, second = (
        a_case_to_meet_about(session, world, present=["school"]),
        a_case_to_meet_about(session, world, present=["school", "police"]),
    )
    meeting = a_meeting(session, world, first)
    rows = attendance(session, world, meeting)
    set_presence(session, world.coordinator, meeting, rows["school"], Presence.GONE)

    planning.change_meeting(
        session,
        world.coordinator,
        meeting,
        version=meeting.version,
        starts_at=meeting.starts_at,
        place=meeting.place,
        cases=[first, second],
        agenda=agenda(session, world, meeting),
        attendance=list(rows.values()),
    )

    after = attendance(session, world, meeting)
    assert after["school"].presence is Presence.GONE
    assert after["police"].presence is Presence.INVITED


def test_a_contact_does_not_say_who_is_here_and_nobody_does_afterwards(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case, begun=True)
    row = attendance(session, world, meeting)["school"]

    with pytest.raises(NotPermitted):
        set_presence(session, world.school, meeting, row, Presence.PRESENT)
    end(session, world, meeting, taken_up=[case.id])
    with pytest.raises(NotPermitted, match="avslutat"):
        set_presence(session, world.coordinator, meeting, row, Presence.PRESENT)


def test_a_new_name_in_a_case_is_asked_to_the_next_meeting(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world, present=["school"])
    colleague = accounts.add_user(
        session,
        TESTS,
        municipality_id=world.municipality.id,
        email="kollega@provkoping.example",
        name="Skolkurator Kollega",
    )
    accounts.give_assignment(
        session, TESTS, colleague.id, organisation_id=world.id_of("school"), role=world.school.role
    )
    session.flush()
    add_party(session, world.coordinator, case, organisation_id=world.id_of("school"), user_ids=[colleague.id])
    session.flush()

    meeting = a_meeting(session, world, cases.get_case(session, world.coordinator, case.id))

    assert attendance(session, world, meeting).keys() == {"school", "Skolkurator Kollega"}


def test_whoever_takes_part_without_an_account_is_expected_and_named_to_the_leader_alone(
    session: Session, world: World
) -> None:
    case = a_case_to_meet_about(session, world, present=["leisure", "school"])
    add_guest(session, world.coordinator, case, organisation_id=world.id_of("leisure"), name="Provledaren")
    add_guest(session, world.coordinator, case, organisation_id=world.id_of("police"), name="Någon annan")
    session.flush()
    case = cases.get_case(session, world.coordinator, case.id)

    meeting = a_meeting(session, world, case)

    _meeting, rows = queries.get_meeting_and_attendance(session, world.coordinator, meeting.id)
    (guest,) = [row for row in rows if row.guest_id]
    assert (guest.name, guest.organisation_id) == (None, world.id_of("leisure"))
    assert "Provledaren" in named(rows, called_by_leader(session, world, meeting, rows))
    assert "Provledaren" not in (unnamed := named(rows, {}))
    assert "Deltar utan inloggning" in unnamed


def come(session: Session, world: World, meeting: Meeting, name: str, *, place: str = "school") -> Attendance:
    """Somebody is added by name at the meeting."""
    _meeting, rows = queries.get_meeting_and_attendance(session, world.coordinator, meeting.id)
    row = add_attendee(session, world.coordinator, meeting, rows, organisation_id=world.id_of(place), name=name)
    session.flush()
    return row


def called_by_leader(
    session: Session, world: World, meeting: Meeting, rows: Sequence[Attendance]
) -> Mapping[UUID, str]:
    on_agenda, now = agenda(session, world, meeting), clock.now(session)
    return called_names(session, world.coordinator, meeting, on_agenda, rows, now)


def named(rows: Sequence[Attendance], called: Mapping[UUID, str]) -> list[str]:
    places = {row.organisation_id: "" for row in rows if row.organisation_id}
    return [str(one.name) for one in attendees_of(rows, places, called, [])]
