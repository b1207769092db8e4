"""Closing a case, with a page that says who is told what before it is done; and opening it again."""

from uuid import UUID

from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from auth.permissions import Permission, holds
from sspf.casefile import labels
from sspf.casefile.forms import CloseForm, VersionForm
from sspf.casefile.routes.registry import router
from sspf.casefile.service import check_farewell, close, reopen
from sspf.cases import policy
from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.cases.service import record_shown
from sspf.consents.lasting import last_day
from sspf.consents.parting import parting_of
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.organisations import queries as organisations
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank, exclusive, shared

CHANGED = _("Ärendet har ändrats medan du skrev. Titta på det igen innan du avslutar. Det du skrev står kvar här.")
CLOSED = _("Någon annan har avslutat ärendet medan du skrev. Det du skrev är inte sparat, men står kvar här.")


@router.get("/arenden/{case_id}/avsluta", access=Access.SIGNED_IN, lock=shared("case_id"))
def ask_to_close(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_close(actor, case))
    record_shown(session, actor, case)
    return _form(page, session, case, blank(version=case.version))


@router.post("/arenden/{case_id}/avsluta/granska", access=Access.SIGNED_IN, lock=shared("case_id"))
def check_closing(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Sent[CloseForm]
) -> Response:
    """What follows, in words; or the form again to go on writing. Saves nothing."""
    case = cases.get_case(session, actor, case_id)
    if beaten := _beaten(page, session, actor, case, form):
        return beaten
    require(policy.can_close(actor, case))
    record_shown(session, actor, case)
    if form.data is None:
        return _form(page, session, case, form, status=422)
    if form.data.step == "edit":
        return _form(page, session, case, form)
    left = parting_of(session, case, clock.now(session))
    try:
        check_farewell(form.data.farewell, left)
    except ValidationFailed as failed:
        return _form(page, session, case, form.refused(failed), status=422)
    return page.render(
        "casefile/close_check.html",
        case=case,
        form=form,
        farewell=form.data.farewell,
        left=left,
        last_day=last_day,
        names=organisations.names(session, case.municipality_id),
        labels=labels,
    )


@router.post("/arenden/{case_id}/avsluta", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def close_case(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Sent[CloseForm]
) -> Response:
    case = cases.get_case(session, actor, case_id)
    if beaten := _beaten(page, session, actor, case, form):
        return beaten
    require(policy.can_close(actor, case))
    if form.data is None:
        return _form(page, session, case, form, status=422)
    try:
        close(session, actor, case, form.data.farewell)
    except ValidationFailed as failed:
        return _form(page, session, case, form.refused(failed), status=422)
    return page.see_other("show_case", case_id=case_id, query={"klart": "avslutat"})


@router.get("/arenden/{case_id}/oppna-igen", access=Access.SIGNED_IN, lock=shared("case_id"))
def ask_to_reopen(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_reopen(actor, case))
    now = clock.now(session)
    names = organisations.names(session, actor.municipality_id)
    record_shown(session, actor, case)
    leaving = sorted(names[spell.organisation_id] for spell in case.participations if spell.is_live(now))
    return page.render("casefile/reopen.html", case=case, leaving=leaving)


@router.post("/arenden/{case_id}/oppna-igen", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def reopen_case(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[VersionForm],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_reopen(actor, case))
    if form.data is None or form.data.version != case.version:
        raise Conflict(_("Ärendet har ändrats sedan du öppnade sidan. Titta på det igen innan du öppnar det."))
    reopen(session, actor, case)
    return page.see_other("show_case", case_id=case_id, query={"klart": "oppnat-igen"})


def _beaten(page: Page, session: DbSession, actor: Actor, case: Case, form: Submitted[CloseForm]) -> Response | None:
    """The form with what was typed, if a colleague has changed the case or closed it meanwhile."""
    if form.data is None or form.data.version == case.version or not holds(actor, Permission.CASE_CLOSE):
        return None
    record_shown(session, actor, case)
    reason = CHANGED if policy.can_close(actor, case) else CLOSED
    return _form(page, session, case, form.refused(ValidationFailed(**{"": reason})), status=409)


def _form(page: Page, session: DbSession, case: Case, form: Submitted[CloseForm], *, status: int = 200) -> Response:
    names = organisations.names(session, case.municipality_id)
    there = parting_of(session, case, clock.now(session)).of_actions
    return page.render(
        "casefile/close.html",
        status=status,
        case=case,
        version=case.version if status == 409 else form.value("version") or case.version,
        form=form,
        reasons=[(reason.value, words) for reason, words in labels.REASONS.items()],
        there=sorted(((str(one), names[one]) for one in there), key=lambda choice: choice[1]),
    )
