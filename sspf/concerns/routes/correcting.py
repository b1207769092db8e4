"""What somebody told, put right by those who wrote it down."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.decisions import require
from sspf.concerns import correcting, filling, labels, policy, queries
from sspf.concerns.forms import LONGEST, CorrectionForm
from sspf.concerns.models import Concern, ConcernKind
from sspf.concerns.routes.registry import router
from sspf.concerns.telling import Account
from sspf.errors import Conflict, ValidationFailed
from sspf.people.basis import BASES
from sspf.texts import _
from sspf.web import Access, Compared, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, exclusive, shared


@router.get("/kontakter/{concern_id}/ratta", access=Access.SIGNED_IN, lock=shared("concern_id"))
def edit_concern(page: CurrentPage, session: DbSession, actor: CurrentActor, concern_id: UUID) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_correct(actor, concern))
    return _form(page, session, concern, filling.account_form(session, actor, concern))


@router.post("/kontakter/{concern_id}/ratta", access=Access.SIGNED_IN, lock=exclusive("concern_id"))
def correct_concern(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    concern_id: UUID,
    form: Sent[CorrectionForm],
) -> Response:
    concern = queries.get_concern(session, actor, concern_id)
    require(policy.can_correct(actor, concern))
    # what stands is opened whatever comes of it: the page that is shown again names the contact
    now = filling.account_form(session, actor, concern)
    if form.data is None:
        return _form(page, session, concern, form, status=422)
    try:
        correcting.correct_account(session, actor, concern, _told(form.data), read=form.data.read)
    except ValidationFailed as failed:
        return _form(page, session, concern, form.refused(failed), status=422)
    except Conflict:
        return _form(page, session, concern, form.overtaken(now, _fields(_kinds(session, concern))), status=409)
    return page.see_other("show_concern", concern_id=concern.id, query={"klart": "rattad"})


def _told(form: CorrectionForm) -> Account:
    return Account(
        source=form.source,
        kind_id=form.kind,
        seen=form.seen,
        basis=form.basis,
        age=form.age,
        stage=form.stage,
        area=form.area,
    )


def _kinds(session: Session, concern: Concern) -> list[ConcernKind]:
    """Those that can be chosen, and the one it has."""
    kinds = queries.list_kinds(session, concern.municipality_id)
    return kinds if concern.kind_id in {kind.id for kind in kinds} else [concern.kind, *kinds]


def _fields(kinds: list[ConcernKind]) -> list[Compared]:
    return [
        ("source", _("Hörde av sig"), labels.SOURCES),
        ("kind", _("Gäller"), {str(kind.id): kind.label for kind in kinds}),
        ("age", _("Ålder"), {}),
        ("stage", _("Skola"), labels.STAGES),
        ("area", _("Område"), {}),
        ("seen", _("Sett eller hört"), {}),
        ("basis", _("Så vet vi det"), BASES),
    ]


def _form(page: Page, session: Session, concern: Concern, form: Submitted[Any], status: int = 200) -> Response:
    return page.render(
        "concerns/correct.html",
        status=status,
        concern=concern,
        form=form,
        sources=[(source.value, words) for source, words in labels.SOURCES.items()],
        kinds=[(kind.id, kind.label) for kind in _kinds(session, concern)],
        stages=[(stage.value, words) for stage, words in labels.STAGES.items()],
        bases=[(basis.value, words) for basis, words in BASES.items()],
        longest=LONGEST,
    )
