"""One contact's page, and ending it."""

from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.concerns import labels, policy, queries, service
from sspf.concerns.routes.registry import router
from sspf.concerns.view import is_owed, owes_weighing, view_concern
from sspf.db import clock
from sspf.organisations import queries as organisations
from sspf.organisations.terms import TERMS
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, exclusive, shared

NOTICES = {
    "inskriven": _("Du har skrivit in %(concern)s.", concern=TERMS["concern_the"]),
    "vagd": _("Det är sparat. Bara ni ser det."),
    "rad": _("Rådet är sparat."),
    "rattad": _("Rättelsen är sparad."),
    "vem": _("Uppgifterna är sparade. Bara samordningen ser dem."),
    "informerad": _("Det är sparat att familjen är informerad."),
}


@router.get("/kontakter/{concern_id}", access=Access.SIGNED_IN, lock=shared("concern_id"))
def show_concern(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    view = view_concern(session, actor, concern)
    owes = is_owed(actor, concern, view.weighing)
    now = clock.now(session)
    coordination = organisations.get_organisation(session, actor.municipality_id, concern.coordination_id)
    may_inform = policy.can_inform(actor, concern)
    today = clock.day_of(now)
    return page.render(
        "concerns/show.html",
        concern=concern,
        view=view,
        state=labels.state_for(actor, concern),
        names=organisations.names(session, actor.municipality_id),
        labels=labels,
        leads=policy.leads(actor, concern),
        owes_weighing=owes,
        may_correct=policy.can_correct(actor, concern),
        may_advise=policy.can_advise(actor, concern, owes_weighing=owes),
        may_record_yes=policy.can_record_yes(actor, concern, coordination, owes_weighing=owes),
        may_identify=policy.can_identify(actor, concern, now),
        may_inform=may_inform,
        is_pressing=concern.is_pressing(today),
        may_open_case=policy.can_open_case(actor, concern, now),
        may_end=policy.can_end(actor, concern, owes_weighing=owes),
        notice=page.notice(NOTICES),
    )


@router.get("/kontakter/{concern_id}/avsluta", access=Access.SIGNED_IN, lock=shared("concern_id"))
def ask_to_end(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    """What follows: what is erased and what is no longer read here does not come back."""
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_end(actor, concern, owes_weighing=owes_weighing(session, actor, concern)))
    service.record_shown(session, actor, concern)
    names = organisations.names(session, actor.municipality_id)
    told_by = None if concern.organisation_id == concern.coordination_id else names[concern.organisation_id]
    return page.render("concerns/end.html", concern=concern, told_by=told_by)


@router.post("/kontakter/{concern_id}/avsluta", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def end_concern(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    service.end(session, actor, concern, owes_weighing=owes_weighing(session, actor, concern))
    return page.see_other("list_concerns", query={"klart": "avslutad"})
