"""Closing a case, with a page first that says what follows."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.responses import Response

from auth.decisions import require
from sspf.casefile.forms import CloseForm
from sspf.casefile.routes.registry import router
from sspf.casefile.service import close
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.cases.service import record_shown
from sspf.db import clock
from sspf.errors import Conflict
from sspf.organisations import queries as organisations
from sspf.texts import _
from sspf.web import (
    Access,
    CurrentActor,
    CurrentPage,
    DbSession,
    Submitted,
    exclusive,
    shared,
    submitted,
)


@router.get("/arenden/{case_id}/avsluta", access=Access.SIGNED_IN, lock=shared("case_id"))
def ask_to_close(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_close(actor, case))
    now = clock.now(session)
    names = organisations.names(session, actor.municipality_id)
    live = {spell.organisation_id for spell in case.participations if spell.is_live(now)}
    record_shown(session, actor, case)
    return page.render(
        "casefile/close.html", case=case, leaving=sorted(names[organisation_id] for organisation_id in live)
    )


@router.post("/arenden/{case_id}/avsluta", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def close_case(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Annotated[Submitted[CloseForm], Depends(submitted(CloseForm))],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_close(actor, case))
    if form.data is None or form.data.version != case.version:
        raise Conflict(_("Ärendet har ändrats sedan du öppnade sidan. Titta på det igen innan du avslutar."))
    close(session, actor, case)
    return page.see_other("list_cases", query={"klart": "avslutat"})
