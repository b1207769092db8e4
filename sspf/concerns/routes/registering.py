"""The telephone call: one page, no name."""

from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from auth.permissions import Permission, holds
from sspf.concerns import labels, policy, queries, service
from sspf.concerns.forms import LONGEST, AccountForm
from sspf.concerns.models import ConcernSource
from sspf.concerns.routes.registry import router
from sspf.concerns.telling import Account
from sspf.errors import ValidationFailed
from sspf.organisations import queries as organisations
from sspf.organisations.models import Organisation, OrganisationKind
from sspf.people.basis import BASES, Basis
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank


@router.get("/kontakter/ny", access=Access.SIGNED_IN)
def new_concern(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    require(policy.can_register(actor))
    own = organisations.get_organisation(session, actor.municipality_id, actor.organisation_id)
    # coordination writes down what others say on the telephone; a contact mostly what its own has seen
    if holds(actor, Permission.CONCERN_LEAD):
        return _form(page, session, actor, blank(basis=Basis.OTHER_TELLS.value))
    return _form(page, session, actor, blank(basis=Basis.OWN_OBSERVATION.value, source=_source_of(own)))


@router.post("/kontakter/ny", access=Access.SIGNED_IN)
def register_concern(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[AccountForm],
) -> Response:
    require(policy.can_register(actor))
    if form.data is None:
        return _form(page, session, actor, form, status=422)
    try:
        told = Account(
            source=form.data.source,
            kind_id=form.data.kind,
            seen=form.data.seen,
            basis=form.data.basis,
            age=form.data.age,
            stage=form.data.stage,
            area=form.data.area,
        )
        concern = service.register(session, actor, told, coordination=_coordination(session, actor))
    except ValidationFailed as failed:
        return _form(page, session, actor, form.refused(failed), status=422)
    return page.see_other("show_weighing", concern_id=concern.id, query={"klart": "inskriven"})


def _form(page: Page, session: Session, actor: Actor, form: Submitted[Any], status: int = 200) -> Response:
    return page.render(
        "concerns/new.html",
        status=status,
        form=form,
        sources=[(source.value, words) for source, words in labels.SOURCES.items()],
        kinds=[(kind.id, kind.label) for kind in queries.list_kinds(session, actor.municipality_id)],
        stages=[(stage.value, words) for stage, words in labels.STAGES.items()],
        bases=[(basis.value, words) for basis, words in BASES.items()],
        longest=LONGEST,
    )


def _source_of(own: Organisation) -> str:
    known = {source.value for source in ConcernSource}
    return own.kind.value if own.kind.value in known else ConcernSource.OTHER.value


def _coordination(session: Session, actor: Actor) -> Organisation:
    """Where it goes: the coordinator's own, or the municipality's.

    Raises:
        ValidationFailed: the municipality has none yet.
    """
    everyone = organisations.list_in_use(session, actor.municipality_id)
    units = [one for one in everyone if one.kind is OrganisationKind.COORDINATION]
    own = [one for one in units if one.id == actor.organisation_id and holds(actor, Permission.CONCERN_LEAD)]
    if not units:
        raise ValidationFailed(source=_("Kommunen har ingen samordning inlagd än. Säg till administratören."))
    return (own or units)[0]
