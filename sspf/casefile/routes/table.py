"""Who the family is asked about: organisations, and the people named there."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.responses import Response

from auth import queries as accounts
from auth.decisions import require
from auth.permissions import Role
from sspf.casefile import labels
from sspf.casefile.forms import ParticipantForm, RemoveMemberForm
from sspf.casefile.routes.registry import router
from sspf.cases import policy, service
from sspf.cases import queries as cases
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.organisations import queries as organisations
from sspf.texts import _
from sspf.web import (
    Access,
    CurrentActor,
    CurrentPage,
    DbSession,
    Submitted,
    blank,
    exclusive,
    shared,
    submitted,
)

NOTICES = {"borttagen": _("Personen är borttagen och ser inte längre ärendet.")}


@router.get("/arenden/{case_id}/deltagare", access=Access.SIGNED_IN, lock=shared("case_id"))
def edit_participants(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    return _show(page, session, actor, case_id, blank())


@router.post("/arenden/{case_id}/deltagare", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def add_participants(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Annotated[Submitted[ParticipantForm], Depends(submitted(ParticipantForm))],
) -> Response:
    """Name people; each brings their own organisation. The family is asked about them next."""
    case = cases.get_case(session, actor, case_id)
    if form.data is None:
        return _show(page, session, actor, case_id, form, status=422)
    chosen = [one for one in _staff(session, actor) if one.user_id in form.data.member]
    if {one.user_id for one in chosen} != set(form.data.member):
        form = form.refused(ValidationFailed(member=_("Någon av dem kan inte väljas längre. Välj igen.")))
        return _show(page, session, actor, case_id, form, status=422)
    for organisation_id in dict.fromkeys(one.organisation_id for one in chosen):
        users = [one.user_id for one in chosen if one.organisation_id == organisation_id]
        service.add_party(session, actor, case, organisation_id=organisation_id, user_ids=users)
    return page.see_other("show_case", case_id=case_id, query={"klart": "deltagare"})


@router.post("/arenden/{case_id}/deltagare/ta-bort", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def remove_participant(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Annotated[Submitted[RemoveMemberForm], Depends(submitted(RemoveMemberForm))],
) -> Response:
    case = cases.get_case(session, actor, case_id)
    if form.data is None:
        return _show(page, session, actor, case_id, blank(), status=422)
    service.remove_member(session, actor, case, user_id=form.data.user)
    return page.see_other("edit_participants", case_id=case_id, query={"klart": "borttagen"})


def _staff(session: DbSession, actor: CurrentActor) -> list[accounts.Staff]:
    """Contacts in all organisations: whom the family can be asked about."""
    ids = [one.id for one in organisations.list_organisations(session, actor.municipality_id)]
    staff = accounts.list_staff(session, ids, now=clock.now(session))
    return [one for one in staff if one.role is Role.CONTACT]


def _show(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    form: Submitted[ParticipantForm],
    *,
    status: int = 200,
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_change_participants(actor, case))
    named = {member.user_id for party in case.parties for member in party.members if member.ended_at is None}
    staff = _staff(session, actor)
    service.record_shown(session, actor, case)
    return page.render(
        "casefile/participants.html",
        status=status,
        case=case,
        form=form,
        labels=labels,
        organisations=organisations.list_organisations(session, actor.municipality_id),
        named=[one for one in staff if one.user_id in named],
        others=[one for one in staff if one.user_id not in named],
        notice=page.notice(NOTICES),
    )
