"""Notes to test with; each test says only what it is about."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.notes import queries, service
from sspf.notes.drafts import Draft
from sspf.notes.models import Basis, Note
from sspf.vault.writing import About, AboutKind
from tests.world import World, a_case, agree, reading_of

TEXT = "Provtexten om frånvaron säger bara det här."

SCHOOL_TELLS_POLICE = ("school", "police", Kind.ATTENDANCE)


def about_youth(case: Case) -> About:
    return About(AboutKind.YOUTH, case.youth_id)


def a_draft(
    world: World,
    case: Case,
    *,
    to: Collection[str] = (),
    source: str = "school",
    kind: Kind = Kind.ATTENDANCE,
    about: About | None = None,
    basis: Basis = Basis.OWN_OBSERVATION,
    observed_on: date | None = None,
    statement: str = TEXT,
) -> Draft:
    return Draft(
        kind=kind,
        about=about or about_youth(case),
        source_id=world.id_of(source),
        basis=basis,
        observed_on=observed_on or date.today() - timedelta(days=1),  # noqa: DTZ011  # any day that has been
        statement=statement,
        recipients=frozenset(world.id_of(name) for name in to),
    )


def an_agreed_case(session: Session, world: World, *rows: tuple[str, str, Kind]) -> Case:
    """A case in which everybody takes part and these rows are agreed to."""
    case = a_case(session, world)
    agree(session, world, case, rows=rows)
    return cases.get_case(session, world.coordinator, case.id)


def fresh(session: Session, actor: Actor, case: Case) -> Case:
    """The case as the actor's next request finds it."""
    return cases.get_case(session, actor, case.id)


def write(session: Session, actor: Actor, case: Case, draft: Draft) -> Note:
    note = service.add_note(session, actor, fresh(session, actor, case), draft)
    session.flush()
    return note


def correct(session: Session, actor: Actor, case: Case, note: Note, draft: Draft) -> Note:
    case = fresh(session, actor, case)
    wordings = queries.wordings_of(session, case, note.id)
    written = service.correct_note(session, actor, case, reading_of(session, actor, case), wordings, draft)
    session.flush()
    return written


def texts_seen_by(session: Session, actor: Actor, case: Case) -> list[str]:
    """What the notes say that the actor is shown, newest first."""
    reading = reading_of(session, actor, case)
    case = fresh(session, actor, case)
    return [note.statement for note in queries.list_notes(session, reading, case).notes]


def today(session: Session) -> date:
    return clock.today(session)
