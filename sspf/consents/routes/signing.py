"""Typing in what somebody answered: the form, the page where every row is checked, and the saving."""

from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.consents import queries
from sspf.consents.desk import open_desk
from sspf.consents.filling import as_it_stands, begun_from, can_be_signed, compared, empty_form, filled_in
from sspf.consents.forms import ConsentForm, WhoForm
from sspf.consents.lasting import DEFAULT_MONTHS, MOST_MONTHS
from sspf.consents.models import Way
from sspf.consents.routes.registry import router
from sspf.consents.routes.signing_pages import name_of, render_check, render_form
from sspf.consents.service import record_consent
from sspf.consents.typing_in import Signing, answers_of, require_first, require_read, sit_down
from sspf.errors import Conflict, ValidationFailed
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Queried, Sent, Submitted, exclusive, shared

# filled in anew when what was said is signed
ASKED_AGAIN = {"given_on", "valid_to", "with_interpreter"}
DONE = {Way.PAPER: "samtycke", Way.SPOKEN: "muntligt"}


@router.get("/arenden/{case_id}/samtycke/nytt", access=Access.SIGNED_IN, lock=shared("case_id"))
def new_consent(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    who: Queried[WhoForm],
) -> Response:
    """The form: empty, or filled in with what has been answered before and still stands."""
    begin_from, way = (who.data.fran, who.data.satt) if who.data else (None, Way.PAPER)
    desk = open_desk(session, actor, case_id)
    signing = sit_down(session, actor, desk, who.value("person"), begin_from=begin_from)
    source = signing.consent(begin_from)
    form = (
        begun_from(signing, source, way, actor.user_id) if source else empty_form(session, signing, way, actor.user_id)
    )
    return render_form(page, session, signing, form)


@router.get("/arenden/{case_id}/samtycke/{consent_id}/underskrift", access=Access.SIGNED_IN, lock=shared("case_id"))
def sign_what_was_said(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, consent_id: UUID
) -> Response:
    """What was said is now signed: two days to fill in, and then the page where every row is checked."""
    desk = open_desk(session, actor, case_id)
    said = queries.get_consent(session, actor, desk.case, consent_id)
    signing = sit_down(session, actor, desk, str(said.person_id), begin_from=said.id)
    require(can_be_signed(said, signing.newest))
    form = begun_from(signing, said, Way.PAPER, actor.user_id)
    return page.render(
        "consents/sign.html",
        case=desk.case,
        household=desk.household,
        giver=signing.giver,
        said=said,
        told_to=name_of(session, said.told_to),
        form=form,
        typed=[(name, value) for name, values in form.typed.items() for value in values if name not in ASKED_AGAIN],
        version=form.value("form_version"),
        default_months=DEFAULT_MONTHS,
        most_months=MOST_MONTHS,
    )


@router.post("/arenden/{case_id}/samtycke/blankett", access=Access.SIGNED_IN, lock=shared("case_id"))
def fill_in_consent(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Sent[ConsentForm]
) -> Response:
    """The form again with all that was typed, and what a button said about it. Saves nothing."""
    signing = _sit_down(session, actor, case_id, form)
    return render_form(page, session, signing, filled_in(form, signing))


@router.post("/arenden/{case_id}/samtycke/granska", access=Access.SIGNED_IN, lock=shared("case_id"))
def check_consent(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Sent[ConsentForm]
) -> Response:
    """Every row in words, and what it would change. Saves nothing."""
    signing = _sit_down(session, actor, case_id, form)
    if form.data is None:
        return render_form(page, session, signing, form, status=422)
    try:
        answers = answers_of(session, form.data, signing)
    except ValidationFailed as failed:
        return render_form(page, session, signing, form.refused(failed), status=422)
    return render_check(page, session, signing, form.data, form, answers)


@router.post("/arenden/{case_id}/samtycke", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def save_consent(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Sent[ConsentForm]
) -> Response:
    signing = _sit_down(session, actor, case_id, form)
    desk, data = signing.desk, form.data
    if data is None:
        return render_form(page, session, signing, form, status=422)
    try:
        require_first(data, signing)
    except Conflict:
        overtaken = form.overtaken(as_it_stands(signing), compared(signing))
        if overtaken.both and not overtaken.both.theirs + overtaken.both.yours:
            # the same paper, typed in by somebody else or sent twice
            return page.see_other("show_consents", case_id=case_id, query={"klart": DONE[data.way]})
        return render_form(page, session, signing, overtaken, status=409)
    try:
        answers = answers_of(session, data, signing)
    except ValidationFailed as failed:
        return render_form(page, session, signing, form.refused(failed), status=422)
    try:
        require_read(data, signing)
    except ValidationFailed as failed:
        return render_check(page, session, signing, data, form.refused(failed), answers, status=422)
    record_consent(
        session,
        actor,
        desk.case,
        person_id=signing.giver.id,
        paper=data.paper,
        answers=answers,
        family=signing.family,
        reading=desk.reading,
        began_from=data.began_from,
    )
    return page.see_other("show_consents", case_id=case_id, query={"klart": DONE[data.way]})


def _sit_down(session: Session, actor: Actor, case_id: UUID, form: Submitted[ConsentForm]) -> Signing:
    desk = open_desk(session, actor, case_id)
    return sit_down(session, actor, desk, form.value("person"), version=form.value("form_version"))
