"""The organisations that may hold and receive information, under their authorities, and under which rule."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.administration import policy
from sspf.administration.forms import OrganisationForm
from sspf.administration.labels import LEGAL_FORMS
from sspf.administration.routes.registry import router
from sspf.errors import Conflict, ValidationFailed
from sspf.organisations import changing, queries, service
from sspf.organisations.kinds import KINDS
from sspf.organisations.models import Organisation
from sspf.organisations.policy import can_be_of_kind
from sspf.overtaken import mark_of
from sspf.texts import Text, _
from sspf.web import Access, Compared, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank, exclusive

NOTICES: dict[str, Text] = {
    "sparat": _("Ändringen är sparad."),
    "ny": _("Organisationen finns nu, med en egen nyckel."),
    "ny-myndighet": _("Myndigheten finns nu. Lägg till organisationerna som hör till den."),
    "ur-bruk": _("Organisationen är tagen ur bruk. Ingen familj tillfrågas om den längre."),
    "i-bruk": _("Organisationen är i bruk igen."),
}

FIELDS: list[Compared] = [
    ("name", _("Namn"), {}),
    ("kind", _("Slag"), KINDS),
    ("secrecy_rule", _("Sekretessregel"), {}),
    ("is_independent_branch", _("Självständig verksamhetsgren"), {"on": _("ja"), "": _("nej")}),
]


@router.get("/administration/organisationer", access=Access.SIGNED_IN)
def list_organisations(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    require(policy.can_administer(actor))
    return page.render(
        "administration/organisations.html",
        authorities=queries.list_authorities(session, actor.municipality_id),
        organisations=queries.list_organisations(session, actor.municipality_id),
        kinds=KINDS,
        legal_forms=LEGAL_FORMS,
        notice=page.notice(NOTICES),
    )


@router.get("/administration/organisationer/ny", access=Access.SIGNED_IN)
def new_organisation(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    return _organisation_page(page, session, actor, None, blank())


@router.post("/administration/organisationer/ny", access=Access.SIGNED_IN)
def add_organisation(
    page: CurrentPage, session: DbSession, actor: CurrentActor, form: Sent[OrganisationForm]
) -> Response:
    require(policy.can_administer(actor))
    authorities = {one.id: one for one in queries.list_authorities(session, actor.municipality_id)}
    if form.data is not None and form.data.authority not in authorities:
        form = form.refused(ValidationFailed(authority=_("Välj vilken myndighet den hör till.")))
    if form.data is None or form.data.authority is None:
        return _organisation_page(page, session, actor, None, form, status=422)
    given = form.data
    service.add_organisation(
        session,
        actor,
        authority=authorities[form.data.authority],
        name=given.name,
        kind=given.kind,
        secrecy_rule=given.secrecy_rule,
        is_independent_branch=given.is_independent_branch,
    )
    return page.see_other("list_organisations", query={"klart": "ny"})


@router.get("/administration/organisationer/{organisation_id}", access=Access.SIGNED_IN)
def edit_organisation(page: CurrentPage, session: DbSession, actor: CurrentActor, organisation_id: UUID) -> Response:
    organisation = _organisation(session, actor, organisation_id)
    return _organisation_page(page, session, actor, organisation, _standing(organisation))


@router.post(
    "/administration/organisationer/{organisation_id}",
    access=Access.SIGNED_IN,
    lock=exclusive("organisation_id"),
)
def change_organisation(
    page: CurrentPage, session: DbSession, actor: CurrentActor, organisation_id: UUID, form: Sent[OrganisationForm]
) -> Response:
    organisation = _organisation(session, actor, organisation_id)
    if form.data is None:
        return _organisation_page(page, session, actor, organisation, form, status=422)
    given = form.data
    try:
        changing.change_organisation(
            session,
            actor,
            organisation,
            name=given.name,
            kind=given.kind,
            secrecy_rule=given.secrecy_rule,
            is_independent_branch=given.is_independent_branch,
            read=given.read,
        )
    except Conflict:
        form = form.overtaken(_standing(organisation), FIELDS)
        return _organisation_page(page, session, actor, organisation, form, status=409)
    return page.see_other("list_organisations", query={"klart": "sparat"})


@router.post("/administration/organisationer/{organisation_id}/ta-ur-bruk", access=Access.SIGNED_IN)
def end_organisation(page: CurrentPage, session: DbSession, actor: CurrentActor, organisation_id: UUID) -> Response:
    changing.end_organisation(session, actor, _organisation(session, actor, organisation_id))
    return page.see_other("edit_organisation", organisation_id=organisation_id, query={"klart": "ur-bruk"})


@router.post("/administration/organisationer/{organisation_id}/ta-i-bruk", access=Access.SIGNED_IN)
def resume_organisation(page: CurrentPage, session: DbSession, actor: CurrentActor, organisation_id: UUID) -> Response:
    changing.resume_organisation(session, actor, _organisation(session, actor, organisation_id))
    return page.see_other("edit_organisation", organisation_id=organisation_id, query={"klart": "i-bruk"})


def _organisation(session: DbSession, actor: Actor, organisation_id: UUID) -> Organisation:
    require(policy.can_administer(actor))
    return queries.get_organisation(session, actor.municipality_id, organisation_id)


def _standing(organisation: Organisation) -> Submitted[Any]:
    """The form as it begins."""
    return blank(
        name=organisation.name,
        kind=organisation.kind.value,
        secrecy_rule=organisation.secrecy_rule,
        is_independent_branch=organisation.is_independent_branch,
        read=mark_of(*changing.of_organisation(organisation)),
    )


def _organisation_page(
    page: Page,
    session: DbSession,
    actor: Actor,
    organisation: Organisation | None,
    form: Submitted[OrganisationForm],
    *,
    status: int = 200,
) -> Response:
    require(policy.can_administer(actor))
    return page.render(
        "administration/organisation.html",
        organisation=organisation,
        authorities=[(one.id, one.name) for one in queries.list_authorities(session, actor.municipality_id)],
        kinds=[
            (kind, words) for kind, words in KINDS.items() if not organisation or can_be_of_kind(organisation, kind)
        ],
        form=form,
        may_end=changing.can_end(session, actor, organisation) if organisation else None,
        notice=page.notice(NOTICES),
        status=status,
    )
