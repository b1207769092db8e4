"""Makers of meetings and of cases that one can be held about."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.models import Case, CaseRole, State
from sspf.cases.policy import access_to
from sspf.consents.service import receive_withdrawal
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.meetings import noting, planning, queries, service
from sspf.meetings.models import Attendance, Meeting, MeetingKind
from sspf.meetings.queries import OnAgenda
from sspf.meetings.room import IN_ROOM, CaseInRoom, cases_in_room
from sspf.organisations import queries as organisations
from sspf.plans.models import Action
from sspf.plans.responsible import Responsible
from sspf.plans.service import create_action
from sspf.vault import door
from sspf.vault.reading import Reading
from tests.world import CONTACTS, World, a_case, agree


def a_case_to_meet_about(session: Session, world: World, *, present: Sequence[str] = CONTACTS) -> Case:
    """A case whose family wants ``present`` at the table; the others were asked about and got no yes."""
    case = a_case(session, world)
    agree(session, world, case, present=present)
    case = cases.get_case(session, world.coordinator, case.id)
    case.state = State.MEETING
    session.flush()
    return case


def take_back(session: Session, world: World, case: Case) -> None:
    """The guardian whose yes was needed takes it back."""
    fresh = cases.get_case(session, world.coordinator, case.id)
    receive_withdrawal(session, world.coordinator, fresh, role=CaseRole.GUARDIAN)
    session.flush()


def a_meeting(
    session: Session,
    world: World,
    *about: Case,
    begun: bool = False,
    starts_at: datetime | None = None,
    kind: MeetingKind = MeetingKind.GROUP,
) -> Meeting:
    """A meeting at the town hall about these cases, tomorrow unless another time is given."""
    meeting = planning.plan_meeting(
        session,
        world.coordinator,
        starts_at=starts_at or clock.now(session) + timedelta(days=1),
        place="Rådhuset, rum 3",
        cases=about,
        kind=kind,
    )
    session.flush()
    if begun:
        begin(session, world, meeting)
    return meeting


def begin(session: Session, world: World, meeting: Meeting) -> None:
    service.begin_meeting(session, world.coordinator, meeting, agenda(session, world, meeting), recording_off=True)
    session.flush()


def held(session: Session, world: World, *about: Case) -> Meeting:
    """A meeting that is over, at which every case was talked about."""
    meeting = a_meeting(session, world, *about, begun=True)
    end(session, world, meeting, taken_up=[case.id for case in about])
    return meeting


def end(session: Session, world: World, meeting: Meeting, *, taken_up: Sequence[UUID]) -> None:
    service.end_meeting(session, world.coordinator, meeting, agenda(session, world, meeting), taken_up=taken_up)
    session.flush()


def note(session: Session, world: World, meeting: Meeting, about: Mapping[UUID, str]) -> None:
    """Write these sentences about these cases, and about the others none."""
    entries, reading = opened_over(session, world, meeting)
    standing = queries.notes_of(session, reading, meeting)
    noting.save_notes(
        session,
        world.coordinator,
        meeting,
        entries,
        reading,
        typed=about,
        was={case_id: one.id for case_id, one in standing.items()},
    )
    session.flush()


def publish(session: Session, world: World, meeting: Meeting) -> None:
    entries, reading = opened_over(session, world, meeting)
    noting.publish(session, world.coordinator, meeting, entries, reading)
    session.flush()


def opened_over(session: Session, world: World, meeting: Meeting) -> tuple[list[OnAgenda], Reading]:
    entries, now = agenda(session, world, meeting), clock.now(session)
    accesses = [access_to(world.coordinator, one.case, now) for one in entries]
    return entries, door.open(session, accesses, Purpose.MEETING, kinds=IN_ROOM)


def agenda(session: Session, world: World, meeting: Meeting) -> list[OnAgenda]:
    return queries.agenda_of(session, world.coordinator, meeting)


def entry(session: Session, world: World, meeting: Meeting, case: Case) -> OnAgenda:
    return next(one for one in agenda(session, world, meeting) if one.case.id == case.id)


def attendance(session: Session, world: World, meeting: Meeting) -> dict[str, Attendance]:
    """Who is on the list, by the cast's names; somebody not of the cast by their own."""
    cast = {person.user_id: name for name, person in world.people.items()}
    _meeting, rows = queries.get_meeting_and_attendance(session, world.coordinator, meeting.id)
    return {cast.get(row.user_id, row.name) if row.user_id else row.name: row for row in rows}


def an_action(session: Session, world: World, case: Case, text: str, *, who: Responsible | None = None) -> Action:
    """Something the school has promised to do within a week."""
    fresh = cases.get_case(session, world.coordinator, case.id)
    return create_action(
        session,
        world.coordinator,
        fresh,
        text=text,
        responsible=who or Responsible(world.id_of("school")),
        due_on=clock.today(session) + timedelta(days=7),
    )


def in_room(session: Session, actor: Actor, meeting: Meeting, case: Case) -> CaseInRoom:
    """What the meeting's page shows ``actor`` of the case."""
    entries = [one for one in queries.agenda_of(session, actor, meeting) if one.case.id == case.id]
    (shown,) = cases_in_room(
        session,
        actor,
        meeting,
        entries,
        names=organisations.names(session, actor.municipality_id),
        now=clock.now(session),
        with_earlier=True,
    )
    return shown


def reading(session: Session, actor: Actor, case: Case) -> Reading:
    fresh = cases.get_case(session, actor, case.id)
    return door.open(session, access_to(actor, fresh, clock.now(session)), Purpose.MEETING, kinds=(Kind.ACTIONS,))
