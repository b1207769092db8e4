"""The list of contacts: a contact's own, and coordination's all. From plain columns alone."""

from starlette.responses import Response

from audit.log import record
from auth.decisions import require
from auth.permissions import Permission, holds
from sspf.concerns import labels, policy, queries
from sspf.concerns.events import ConcernEvent, subject_of
from sspf.concerns.forms import ListForm
from sspf.concerns.routes.registry import router
from sspf.db import clock
from sspf.organisations.terms import TERMS
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Queried

NOTICES = {"avslutad": _("Du har avslutat %(concern)s.", concern=TERMS["concern_the"])}


@router.get("/kontakter", access=Access.SIGNED_IN)
def list_concerns(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    wanted: Queried[ListForm],
) -> Response:
    """What was listed is on the record."""
    require(policy.can_register(actor))
    chosen = wanted.data or ListForm()
    leads = holds(actor, Permission.CONCERN_LEAD)
    # a contact's own are not told apart by what became of them
    every = chosen.visa == "alla" or not leads
    found = queries.list_concerns(session, actor, before=chosen.fore, every=every)
    there = found.concerns
    record(
        session,
        actor.did(
            ConcernEvent.LISTED,
            *map(subject_of, there),
            page="first" if chosen.fore is None else "later",
        ),
    )
    today = clock.today(session)
    return page.render(
        "concerns/list.html",
        rows=[(concern, *labels.state_for(actor, concern)) for concern in there],
        pressing={concern.id for concern in there if leads and concern.is_pressing(today)},
        may_inform={concern.id for concern in there if concern.must_inform and policy.can_inform(actor, concern)},
        next_before=found.next_before,
        is_first=chosen.fore is None,
        every=every,
        leads=leads,
        labels=labels,
        notice=page.notice(NOTICES),
    )
