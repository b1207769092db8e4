"""Actions to test with; each test says only what it is about."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.organisations import queries as organisations
from sspf.plans import commenting, detailing, queries, service
from sspf.plans.models import Action, ActionDetail, Comment
from sspf.plans.responsible import FAMILY, Responsible
from tests.world import World, a_case, agree, reading_of

TEXT = "Ringa och boka en tid för provsamtalet."
COMMENT = "Provkommentaren: de ringer upp på fredag."
DETAIL = "Provdetaljen säger när tåget går."

SCHOOL_TELLS_POLICE = ("school", "police", Kind.ATTENDANCE)


def an_agreed_case(session: Session, world: World, *rows: tuple[str, str, Kind]) -> Case:
    """A case in which everybody takes part and these rows are agreed to."""
    case = a_case(session, world)
    agree(session, world, case, rows=rows)
    return cases.get_case(session, world.coordinator, case.id)


def in_days(session: Session, days: int) -> date:
    return clock.today(session) + timedelta(days=days)


def reword(session: Session, actor: Actor, case: Case, action: Action, text: str) -> None:
    """Say it in other words, and leave who does it and by when."""
    service.change_action(
        session,
        actor,
        case,
        action,
        text=text,
        responsible=Responsible(action.organisation_id, action.user_id),
        due_on=action.due_on,
        version=action.version,
    )


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


def comment(session: Session, world: World, case: Case, action: Action, *, by: str = "school") -> Comment:
    actor = world.people[by]
    written = commenting.add_comment(session, actor, fresh(session, actor, case), action, wording=COMMENT)
    session.flush()
    return written


def detail(
    session: Session,
    world: World,
    case: Case,
    action: Action,
    *,
    by: str = "school",
    to: Sequence[str] = (),
    kind: Kind = Kind.ATTENDANCE,
    wording: str = DETAIL,
    replaces: ActionDetail | None = None,
) -> ActionDetail:
    actor = world.people[by]
    case = fresh(session, actor, case)
    draft = detailing.draft_of(actor, case, kind=kind, wording=wording, recipients=[world.id_of(name) for name in to])
    reading = reading_of(session, actor, case)
    written = detailing.write_detail(
        session, actor, case, reading, action, draft, replaces=replaces.id if replaces else None
    )
    session.flush()
    return written


def said_to(session: Session, world: World, name: str, case: Case, action: Action) -> list[str]:
    """The comments and details that somebody is shown on the action's page."""
    actor = world.people[name]
    reading = reading_of(session, actor, case)
    names = organisations.names(session, world.municipality.id)
    details = queries.details_of(session, reading, actor, action, names)
    return [one.text for one in [*details, *queries.comments_of(session, reading, action, names)]]
