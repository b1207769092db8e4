"""From which ages who must say yes, as the municipality's lawyer has decided."""

from starlette.responses import Response

from auth import queries as users
from auth.actor import Actor
from auth.decisions import require
from sspf.administration import policy
from sspf.administration.age_form import WHO, AgesForm, filled_in, rows_shown
from sspf.administration.routes.registry import router
from sspf.consents.labels import from_age, who_must_agree
from sspf.errors import Conflict
from sspf.organisations import ages, queries
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted

NOTICES = {"sparat": _("Beslutet är inskrivet och räknas från nästa samtycke som registreras.")}


@router.get("/administration/aldrar", access=Access.SIGNED_IN)
def show_ages(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    return _show(page, session, actor, None)


@router.post("/administration/aldrar", access=Access.SIGNED_IN)
def decide_ages(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[AgesForm],
) -> Response:
    require(policy.can_administer(actor))
    if form.data is None:
        return _show(page, session, actor, form, status=422)
    given = form.data
    try:
        ages.decide(session, actor, table=given.table, decided_by=given.decided_by, after=given.version)
    except Conflict:
        return _show(page, session, actor, form, status=409)
    return page.see_other("show_ages", query={"klart": "sparat"})


def _show(
    page: Page, session: DbSession, actor: Actor, form: Submitted[AgesForm] | None, *, status: int = 200
) -> Response:
    """What holds now stands above the form, so that two who write at once see both."""
    require(policy.can_administer(actor))
    table = queries.age_table(session, actor.municipality_id)
    decided = queries.list_ages(session, actor.municipality_id)
    version = decided[0].version if decided else 0
    form = form or filled_in(table, version)
    return page.render(
        "administration/ages.html",
        form=form,
        rows=rows_shown(form),
        who=list(WHO.items()),
        table=table,
        version=version,
        is_overtaken=status == 409,
        decided=decided,
        names=users.names_of(session, {one.recorded_by for one in decided}),
        who_must_agree=who_must_agree,
        from_age=from_age,
        notice=page.notice(NOTICES),
        status=status,
    )
