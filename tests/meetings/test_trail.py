"""What the trail is told of meetings: which cases were named, and that nothing more was opened than was shown."""

from sqlalchemy.orm import Session

from audit.log import collected_events
from sspf.law.purposes import Purpose
from sspf.meetings import service
from sspf.meetings.deciding import write_decision
from sspf.meetings.events import DecisionEvent, MeetingEvent
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda, an_action, end, entry
from tests.meetings.served import Town
from tests.world import World


def test_planning_and_deciding_are_recorded_with_ids_alone(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case, begun=True)

    decision = write_decision(
        session, world.coordinator, meeting, entry(session, world, meeting, case).case, statement="Vi ses på onsdag."
    )

    told = {event.tag: event for event in collected_events(session)}
    assert {MeetingEvent.PLANNED, MeetingEvent.BEGAN, MeetingEvent.TAKEN_UP, DecisionEvent.WRITTEN} <= told.keys()
    (subject,) = told[DecisionEvent.WRITTEN].subjects
    assert (subject.case_id, subject.ids) == (case.id, {"meeting": str(meeting.id), "decision": str(decision.id)})
    assert "onsdag" not in repr(told)


def test_only_the_cases_that_were_talked_about_are_in_the_entry_of_a_held_meeting(
    session: Session, world: World
) -> None:
    talked_about, left = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, talked_about, left, begun=True)

    end(session, world, meeting, taken_up=[talked_about.id])

    (held,) = [event for event in collected_events(session) if event.tag is MeetingEvent.HELD]
    assert {subject.case_id for subject in held.subjects} == {None, talked_about.id}


def test_a_page_is_recorded_with_the_cases_that_it_named_and_for_whom(session: Session, world: World) -> None:
    own, other = a_case_to_meet_about(session, world, present=["school"]), a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, own, other)

    service.record_shown(session, world.coordinator, meeting, agenda(session, world, meeting))

    (shown,) = [event for event in collected_events(session) if event.tag is MeetingEvent.SHOWN]
    assert shown.who.user_id == world.coordinator.user_id
    assert {subject.case_id for subject in shown.subjects} == {None, own.id, other.id}


def test_the_door_is_asked_once_a_page_and_opens_no_more_than_the_page_shows(town: Town) -> None:
    case_id = town.case("school")
    with town.session() as session:
        an_action(session, town.world, town.case_in(session, case_id), "Ringa hem varje fredag")
        earlier = a_meeting(session, town.world, town.case_in(session, case_id), begun=True)
        write_decision(
            session, town.world.coordinator, earlier, town.case_in(session, case_id), statement="Från förra gången."
        )
        end(session, town.world, earlier, taken_up=[case_id])
    meeting_id = town.meeting(case_id, begun=True)

    school, leader = (
        town.reads_of("school", f"/moten/{meeting_id}"),
        town.reads_of("coordinator", f"/moten/{meeting_id}"),
    )
    review = town.reads_of("coordinator", f"/moten/{meeting_id}/avsluta")

    assert [(read.purpose, sorted(read.fields)) for read in school] == [(Purpose.MEETING, ["action_text.wording"])]
    assert [sorted(read.fields) for read in leader] == [["action_text.wording", "decision.statement"]]
    assert review == []
