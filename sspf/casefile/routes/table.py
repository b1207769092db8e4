"""Who the family is asked about: organisations, and the people named there, with or without an account."""

from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.casefile.forms import GuestForm, ParticipantForm, RemoveGuestForm, RemoveMemberForm
from sspf.casefile.routes.registry import router
from sspf.casefile.seats import staff_of, table_of
from sspf.cases import parties, policy, seating
from sspf.cases import queries as cases
from sspf.errors import NotFound, ValidationFailed
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Sent, Submitted, blank, exclusive, shared

NOTICES = {
    "borttagen": _("Personen är borttagen och ser inte längre ärendet."),
    "tillagd": _("Personen är tillagd. Familjen behöver få frågan innan något sägs."),
    "gast-borttagen": _("Personen är borttagen och deltar inte längre."),
}


@router.get("/arenden/{case_id}/deltagare", access=Access.SIGNED_IN, lock=shared("case_id"))
def edit_participants(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    return _show(page, session, actor, case_id)


@router.post("/arenden/{case_id}/deltagare", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def add_participants(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[ParticipantForm],
) -> Response:
    """Name people; each brings their own organisation. The family is asked about them next."""
    case = cases.get_case(session, actor, case_id)
    require(policy.can_change_participants(actor, case))
    if form.data is None:
        return _show(page, session, actor, case_id, form=form, status=422)
    typed = form.data
    chosen = [one for one in staff_of(session, actor, case) if one.user_id in typed.member]
    places = list(dict.fromkeys(one.organisation_id for one in chosen))
    if {one.user_id for one in chosen} != set(typed.member):
        form = form.refused(ValidationFailed(member=_("Någon av dem kan inte väljas längre. Välj igen.")))
        return _show(page, session, actor, case_id, form=form, status=422)
    if seating.lacking_reservation(session, case, places) and not typed.reserve:
        form = form.refused(ValidationFailed(reserve=seating.RESERVE_FIRST))
        return _show(page, session, actor, case_id, form=form, status=422)
    for organisation_id in places:
        users = [one.user_id for one in chosen if one.organisation_id == organisation_id]
        seating.seat(session, actor, case, organisation_id=organisation_id, user_ids=users, reserved=typed.reserve)
    return page.see_other("show_case", case_id=case_id, query={"klart": "deltagare"})


@router.post("/arenden/{case_id}/deltagare/ta-bort", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def remove_participant(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[RemoveMemberForm],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    if form.data is None:
        return _show(page, session, actor, case_id, status=422)
    parties.remove_member(session, actor, case, user_id=form.data.user)
    if form.data.user == actor.user_id and case.is_protected:
        return page.see_other("list_cases")
    return page.see_other("edit_participants", case_id=case_id, query={"klart": "borttagen"})


@router.post("/arenden/{case_id}/deltagare/utan-inloggning", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def add_guest(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    guest_form: Sent[GuestForm],
) -> Response:
    """Name somebody who takes part and cannot sign in."""
    case = cases.get_case(session, actor, case_id)
    require(policy.can_change_participants(actor, case))
    if guest_form.data is None:
        return _show(page, session, actor, case_id, guest_form=guest_form, status=422)
    typed = guest_form.data
    try:
        seating.add_guest(
            session, actor, case, organisation_id=typed.organisation, name=typed.name, reserved=typed.reserved
        )
    except NotFound:
        wrong = ValidationFailed(organisation=_("Organisationen kan inte väljas längre. Välj igen."))
        return _show(page, session, actor, case_id, guest_form=guest_form.refused(wrong), status=422)
    except ValidationFailed as failed:
        return _show(page, session, actor, case_id, guest_form=guest_form.refused(failed), status=422)
    return page.see_other("edit_participants", case_id=case_id, query={"klart": "tillagd"})


@router.post("/arenden/{case_id}/deltagare/utan-inloggning/ta-bort", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def remove_guest(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Sent[RemoveGuestForm],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    if form.data is None:
        return _show(page, session, actor, case_id, status=422)
    seating.remove_guest(session, actor, case, guest_id=form.data.guest)
    return page.see_other("edit_participants", case_id=case_id, query={"klart": "gast-borttagen"})


def _show(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    *,
    form: Submitted[ParticipantForm] | None = None,
    guest_form: Submitted[GuestForm] | None = None,
    status: int = 200,
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_change_participants(actor, case))
    return page.render(
        "casefile/participants.html",
        status=status,
        case=case,
        table=table_of(session, actor, case),
        form=form or blank(),
        guest_form=guest_form or blank(),
        notice=page.notice(NOTICES),
    )
