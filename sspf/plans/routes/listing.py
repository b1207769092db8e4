"""Mina åtaganden: the page that a contact has in the pocket."""

from starlette.responses import Response

from auth.permissions import Permission, holds
from sspf.errors import NotFound
from sspf.plans import policy, queries
from sspf.plans.forms import ListForm
from sspf.plans.queries import Board
from sspf.plans.returning import Back, Place
from sspf.plans.routes.registry import router
from sspf.plans.timing import grouped
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Queried


@router.get("/atgarder", access=Access.SIGNED_IN)
def list_my_actions(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    wanted: Queried[ListForm],
) -> Response:
    if not holds(actor, Permission.CASE_READ):
        raise NotFound
    chosen = wanted.data or ListForm()
    may_see_all = holds(actor, Permission.CASE_OPEN)
    everyone = may_see_all and chosen.visa == "alla"
    mine = queries.my_actions(session, actor, everyone=everyone, after=chosen.after)
    rows = [*mine.to_do, *mine.closed]
    return page.render(
        "plans/mine.html",
        fragments=("my_actions",),
        board=Board(
            groups=grouped(rows, mine.today),
            may_change={row.id: policy.can_change(actor, mine.cases[row.case_id], row.organisation_id) for row in rows},
            may_comment={row.id: policy.can_comment(actor, mine.cases[row.case_id]) for row in rows},
            today=mine.today,
            back=Back(Place.ALL if everyone else Place.MINE, after=chosen.efter),
            target="my_actions",
            just=chosen.nyss,
            across_cases=True,
            names_who=everyone,
        ),
        to_do=len(mine.to_do),
        is_first=chosen.after is None,
        next_after=mine.next_after,
        everyone=everyone,
        may_see_all=may_see_all,
    )
