"""Which of the country's municipalities this is."""

from typing import Any

from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.administration import policy
from sspf.administration.forms import MunicipalityForm
from sspf.administration.routes.registry import router
from sspf.cases import queries as cases
from sspf.db import locks
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.organisations import changing, queries
from sspf.organisations.models import Municipality
from sspf.organisations.municipalities import municipalities
from sspf.overtaken import mark_of
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank

NOTICES = {"sparat": _("Nu är det den här kommunen.")}


@router.get("/administration/kommun", access=Access.SIGNED_IN)
def show_municipality(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    return _show(page, session, actor, None)


@router.post("/administration/kommun", access=Access.SIGNED_IN)
def choose_municipality(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[MunicipalityForm],
) -> Response:
    require(policy.can_administer(actor))
    require(policy.can_choose_municipality(actor, has_cases=cases.is_any(session, actor.municipality_id)))
    if form.data is None:
        return _show(page, session, actor, form, status=422)
    code = next((code for code, name in municipalities().items() if name == form.data.municipality), None)
    if code is None:
        unknown = ValidationFailed(municipality=_("Det finns ingen kommun som heter så. Välj en i listan."))
        return _show(page, session, actor, form.refused(unknown), status=422)
    locks.exclusive(session, actor.municipality_id)
    municipality = queries.the_municipality(session)
    if municipality is None:
        raise NotFound
    try:
        changing.change_municipality(
            session, actor, municipality, code=code, name=municipalities()[code], read=form.data.read
        )
    except Conflict:
        now = _standing(municipality)
        return _show(page, session, actor, form.overtaken(now, [("municipality", _("Kommun"), {})]), status=409)
    return page.see_other("show_municipality", query={"klart": "sparat"})


def _standing(municipality: Municipality | None) -> Submitted[Any]:
    """The form as it begins."""
    return blank(municipality=municipality.name, read=mark_of(municipality.code)) if municipality else blank()


def _show(
    page: Page, session: DbSession, actor: Actor, form: Submitted[MunicipalityForm] | None, *, status: int = 200
) -> Response:
    require(policy.can_administer(actor))
    municipality = queries.the_municipality(session)
    return page.render(
        "administration/municipality.html",
        form=form or _standing(municipality),
        municipality=municipality,
        names=[(name, "") for name in sorted(municipalities().values())],
        may_choose=policy.can_choose_municipality(actor, has_cases=cases.is_any(session, actor.municipality_id)),
        notice=page.notice(NOTICES),
        status=status,
    )
