"""What a worry can be about, in the municipality's own neutral words."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.administration import policy
from sspf.administration.routes.registry import router
from sspf.concerns import kinds, queries
from sspf.concerns.forms import KindForm, KindPressForm
from sspf.concerns.models import ConcernKind
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.organisations.terms import TERMS
from sspf.overtaken import mark_of
from sspf.texts import _
from sspf.web import Access, Compared, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank

NOTICES = {
    "tillagt": _("Ordet är tillagt."),
    "sparat": _("Ordet är ändrat."),
    "up": _("Ordet är flyttat uppåt."),
    "down": _("Ordet är flyttat nedåt."),
    "end": _("Ordet går inte att välja längre. De %(concerns)s som har det behåller det.", concerns=TERMS["concerns"]),
    "revive": _("Ordet går att välja igen."),
}

FIELDS: list[Compared] = [("label", _("Ord"), {}), ("warns", _("Varnar"), {"on": _("ja"), "": _("nej")})]


@router.get("/administration/kontaktslag", access=Access.SIGNED_IN)
def list_concern_kinds(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    require(policy.can_administer(actor))
    return _list(page, session, actor, blank())


@router.post("/administration/kontaktslag", access=Access.SIGNED_IN)
def add_concern_kind(page: CurrentPage, session: DbSession, actor: CurrentActor, form: Sent[KindForm]) -> Response:
    require(policy.can_administer(actor))
    if form.data is None:
        return _list(page, session, actor, form, status=422)
    try:
        label, warns = form.data.label, form.data.warns
        kinds.add_kind(session, actor.who, municipality_id=actor.municipality_id, label=label, warns=warns)
    except ValidationFailed as failed:
        return _list(page, session, actor, form.refused(failed), status=422)
    return page.see_other("list_concern_kinds", query={"klart": "tillagt"})


@router.get("/administration/kontaktslag/{kind_id}", access=Access.SIGNED_IN)
def edit_concern_kind(page: CurrentPage, session: DbSession, actor: CurrentActor, kind_id: UUID) -> Response:
    require(policy.can_administer(actor))
    kind = _kind(session, actor, kind_id)
    return page.render("administration/concern_kind.html", kind=kind, form=_standing(kind))


@router.post("/administration/kontaktslag/{kind_id}", access=Access.SIGNED_IN)
def rename_concern_kind(
    page: CurrentPage, session: DbSession, actor: CurrentActor, kind_id: UUID, form: Sent[KindForm]
) -> Response:
    require(policy.can_administer(actor))
    kind = _kind(session, actor, kind_id)
    if form.data is not None:
        label, warns = form.data.label, form.data.warns
        try:
            kinds.rename(
                session,
                actor.who,
                municipality_id=actor.municipality_id,
                kind_id=kind_id,
                label=label,
                warns=warns,
                read=form.data.read,
            )
        except Conflict:
            form = form.overtaken(_standing(kind), FIELDS)
            return page.render("administration/concern_kind.html", status=409, kind=kind, form=form)
        except ValidationFailed as failed:
            form = form.refused(failed)
        else:
            return page.see_other("list_concern_kinds", query={"klart": "sparat"})
    return page.render("administration/concern_kind.html", status=422, kind=kind, form=form)


@router.post("/administration/kontaktslag/{kind_id}/ordning", access=Access.SIGNED_IN)
def press_concern_kind(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    kind_id: UUID,
    form: Sent[KindPressForm],
) -> Response:
    require(policy.can_administer(actor))
    _kind(session, actor, kind_id)
    if form.data is None:
        return _list(page, session, actor, blank(), status=422)
    press, where = form.data.press, {"municipality_id": actor.municipality_id, "kind_id": kind_id}
    if press in {"up", "down"}:
        kinds.move(session, actor.who, **where, step=-1 if press == "up" else 1)
    else:
        kinds.set_in_use(session, actor.who, **where, in_use=press == "revive")
    return page.see_other("list_concern_kinds", query={"klart": press})


def _standing(kind: ConcernKind) -> Submitted[Any]:
    return blank(label=kind.label, warns=kind.warns, read=mark_of(kind.label, kind.warns))


def _kind(session: Session, actor: Actor, kind_id: UUID) -> ConcernKind:
    found = queries.list_kinds(session, actor.municipality_id, also_ended=True)
    kind = next((one for one in found if one.id == kind_id), None)
    if kind is None:
        raise NotFound
    return kind


def _list(page: Page, session: Session, actor: Actor, form: Submitted[Any], status: int = 200) -> Response:
    every = queries.list_kinds(session, actor.municipality_id, also_ended=True)
    return page.render(
        "administration/concern_kinds.html",
        status=status,
        form=form,
        in_use=[kind for kind in every if kind.ended_at is None],
        ended=[kind for kind in every if kind.ended_at is not None],
        notice=page.notice(NOTICES),
    )
