"""The family said no: what follows, before it is done."""

from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.casefile.routes.registry import router
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.cases.service import record_shown
from sspf.cases.states import can_decline
from sspf.db import clock
from sspf.organisations import queries as organisations
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, shared


@router.get("/arenden/{case_id}/tackade-nej", access=Access.SIGNED_IN, lock=shared("case_id"))
def ask_to_decline(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_change_state(actor, case))
    require(can_decline(case.state))
    record_shown(session, actor, case)
    now = clock.now(session)
    names = organisations.names(session, actor.municipality_id)
    leaving = sorted(names[spell.organisation_id] for spell in case.participations if spell.is_live(now))
    return page.render("casefile/decline.html", case=case, leaving=leaving)
