"""What the screen shows: gathered from one reading, or black; and the mark that tells whether it has changed."""

import base64
import hmac
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from audit.canonical import canonical
from auth import sessions
from auth.actor import Actor
from sspf.cases.models import Case
from sspf.cases.policy import access_to
from sspf.law.purposes import Purpose
from sspf.organisations import queries as organisations
from sspf.plans.queries import ActionView, GoalView, goal_of
from sspf.plans.queries.views import views_of
from sspf.screen import queries
from sspf.screen.models import Screen
from sspf.screen.policy import Black, Situation, black
from sspf.screen.queries import Standing
from sspf.vault import door
from sspf.web import Page


@dataclass(frozen=True, slots=True)
class Shown:
    """The case in front of the room."""

    alias: str
    goal: GoalView | None
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A screen as it is now.

    ``case`` is shown, or else it is black. ``mark`` stays the same as long as nothing that it shows may have changed.
    """

    situation: Situation
    black: Black | None
    case: Case | None
    mark: str


def leader_of(session: Session, screen: Screen) -> Actor | None:
    """Who opened the screen, as they are now; nobody if the session that they did it in is over."""
    visit = sessions.visit_by_id(session, screen.session_id)
    if visit is None or (visit.actor.user_id, visit.actor.assignment_id) != (screen.user_id, screen.assignment_id):
        return None
    return visit.actor


def view_of(session: Session, standing: Standing, *, is_led: bool) -> View:
    """How things stand, by plain columns; nothing is opened."""
    situation = queries.situation_of(session, standing, is_led=is_led)
    why = black(situation)
    case = situation.case if why is None else None
    content = _content(session, situation, case) if case is not None else []
    return View(situation, why, case, _mark(situation.screen, why, content))


def _content(session: Session, situation: Situation, case: Case) -> list[str]:
    audience = sorted(situation.audience)
    versions = queries.versions_of(session, situation.meeting, case, audience)
    return [str(case.id), *(str(one) for one in audience), *versions]


def _mark(screen: Screen, why: Black | None, content: list[str]) -> str:
    """As an entity tag. One black is as good as another, but for the last."""
    state = "shown" if why is None else "over" if why is Black.OVER else "black"
    code = hmac.digest(screen.salt, canonical([str(screen.id), state, *content]), "sha256")
    return f'"{base64.urlsafe_b64encode(code[:18]).decode()}"'


def open_case(session: Session, leader: Actor, situation: Situation, case_id: UUID) -> Shown:
    """Open what everyone asked to come may see of the case. At commit that is one entry, with the audience in it."""
    case = queries.get_case(session, leader, case_id)
    reading = door.open(
        session,
        access_to(leader, case, situation.now),
        Purpose.SCREEN,
        audience=situation.audience,
        kinds=queries.KINDS,
    )
    names = organisations.names(session, case.municipality_id)
    actions, texts = queries.list_actions(session, situation.meeting, case)
    return Shown(
        alias=case.alias,
        goal=goal_of(session, reading, [case]).get(case.id),
        actions=tuple(views_of(session, reading, {case.id: case}, actions, names=names, texts=texts)),
    )


def screen_page(
    page: Page, session: Session, view: View, leader: Actor | None, *, window_of: UUID | None = None
) -> Response:
    """The screen, opened or black. ``window_of`` is the meeting when it is the leader's own window."""
    shown = open_case(session, leader, view.situation, view.case.id) if leader and view.case else None
    has_ended = view.black is Black.OVER
    return page.render("screen/screen.html", shown=shown, has_ended=has_ended, mark=view.mark, window_of=window_of)


def over_page(page: Page, meeting_id: UUID) -> Response:
    """The window of a screen that is not there, or not any more."""
    return page.render("screen/screen.html", shown=None, has_ended=True, mark="", window_of=meeting_id)


def news(request: Request, view: View | None) -> Response:
    """204 while the browser has what there is; otherwise it is told that there is something else, and not what."""
    is_same = view is not None and request.headers.get("If-None-Match") == view.mark
    return Response(status_code=204 if is_same else 200)
