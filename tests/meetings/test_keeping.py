"""The notes of a meeting: coordination's draft until they are published, and then for those who take part alone."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.cases import queries as cases
from sspf.cases.models import State
from sspf.law.kinds import UNPUBLISHED, Kind
from sspf.meetings import noting, queries
from sspf.meetings.models import MeetingNote
from sspf.vault.disclosed import live_disclosures
from sspf.vault.models import Envelope
from tests.meetings import make
from tests.meetings.make import a_case_to_meet_about, a_meeting, held
from tests.meetings.served import Town
from tests.pages import words
from tests.world import World, agree

SAID = "Alla var överens. Skolan börjar på måndag."
MENDED = "Alla var överens. Skolan börjar på tisdag."


def told(session: Session, world: World) -> set[str]:
    """Who else can read any wording of any note now, by the cast's names."""
    names = {organisation.id: name for name, organisation in world.organisations.items() if name in world.people}
    envelopes = list(session.scalars(select(MeetingNote.envelope_id)))
    return {names[one.organisation_id] for one in live_disclosures(session, envelope_ids=envelopes)}


def test_a_draft_is_told_to_nobody_also_when_somebody_new_comes_to_the_table(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world, present=["school"])
    meeting = held(session, world, case)

    make.note(session, world, meeting, {case.id: SAID})
    agree(session, world, case, present=["school", "police"])

    assert told(session, world) == set()
    assert make.in_room(session, world.coordinator, meeting, case).note == SAID
    assert make.in_room(session, world.school, meeting, case).note == ""
    assert set(session.scalars(select(Envelope.kind).join(MeetingNote, MeetingNote.envelope_id == Envelope.id))) == {
        UNPUBLISHED
    }


def test_publishing_tells_those_who_take_part_in_each_case_and_nobody_else(session: Session, world: World) -> None:
    schools, polices = (a_case_to_meet_about(session, world, present=[one]) for one in ("school", "police"))
    meeting = held(session, world, schools, polices)
    make.note(session, world, meeting, {schools.id: SAID})

    make.publish(session, world, meeting)
    make.publish(session, world, meeting)

    assert told(session, world) == {"school"}
    assert make.in_room(session, world.school, meeting, schools).note == SAID
    assert make.in_room(session, world.police, meeting, polices).note == ""
    assert meeting.published_by == world.coordinator.user_id
    # the draft and what was published of it; pressing twice makes no third
    assert len(session.scalars(select(MeetingNote)).all()) == 2


def test_who_comes_to_the_table_later_reads_what_is_published(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world, present=["school"])
    meeting = held(session, world, case)
    make.note(session, world, meeting, {case.id: SAID})
    make.publish(session, world, meeting)

    agree(session, world, case, present=["school", "police"])

    assert told(session, world) == {"school", "police"}


def test_a_correction_takes_the_place_of_what_was_published(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world, present=["school"])
    meeting = held(session, world, case)
    make.note(session, world, meeting, {case.id: SAID})
    make.publish(session, world, meeting)

    make.note(session, world, meeting, {case.id: MENDED})

    assert make.in_room(session, world.school, meeting, case).note == MENDED
    (readable,) = live_disclosures(session, envelope_ids=list(session.scalars(select(MeetingNote.envelope_id))))
    newest = session.scalars(select(MeetingNote).order_by(MeetingNote.id.desc())).first()
    assert newest is not None
    assert readable.envelope_id == newest.envelope_id


def test_one_that_is_taken_away_after_publishing_comes_back_to_nobody(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world, present=["school"])
    meeting = held(session, world, case)
    make.note(session, world, meeting, {case.id: SAID})
    make.publish(session, world, meeting)

    make.note(session, world, meeting, {})
    agree(session, world, case, present=["school", "police"])

    assert make.in_room(session, world.school, meeting, case).note == ""
    assert make.in_room(session, world.police, meeting, case).note == ""
    kinds = session.scalars(select(Envelope.kind).join(MeetingNote, MeetingNote.envelope_id == Envelope.id)).all()
    assert sorted(kinds) == [Kind.ACTIONS, Kind.ACTIONS, UNPUBLISHED]


def test_two_who_write_at_once_are_told_and_nothing_is_lost(session: Session, world: World) -> None:
    case, other = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    meeting = held(session, world, case, other)
    make.note(session, world, meeting, {case.id: SAID})
    entries, reading = make.opened_over(session, world, meeting)

    with pytest.raises(noting.NotedFirst) as refused:
        noting.save_notes(
            session,
            world.coordinator,
            meeting,
            entries,
            reading,
            typed={case.id: MENDED, other.id: MENDED},
            was={},
        )

    assert refused.value.theirs == {case.id: SAID}
    assert len(session.scalars(select(MeetingNote)).all()) == 1


def test_notes_are_coordinations_to_write_once_the_meeting_is_over(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    ongoing = a_meeting(session, world, case, begun=True)
    over = held(session, world, case)

    with pytest.raises(NotPermitted, match="avslutat"):
        make.note(session, world, ongoing, {case.id: SAID})
    with pytest.raises(NotPermitted, match="koordinatorn"):
        noting.publish(session, world.school, over, [], make.reading(session, world.school, case))


def test_a_case_that_was_not_taken_up_has_no_note(session: Session, world: World) -> None:
    case, left_over = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case, left_over, begun=True)
    make.end(session, world, meeting, taken_up=[case.id])

    make.note(session, world, meeting, {case.id: SAID, left_over.id: SAID})

    assert [note.case_id for note in session.scalars(select(MeetingNote))] == [case.id]


def test_written_looked_through_and_published_from_pages(town: Town) -> None:
    schools, polices = town.case("school"), town.case("police")
    with town.session() as session:
        about = [town.case_in(session, case_id) for case_id in (schools, polices)]
        meeting_id = make.a_meeting(session, town.world, *about, begun=True).id
    leader, school = town.served.client("coordinator"), town.served.client("school")
    where = f"/moten/{meeting_id}"
    leader.post(f"{where}/narvaro/{town.attendance_id(meeting_id, 'school')}", data={"presence": "present"})
    leader.post(f"{where}/narvaro/{town.attendance_id(meeting_id, 'police')}", data={"presence": "present"})
    leader.post(f"{where}/avsluta", data={"taken_up": [str(schools), str(polices)]})

    name = f"sentences[{schools}]"
    long = leader.post(f"{where}/anteckningar", data={name: "Ett. Två. Tre. Fyra."})
    saved = leader.post(f"{where}/anteckningar", data={name: SAID, "then": "granska"})
    draft = words(school.get(where))
    review = words(leader.get(saved.headers["location"]))
    published = leader.post(f"{where}/publicera")
    theirs = words(school.get(where))
    late = leader.post(f"{where}/anteckningar", data={name: MENDED})

    assert long.status_code == 422
    assert words(long).count("Skriv högst tre meningar.") == 2
    assert "Ett. Två. Tre. Fyra." in words(long)
    assert saved.headers["location"].endswith("/publicera")
    assert SAID not in draft
    assert "Läses av Enheten school" in review
    assert published.status_code == 303
    assert SAID in theirs
    assert "Var med: Kurator Rönn, Enheten school" in theirs
    assert "Kommunpolis Alm" not in theirs
    assert late.status_code == 409
    assert SAID in words(late)
    assert MENDED in words(late)


def test_the_notes_say_who_was_there_as_the_leader_puts_it_right(town: Town) -> None:
    case_id = town.case("school", "police")
    with town.session() as session:
        meeting_id = make.a_meeting(session, town.world, town.case_in(session, case_id), begun=True).id
    leader, where = town.served.client("coordinator"), f"/moten/{meeting_id}"
    school, police = (town.attendance_id(meeting_id, one) for one in ("school", "police"))
    for wrong in ("present", "gone"):  # the wrong key, and the same one again
        leader.post(f"{where}/narvaro/{police}", data={"presence": wrong})
    leader.post(f"{where}/avsluta", data={"taken_up": [str(case_id)]})

    form = leader.get(f"{where}/anteckningar").text
    leader.post(f"{where}/anteckningar", data={"listed": [str(school), str(police)], "was_here": [str(school)]})
    notes = words(leader.get(where))

    assert [f'value="{one}" checked' in form for one in (school, police)] == [False, True]
    assert "Kurator Rönn, Enheten school" in notes
    assert "Kommunpolis Alm" not in notes


def test_what_is_published_is_gone_with_the_consent(town: Town) -> None:
    case_id = town.case("school")
    with town.session() as session:
        meeting = make.held(session, town.world, town.case_in(session, case_id))
        make.note(session, town.world, meeting, {case_id: SAID})
        make.publish(session, town.world, meeting)
        meeting_id = meeting.id
    school = town.served.client("school")
    before = words(school.get(f"/moten/{meeting_id}"))

    with town.session() as session:
        make.take_back(session, town.world, town.case_in(session, case_id))

    assert SAID in before
    assert school.get(f"/moten/{meeting_id}").status_code == 404


def test_the_notes_of_a_closed_case_stay_as_they_are(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = held(session, world, case)
    make.note(session, world, meeting, {case.id: SAID})
    fresh = cases.get_case(session, world.coordinator, case.id)
    fresh.state = State.CLOSED
    session.flush()

    make.publish(session, world, meeting)

    assert told(session, world) == set()
    assert queries.get_meeting(session, world.coordinator, meeting.id).published_at is not None
