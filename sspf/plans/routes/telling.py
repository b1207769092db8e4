"""More about an action, for those who may know: the form, what each of them will see, and saving it. As for a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.consents.labels import kind_label
from sspf.errors import Conflict, ValidationFailed
from sspf.law.purposes import Purpose
from sspf.notes.drafts import KINDS, Outcome
from sspf.notes.queries import Recipient, list_recipients, outcomes
from sspf.notes.telling import GroundGone
from sspf.organisations import queries as organisations
from sspf.plans import detailing, policy, queries
from sspf.plans.detailing import DetailDraft
from sspf.plans.forms import DetailForm
from sspf.plans.queries import DetailView
from sspf.plans.routes.finding import Found, find_whole
from sspf.plans.routes.registry import router
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank, exclusive, shared


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything at hand while the detail is written. ``current`` is what the writer's organisation has told so far."""

    page: Page
    session: Session
    actor: Actor
    found: Found
    recipients: Sequence[Recipient]
    current: DetailView | None

    def draft(self, form: DetailForm) -> DetailDraft:
        return detailing.draft_of(
            self.actor, self.found.case, kind=form.kind, wording=form.detail, recipients=form.recipients
        )


@router.get("/arenden/{case_id}/atgarder/{action_id}/mer", access=Access.SIGNED_IN, lock=shared("case_id"))
def edit_detail(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, action_id: UUID) -> Response:
    desk = _desk(page, session, actor, case_id, action_id)
    current = desk.current
    form = blank(kind=current.kind, detail=current.text, replaces=current.id) if current else blank()
    return _form_page(desk, form)


@router.post("/arenden/{case_id}/atgarder/{action_id}/mer/granska", access=Access.SIGNED_IN, lock=shared("case_id"))
def preview_detail(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, action_id: UUID, form: Sent[DetailForm]
) -> Response:
    desk = _desk(page, session, actor, case_id, action_id)
    if form.data is None or form.data.step == "edit":
        return _form_page(desk, form, status=200 if form.data else 422)
    draft = desk.draft(form.data)
    try:
        detailing.check(draft)
    except ValidationFailed as failed:
        return _form_page(desk, form.refused(failed), status=422)
    return _preview_page(desk, form, draft, outcomes(session, actor, desk.found.case, draft))


@router.post("/arenden/{case_id}/atgarder/{action_id}/mer", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def write_detail(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, action_id: UUID, form: Sent[DetailForm]
) -> Response:
    desk = _desk(page, session, actor, case_id, action_id)
    if form.data is None:
        return _form_page(desk, form, status=422)
    draft, found = desk.draft(form.data), desk.found
    try:
        detailing.write_detail(
            session, actor, found.case, found.reading, found.action, draft, replaces=form.data.replaces
        )
    except ValidationFailed as failed:
        return _form_page(desk, form.refused(failed), status=422)
    except GroundGone as gone:
        return _preview_page(desk, form, draft, gone.outcomes, status=409)
    except Conflict:
        return _form_page(desk, form, status=409)
    return page.see_other("show_action", case_id=case_id, action_id=action_id)


def _desk(page: Page, session: Session, actor: Actor, case_id: UUID, action_id: UUID) -> Desk:
    found = find_whole(session, actor, case_id, action_id, Purpose.DISCLOSURE)
    require(policy.can_detail(actor, found.case, found.action.organisation_id))
    names = organisations.names(session, actor.municipality_id)
    details = queries.details_of(session, found.reading, actor, found.action, names)
    return Desk(
        page=page,
        session=session,
        actor=actor,
        found=found,
        recipients=list_recipients(session, actor, found.case),
        current=next((one for one in details if one.is_own), None),
    )


def _form_page(desk: Desk, form: Submitted[Any], status: int = 200) -> Response:
    """The form; with status 409 also what a colleague has written, which the form now goes on from."""
    current = desk.current
    is_beaten = status == 409
    can_hear = [(one, _may_hear(desk, one)) for one in desk.recipients]
    return desk.page.render(
        "plans/detail.html",
        status=status,
        **_about(desk),
        form=form,
        kinds=[(kind.value, kind_label(kind)) for kind in KINDS],
        can_hear=[(one.organisation_id, one.name, words) for one, words in can_hear if words],
        cannot_hear=[one.name for one, words in can_hear if not words],
        is_new=current is None,
        replaces=(current.id if current else "") if is_beaten else form.value("replaces"),
        theirs=current.text if current and is_beaten else None,
        most=detailing.LONGEST,
    )


def _preview_page(
    desk: Desk, form: Submitted[DetailForm], draft: DetailDraft, told: Sequence[Outcome], status: int = 200
) -> Response:
    """What each chosen recipient will see; with status 409 what has changed since that was last shown."""
    return desk.page.render(
        "plans/detail_preview.html",
        status=status,
        **_about(desk),
        form=form,
        draft=draft,
        kind_label=kind_label(draft.kind),
        names={one.organisation_id: one.name for one in desk.recipients},
        seen_by=[outcome for outcome in told if outcome.sees],
        not_seen_by=[outcome for outcome in told if not outcome.sees],
        is_changed=status == 409,
    )


def _about(desk: Desk) -> dict[str, Any]:
    found = desk.found
    view = queries.view_of(desk.session, found.reading, found.case, found.action)
    return {"case": found.case, "action": view}


def _may_hear(desk: Desk, recipient: Recipient) -> str:
    """The kinds that the writer's own organisation may tell them, in one line."""
    kinds = [kind for source_id, kind in recipient.may_hear if source_id == desk.actor.organisation_id]
    return ", ".join(str(kind_label(kind)) for kind in kinds)
