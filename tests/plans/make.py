"""Actions to test with; each test says only what it is about."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.db import clock
from sspf.plans import queries, service
from sspf.plans.models import Action
from sspf.plans.responsible import FAMILY, Responsible
from tests.world import World, a_case, agree, reading_of

TEXT = "Ringa och boka en tid för provsamtalet."


def an_agreed_case(session: Session, world: World) -> Case:
    """A case in which everybody takes part."""
    case = a_case(session, world)
    agree(session, world, case)
    return cases.get_case(session, world.coordinator, case.id)


def in_days(session: Session, days: int) -> date:
    return clock.today(session) + timedelta(days=days)


def promise(
    session: Session,
    world: World,
    case: Case,
    *,
    of: str = "school",
    by: str = "coordinator",
    person: bool = False,
    text: str = TEXT,
    in_: int = 3,
) -> Action:
    """What ``of`` has promised ("family" is the family), written down by ``by``."""
    actor = world.people[by]
    case = cases.get_case(session, actor, case.id)
    if of == "family":
        responsible = FAMILY
    else:
        responsible = Responsible(world.id_of(of), world.people[of].user_id if person else None)
    action = service.create_action(
        session, actor, case, text=text, responsible=responsible, due_on=in_days(session, in_)
    )
    session.flush()
    return action


def fresh(session: Session, actor: Actor, case: Case) -> Case:
    return cases.get_case(session, actor, case.id)


def texts_seen_by(session: Session, actor: Actor, case: Case) -> list[str]:
    """What the open actions that the actor is shown say, in order."""
    reading = reading_of(session, actor, case)
    return [action.text for action in queries.open_actions(session, reading, fresh(session, actor, case))]
