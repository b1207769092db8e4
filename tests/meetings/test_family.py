"""Möte med familjen: one case, and the youth and guardians in the room. What they are called is never plain."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sspf.cases import queries as cases
from sspf.cases.models import State
from sspf.errors import ValidationFailed
from sspf.law.kinds import Kind
from sspf.meetings import planning, queries
from sspf.meetings.attending import set_presence
from sspf.meetings.card import Card, card_for
from sspf.meetings.models import Attendance, MeetingKind, Presence
from sspf.organisations import queries as organisations
from tests.meetings import make
from tests.meetings.make import a_case_to_meet_about, a_meeting, agenda
from tests.meetings.served import Town
from tests.pages import words
from tests.world import CALLED, CONTACT, FULL_NAME, GUARDIANS, World, a_case, agree

FAMILY = MeetingKind.FAMILY


def test_the_family_is_asked_to_come_by_id_alone(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world, present=["school"])

    meeting = a_meeting(session, world, case, kind=FAMILY)

    rows = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)).all()
    family = [row for row in rows if row.organisation_id is None]
    assert {row.person_id for row in family} == {case.youth_id, *case.guardian_ids}
    assert {row.name for row in family} == {None}
    assert [row.name for row in rows if row.organisation_id] == [world.school.name]
    plain = session.execute(text("SELECT string_agg(attendance::text, ' ') FROM attendance")).scalar_one()
    assert CALLED not in plain


def test_to_a_meeting_in_the_group_no_family_is_asked(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)

    assert all(
        row.person_id is None for row in make.attendance(session, world, a_meeting(session, world, case)).values()
    )


def test_a_family_hears_of_no_other_familys_case(session: Session, world: World) -> None:
    own, other = a_case_to_meet_about(session, world), a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, own, kind=FAMILY)

    with pytest.raises(ValidationFailed, match="cases"):
        a_meeting(session, world, own, other, kind=FAMILY)
    for wanted in ([own, other], [other], []):
        with pytest.raises(ValidationFailed, match="cases"):
            planning.change_meeting(
                session,
                world.coordinator,
                meeting,
                version=meeting.version,
                starts_at=meeting.starts_at,
                place=meeting.place,
                cases=wanted,
                agenda=agenda(session, world, meeting),
                attendance=[],
            )
    assert [one.case.id for one in agenda(session, world, meeting)] == [own.id]


def test_a_row_is_of_an_organisation_or_of_the_family(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case)
    common = {"municipality_id": meeting.municipality_id, "meeting_id": meeting.id}

    for wrong in (
        {"person_id": case.youth_id, "organisation_id": world.id_of("school")},
        {"person_id": case.youth_id, "name": CALLED},
        {"organisation_id": world.id_of("school")},
        {"name": "Någon"},
    ):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(Attendance(**common, **wrong))


def test_the_leader_sees_them_by_name_and_says_who_is_here(town: Town) -> None:
    case_id = town.case("school")
    with town.session() as session:
        case = town.case_in(session, case_id)
        meeting_id = make.a_meeting(session, town.world, case, begun=True, kind=FAMILY).id
        row = session.scalars(select(Attendance.id).where(Attendance.person_id == case.youth_id)).one()
    leader, school = town.served.client("coordinator"), town.served.client("school")

    before = words(leader.get(f"/moten/{meeting_id}"))
    reads = town.reads_of("coordinator", f"/moten/{meeting_id}")
    leader.post(f"/moten/{meeting_id}/narvaro/{row}", data={"presence": "present"})
    after = words(leader.get(f"/moten/{meeting_id}"))
    theirs = words(school.get(f"/moten/{meeting_id}"))

    assert "Möte med familjen" in before
    assert f"{CALLED}, Den unge" in before
    assert f"✓ {CALLED}, Den unge" in after
    assert {field for read in reads for field in read.fields} >= {"person_part.called_name"}
    for said in (before, after):
        assert FULL_NAME not in said
        assert CONTACT not in said
    assert CALLED not in theirs


def test_protected_identity_is_a_part_and_not_a_name(town: Town) -> None:
    case_id = town.case("school")
    with town.session() as session:
        case = town.case_in(session, case_id)
        meeting_id = make.a_meeting(session, town.world, case, begun=True, kind=FAMILY).id
        case.is_protected = True
    leader = town.served.client("coordinator")

    page = words(leader.get(f"/moten/{meeting_id}"))

    assert CALLED not in page
    assert "Den unge" in page
    assert "För utskrift" not in page
    assert leader.get(f"/moten/{meeting_id}/arenden/{case_id}/samtalskort").status_code == 403


def test_the_talk_card_counts_with_the_family_too(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    everyone = [(source, to, Kind.ATTENDANCE) for source in ("school",) for to in ("coordinator", "social")]
    agree(session, world, case, present=["school", "social"], rows=everyone)
    fresh = cases.get_case(session, world.coordinator, case.id)
    fresh.state = State.MEETING
    session.flush()
    meeting = a_meeting(session, world, fresh, kind=FAMILY, begun=True)
    _meeting, rows = queries.get_meeting_and_attendance(session, world.coordinator, meeting.id)
    names = organisations.names(session, world.municipality.id)

    def card() -> Card:
        return card_for(session, world.coordinator, fresh, rows, names)

    def said(shown: Card) -> list[str]:
        return [str(words) for line in shown.to_everyone for words in line.about]

    for row in rows:
        if row.organisation_id:
            row.presence = Presence.PRESENT
    assert said(card()) == ["familjen"]
    assert not card().is_before_family
    first = fresh.guardian_ids[0]
    next(row for row in rows if row.person_id == first).presence = Presence.PRESENT
    assert said(card()) == ["den unge", "vårdnadshavare 1"]
    next(row for row in rows if row.person_id == fresh.youth_id).presence = Presence.PRESENT
    assert said(card()) == ["den unge"]
    assert card().is_before_family


def test_the_family_is_on_the_trail_and_not_in_it(session: Session, world: World) -> None:
    case = a_case_to_meet_about(session, world)
    meeting = a_meeting(session, world, case, kind=FAMILY, begun=True)
    fresh = cases.get_case(session, world.coordinator, case.id)
    row = session.scalars(select(Attendance).where(Attendance.person_id == fresh.guardian_ids[0])).one()

    set_presence(session, world.coordinator, meeting, row, Presence.PRESENT)
    session.flush()

    assert row.came_at is not None
