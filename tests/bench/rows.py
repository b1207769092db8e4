"""Much or little of everything that pages list, in one municipality."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from sspf.cases import queries as cases
from sspf.cases import service as casework
from sspf.cases.models import Case, State, StatementKind
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.meetings import planning
from sspf.meetings import queries as meetings
from sspf.meetings import service as meeting_work
from sspf.notes.drafts import Draft
from sspf.notes.models import Basis
from sspf.notes.service import add_note
from sspf.plans.responsible import Responsible
from sspf.plans.service import create_action, mark_done
from sspf.vault.writing import About, AboutKind
from tests.concerns import make as concerns
from tests.conftest import Served
from tests.world import GUARDIANS, World, a_case, agree

SCHOOL_TELLS = ("school", "coordinator", Kind.ATTENDANCE)


@dataclass(frozen=True)
class Rows:
    """How many cases, and how many actions and notes in the one whose page is looked at."""

    cases: int
    actions: int
    notes: int


FEW = Rows(cases=1, actions=3, notes=1)
MANY = Rows(cases=4, actions=40, notes=14)


@dataclass(frozen=True)
class Busy:
    """``case_id`` has all actions and notes; the meetings are about every case."""

    case_id: UUID
    planned: UUID
    ongoing: UUID
    held: UUID
    concern_id: UUID


def fill(served: Served, rows: Rows) -> Busy:
    world = served.world
    with served.sessions.begin() as session:
        about = [_agreed(session, world) for _ in range(rows.cases)]
        _write(session, world, about[0], rows)
        for case in about[1:]:
            _promise(session, world, case, "school", 2)
            _promise(session, world, case, "coordinator", -2)
    with served.sessions.begin() as session:
        case_ids = [case.id for case in about]
        planned, ongoing, held = (_meeting(session, world, case_ids, until=state) for state in ("", "begun", "over"))
        told = [_concerns(session, world) for _ in range(rows.cases)]
    return Busy(case_ids[0], planned, ongoing, held, told[0])


def _concerns(session: Session, world: World) -> UUID:
    """One that the school told, and one whose family is to be informed soon."""
    concerns.named(session, world, concerns.a_concern(session, world, "coordinator"))
    session.execute(text("UPDATE concern SET inform_by = current_date"))
    return concerns.named(session, world, concerns.a_concern(session, world, "school")).id


def _agreed(session: Session, world: World) -> Case:
    case = a_case(session, world, guardians=GUARDIANS)
    agree(session, world, case, rows=[SCHOOL_TELLS])
    case = cases.get_case(session, world.coordinator, case.id)
    case.state = State.MEETING
    session.flush()
    return case


def _write(session: Session, world: World, case: Case, rows: Rows) -> None:
    for kind in StatementKind:
        casework.write_statement(session, world.coordinator, case, kind=kind, statement="Provord.")
    for place in range(rows.actions):
        name = ("coordinator", "school", "social", "school")[place % 4]
        _promise(session, world, case, name, place - 5, done=place % 7 == 6)
    for place in range(rows.notes):
        _note(session, world, case, "coordinator" if place % 2 else "school")
    session.flush()


def _promise(session: Session, world: World, case: Case, name: str, days: int, *, done: bool = False) -> None:
    responsible = Responsible(world.id_of(name), world.people[name].user_id)
    due_on = clock.today(session) + timedelta(days=days)
    action = create_action(
        session, world.coordinator, case, text=f"Provåtagande {days}", responsible=responsible, due_on=due_on
    )
    if done:
        mark_done(session, world.people[name], case, action)


def _note(session: Session, world: World, case: Case, name: str) -> None:
    is_told = name == "school"
    draft = Draft(
        kind=Kind.ATTENDANCE if is_told else Kind.FAMILY_VIEW,
        about=About(AboutKind.YOUTH, case.youth_id),
        source_id=world.id_of(name),
        basis=Basis.OWN_OBSERVATION,
        observed_on=clock.today(session),
        statement="Provtext som någon har skrivit.",
        recipients=frozenset({world.id_of("coordinator")} if is_told else ()),
    )
    add_note(session, world.people[name], case, draft)


def _meeting(session: Session, world: World, case_ids: list[UUID], *, until: str) -> UUID:
    leader = world.coordinator
    about = [cases.get_case(session, leader, case_id) for case_id in case_ids]
    starts_at = clock.now(session) + timedelta(hours=1)
    meeting = planning.plan_meeting(session, leader, starts_at=starts_at, place="Provrummet", cases=about)
    session.flush()
    if until:
        meeting_work.begin_meeting(
            session, leader, meeting, meetings.agenda_of(session, leader, meeting), recording_off=True
        )
        session.flush()
    if until == "over":
        agenda = meetings.agenda_of(session, leader, meeting)
        meeting_work.end_meeting(session, leader, meeting, agenda, taken_up=case_ids)
        session.flush()
    return meeting.id
