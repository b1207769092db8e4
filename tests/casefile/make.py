"""A case that is worth closing, and a look at what is open to whom."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from sspf.cases import queries as cases
from sspf.cases.models import Case, State, StatementKind
from sspf.cases.service import write_statement
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.plans.goals import write_goal
from sspf.vault.disclosed import Disclosed, live_disclosures
from tests.notes.make import a_draft, write
from tests.plans.make import promise
from tests.world import CONTACTS, GUARDIANS, World, a_case, agree

OUTCOME = "Provutfallet: det gick bra med skridskorna."
HANDOVER = "Provöverlämningen: ishallen ringer på torsdag."
GOAL = "Provmålet är att åka skridskor."
NOTE = "Provanteckningen om måndagen."
ROWS = (("school", "police", Kind.ATTENDANCE), ("coordinator", "school", Kind.FAMILY_VIEW))


def a_full_case(session: Session, world: World, *, days: int = 180, heard_by: Sequence[str] = ("school",)) -> Case:
    """Everyone takes part; actions, a note and the youth's voice; ``heard_by`` may hear the family's own words."""
    case = a_case(session, world, guardians=GUARDIANS)
    rows = [ROWS[0], *(("coordinator", name, Kind.FAMILY_VIEW) for name in heard_by)]
    agree(session, world, case, rows=rows, until=clock.now(session) + timedelta(days=days))
    case = fresh(session, world, case)
    case.state = State.MEETING
    for name in CONTACTS:
        promise(session, world, case, of=name, text=f"Provåtagande för {name}")
    promise(session, world, case, of="family", text="Provåtagande för familjen")
    yesterday = clock.today(session) - timedelta(days=1)
    write(session, world.school, case, a_draft(world, case, to=["police"], observed_on=yesterday, statement=NOTE))
    write_statement(
        session,
        world.coordinator,
        fresh(session, world, case),
        kind=StatementKind.CHILD_VOICE,
        statement="Provrösten.",
    )
    write_goal(session, world.coordinator, fresh(session, world, case), wording=GOAL, replaces=None)
    return fresh(session, world, case)


def fresh(session: Session, world: World, case: Case) -> Case:
    session.flush()
    return cases.get_case(session, world.coordinator, case.id)


def open_to_others(session: Session, case: Case) -> list[Disclosed]:
    """All that somebody can read of the case because it was shared."""
    units = {("case", case.id), *(("person", person.person_id) for person in case.people)}
    return live_disclosures(session, units=units)


def keys_of_others(session: Session) -> set[UUID]:
    """Every disclosure that somebody but the owner still has a key of."""
    left = text(
        "SELECT disclosure_id FROM wrapped_key JOIN disclosure ON disclosure.id = disclosure_id "
        "WHERE ground <> 'own_record'"
    )
    return set(session.scalars(left))


def taking_part(session: Session, world: World, case: Case) -> dict[UUID, datetime]:
    now = clock.now(session)
    spells = fresh(session, world, case).participations
    return {spell.organisation_id: spell.valid_until for spell in spells if spell.is_live(now)}


@contextmanager
def the_clock_set_back(*, days: int) -> Iterator[None]:
    """What is done meanwhile was done so many days ago."""
    really = clock.now
    with patch.object(clock, "now", lambda session: really(session) - timedelta(days=days)):
        yield


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """What happens meanwhile is gone afterwards: one example of many in a world that is built once."""
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        session.expire_all()
