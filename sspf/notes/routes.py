"""Writing a note: the form, what each recipient will see, and saving it. Correcting one goes the same way."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from auth.decisions import require
from sspf.cases import queries as cases
from sspf.errors import ValidationFailed
from sspf.notes import policy, queries, service
from sspf.notes.correcting import find_wordings
from sspf.notes.drafts import Draft
from sspf.notes.forms import NoteForm
from sspf.notes.showing import Desk, desk_of, form_page, preview_page
from sspf.notes.telling import GroundGone
from sspf.web import (
    Access,
    CurrentActor,
    CurrentPage,
    DbSession,
    Page,
    Router,
    Sent,
    Submitted,
    blank,
    exclusive,
    shared,
)

router = Router()


@router.get("/arenden/{case_id}/anteckningar/ny", access=Access.SIGNED_IN, lock=shared("case_id"))
def new_note(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_write(actor, case))
    return form_page(page, desk_of(session, actor, case), blank())


@router.post("/arenden/{case_id}/anteckningar/granska", access=Access.SIGNED_IN, lock=shared("case_id"))
def preview_note(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Sent[NoteForm]
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_write(actor, case))
    return _previewed(page, session, desk_of(session, actor, case), form)


@router.post("/arenden/{case_id}/anteckningar", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def add_note(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, form: Sent[NoteForm]
) -> Response:
    case = cases.get_case(session, actor, case_id)
    require(policy.can_write(actor, case))
    desk = desk_of(session, actor, case)
    return _saved(page, desk, form, lambda draft: service.add_note(session, actor, case, draft))


@router.get("/arenden/{case_id}/anteckningar/{note_id}/ratta", access=Access.SIGNED_IN, lock=shared("case_id"))
def edit_note(page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, note_id: UUID) -> Response:
    case = cases.get_case(session, actor, case_id)
    wordings = find_wordings(session, actor, case, note_id)
    if wordings.is_replaced:
        return page.see_other("edit_note", case_id=case_id, note_id=wordings.newest.id)
    desk = desk_of(session, actor, case, wordings)
    return form_page(page, desk, wordings.as_form(desk.whom))


@router.post("/arenden/{case_id}/anteckningar/{note_id}/ratta/granska", access=Access.SIGNED_IN, lock=shared("case_id"))
def preview_correction(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, note_id: UUID, form: Sent[NoteForm]
) -> Response:
    case = cases.get_case(session, actor, case_id)
    wordings = find_wordings(session, actor, case, note_id)
    desk = desk_of(session, actor, case, wordings)
    if wordings.is_replaced:
        return form_page(page, desk, form, status=409)
    return _previewed(page, session, desk, form)


@router.post("/arenden/{case_id}/anteckningar/{note_id}/ratta", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def correct_note(
    page: CurrentPage, session: DbSession, actor: CurrentActor, case_id: UUID, note_id: UUID, form: Sent[NoteForm]
) -> Response:
    case = cases.get_case(session, actor, case_id)
    wordings = find_wordings(session, actor, case, note_id)
    desk = desk_of(session, actor, case, wordings)
    if wordings.is_replaced:
        return form_page(page, desk, form, status=409)
    return _saved(
        page,
        desk,
        form,
        lambda draft: service.correct_note(session, actor, case, wordings.reading, wordings.notes, draft),
    )


def _previewed(page: Page, session: Session, desk: Desk, form: Submitted[NoteForm]) -> Response:
    """The preview, or the form again: with what is wrong, or to go on writing."""
    if form.data is None or form.data.step == "edit":
        return form_page(page, desk, form, status=200 if form.data else 422)
    try:
        draft = desk.draft_of(form.data)
        service.check(session, desk.actor, draft)
    except ValidationFailed as failed:
        return form_page(page, desk, form.refused(failed), status=422)
    return preview_page(page, desk, form, draft, queries.outcomes(session, desk.actor, desk.case, draft))


def _saved(page: Page, desk: Desk, form: Submitted[NoteForm], save: Callable[[Draft], object]) -> Response:
    """Back to the case; or the form again, or the preview when somebody may not see the note any more."""
    if form.data is None:
        return form_page(page, desk, form, status=422)
    try:
        draft = desk.draft_of(form.data)
        save(draft)
    except ValidationFailed as failed:
        return form_page(page, desk, form.refused(failed), status=422)
    except GroundGone as gone:
        return preview_page(page, desk, form, draft, gone.outcomes, status=409)
    return page.see_other("show_case", case_id=desk.case.id, query={"klart": "anteckning"})
