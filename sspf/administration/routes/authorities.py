"""The authorities that organisations belong to: between them secrecy is tested."""

from uuid import UUID

from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.administration import policy
from sspf.administration.forms import AuthorityForm
from sspf.administration.labels import LEGAL_FORMS
from sspf.administration.routes.registry import router
from sspf.errors import Conflict
from sspf.organisations import changing, queries, service
from sspf.organisations.models import Authority
from sspf.overtaken import mark_of
from sspf.texts import _
from sspf.web import Access, Compared, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank, exclusive

FIELDS: list[Compared] = [("name", _("Namn"), {}), ("legal_form", _("Offentlig eller enskild"), LEGAL_FORMS)]


@router.get("/administration/myndigheter/ny", access=Access.SIGNED_IN)
def new_authority(page: CurrentPage, actor: CurrentActor) -> Response:
    return _authority_page(page, actor, None, blank())


@router.post("/administration/myndigheter/ny", access=Access.SIGNED_IN)
def add_authority(page: CurrentPage, session: DbSession, actor: CurrentActor, form: Sent[AuthorityForm]) -> Response:
    require(policy.can_administer(actor))
    if form.data is None:
        return _authority_page(page, actor, None, form, status=422)
    given = form.data
    service.add_authority(
        session, actor, municipality_id=actor.municipality_id, name=given.name, legal_form=given.legal_form
    )
    return page.see_other("list_organisations", query={"klart": "ny-myndighet"})


@router.get("/administration/myndigheter/{authority_id}", access=Access.SIGNED_IN)
def edit_authority(page: CurrentPage, session: DbSession, actor: CurrentActor, authority_id: UUID) -> Response:
    authority = _authority(session, actor, authority_id)
    return _authority_page(page, actor, authority, _standing(authority))


@router.post("/administration/myndigheter/{authority_id}", access=Access.SIGNED_IN, lock=exclusive("authority_id"))
def change_authority(
    page: CurrentPage, session: DbSession, actor: CurrentActor, authority_id: UUID, form: Sent[AuthorityForm]
) -> Response:
    authority = _authority(session, actor, authority_id)
    if form.data is None:
        return _authority_page(page, actor, authority, form, status=422)
    given = form.data
    try:
        changing.change_authority(
            session, actor, authority, name=given.name, legal_form=given.legal_form, read=given.read
        )
    except Conflict:
        return _authority_page(page, actor, authority, form.overtaken(_standing(authority), FIELDS), status=409)
    return page.see_other("list_organisations", query={"klart": "sparat"})


def _authority(session: DbSession, actor: Actor, authority_id: UUID) -> Authority:
    require(policy.can_administer(actor))
    return queries.get_authority(session, actor.municipality_id, authority_id)


def _standing(authority: Authority) -> Submitted[AuthorityForm]:
    return blank(
        name=authority.name,
        legal_form=authority.legal_form.value,
        read=mark_of(*changing.of_authority(authority)),
    )


def _authority_page(
    page: Page, actor: Actor, authority: Authority | None, form: Submitted[AuthorityForm], *, status: int = 200
) -> Response:
    require(policy.can_administer(actor))
    return page.render(
        "administration/authority.html",
        authority=authority,
        legal_forms=list(LEGAL_FORMS.items()),
        form=form,
        status=status,
    )
