"""One action on a page of its own: what more is told, what is said about it, and what has become of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.cases.policy import access_to
from sspf.db import clock
from sspf.db.clock import day_of
from sspf.law.kinds import GUEST_RECORD
from sspf.law.purposes import Purpose
from sspf.organisations import queries as organisations
from sspf.plans import commenting, labels, policy, queries
from sspf.plans.forms import ShownForm
from sspf.plans.queries import Board
from sspf.plans.queries.board import Choice, who_choices
from sspf.plans.responsible import Responsible, parse
from sspf.plans.returning import Back, Place
from sspf.plans.routes.finding import Found, find_whole
from sspf.plans.routes.registry import router
from sspf.plans.timing import grouped, reminder
from sspf.vault import door
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Queried, Submitted, blank, shared

FRAGMENTS = ("one_action", "action_comments")
HERE = Back(Place.ACTION)


@router.get("/arenden/{case_id}/atgarder/{action_id}", access=Access.SIGNED_IN, lock=shared("case_id"))
def show_action(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    action_id: UUID,
    said: Queried[ShownForm],
) -> Response:
    found = find_whole(session, actor, case_id, action_id, Purpose.ACTION)
    return action_page(page, session, actor, found, just=said.data.nyss if said.data else None)


def action_page(
    page: Page,
    session: Session,
    actor: Actor,
    found: Found,
    *,
    just: UUID | None = None,
    status: int = 200,
    **forms: Submitted[Any],
) -> Response:
    """The page; ``just`` is the action or comment that was changed a moment ago, ``forms`` those to show again."""
    case, action, reading = found.case, found.action, found.reading
    now = clock.now(session)
    today = day_of(now)
    names = organisations.names(session, case.municipality_id)
    comments = queries.comments_of(session, reading, action, names)
    details = queries.details_of(session, reading, actor, action, names)
    view = queries.view_of(session, reading, case, action)
    # what was typed is shown again also where somebody else was first, and there is nothing left to report
    may_report = (view.is_to_do or "report_form" in forms) and bool(policy.can_report(actor, case))
    sources = _sources(session, actor, case, names, now) if may_report else []
    return page.render(
        "plans/action.html",
        fragments=FRAGMENTS,
        status=status,
        case=case,
        action=view,
        board=Board(
            groups=grouped([view], today),
            may_change={view.id: policy.can_change(actor, case, view.organisation_id)},
            today=today,
            back=HERE,
            target="one_action",
            just=just,
            is_whole=True,
        ),
        reminder=reminder(view, today),
        comments=comments,
        just=just,
        may_take_back={one.comment.id for one in comments if policy.can_take_back(actor, case, one.comment, now)},
        may_comment=policy.can_comment(actor, case),
        most=commenting.LONGEST,
        details=details,
        has_own_detail=any(one.is_own for one in details),
        may_detail=policy.can_detail(actor, case, action.organisation_id),
        history=queries.history_of(session, reading, actor, action, names),
        may_report=may_report,
        sources=sources,
        tellers=_tellers(session, actor, case, sources, names) if may_report else (),
        labels=labels,
        comment_form=forms.get("comment_form", blank()),
        report_form=forms.get("report_form")
        or blank(source=Responsible(action.organisation_id), said_on=today, became="done"),
    )


def _sources(session: Session, actor: Actor, case: Case, names: Mapping[UUID, str], now: datetime) -> list[Choice]:
    """Where a report can come from: an organisation at the table, or the family; no single account."""
    return [one for one in who_choices(session, actor, case, names, now) if parse(one[0]).user_id is None]


def _tellers(
    session: Session, actor: Actor, case: Case, sources: Sequence[Choice], names: Mapping[UUID, str]
) -> list[tuple[str, str]]:
    """Those who take part without an account and could be the one who said it, each with their organisation."""
    if not cases.guest_ids_in(session, [case.id]):
        return []
    at_table = {parse(value).organisation_id for value, _words in sources}
    access = access_to(actor, case, clock.now(session))
    reading = door.open(session, access, Purpose.ACTION, kinds=(GUEST_RECORD,))
    guests = cases.guests_of(session, reading, [case]).get(case.id, [])
    return [(one.name, names[one.organisation_id]) for one in guests if one.organisation_id in at_table]
