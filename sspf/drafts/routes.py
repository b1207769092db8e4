"""A draft is saved by the page's own script, and found again with or without it."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.actor import Actor
from sspf.drafts import queries, service
from sspf.drafts.models import Draft
from sspf.drafts.service import MOST_FIELDS, Typed
from sspf.errors import NotFound, ValidationFailed
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Router, dates
from sspf.web.state import edge_of
from sspf.web.staying import staying

router = Router()

# Where the form stands and where it goes, beside what is typed in it.
PAGE, SENT_TO = "utkast-sida", "utkast-till"
NOTICES = {"slangt": _("Utkastet är slängt.")}


async def typed_form(request: Request) -> Typed:
    """The form as it stands, whatever its fields are called."""
    sent = await request.form(max_files=0, max_fields=MOST_FIELDS + 2)
    return [(name, text) for name, text in sent.multi_items() if isinstance(text, str)]


@router.post("/utkast", access=Access.SIGNED_IN)
def keep_draft(
    request: Request, session: DbSession, actor: CurrentActor, sent: Annotated[Typed, Depends(typed_form)]
) -> Response:
    where = dict(one for one in sent if one[0] in {PAGE, SENT_TO})
    typed = [one for one in sent if one[0] not in where]
    draft = service.keep(session, actor, page=where.get(PAGE, ""), sent_to=where.get(SENT_TO, ""), typed=typed)
    if draft is None:
        raise ValidationFailed(typed=_("Det här går inte att spara som utkast."))
    stays = staying(request)
    return JSONResponse({"at": dates.time(draft.saved_at), "idle": stays.idle if stays else 0})


@router.get("/utkast", access=Access.SIGNED_IN)
def list_drafts(
    page: CurrentPage, session: DbSession, request: Request, actor: CurrentActor, sida: str | None = None
) -> Response:
    """Only that they are there, which their writer knows."""
    drafts = _still_there(request, session, actor, queries.list_drafts(session, actor, page=sida))
    if _for_script(request):
        return JSONResponse([_known(draft) for draft in drafts])
    return page.render("drafts/list.html", drafts=drafts, notice=page.notice(NOTICES))


@router.get("/utkast/{draft_id}", access=Access.SIGNED_IN)
def show_draft(
    page: CurrentPage, session: DbSession, request: Request, actor: CurrentActor, draft_id: UUID
) -> Response:
    draft = queries.get_draft(session, actor, draft_id)
    if not _still_there(request, session, actor, [draft]):
        raise NotFound
    typed = service.open_draft(session, actor, draft)
    if _for_script(request):
        return JSONResponse({**_known(draft), "typed": typed})
    written = sorted({text for _name, text in typed if " " in text.strip()}, key=len, reverse=True)
    return page.render("drafts/show.html", draft=draft, typed=typed, written=written)


@router.post("/utkast/{draft_id}/slang", access=Access.SIGNED_IN)
def discard_draft(page: CurrentPage, session: DbSession, actor: CurrentActor, draft_id: UUID) -> Response:
    service.discard(session, actor, queries.get_draft(session, actor, draft_id))
    return page.see_other("list_drafts", query={"klart": "slangt"})


def _still_there(request: Request, session: Session, actor: Actor, drafts: Sequence[Draft]) -> Sequence[Draft]:
    """A form begins with what stands already: who may not know of that any more is not shown it in a draft either."""
    known = edge_of(request).drafts
    there = known.still_there(session, actor, [one.sent_to for one in drafts]) if known else ()
    return [one for one in drafts if one.sent_to in there]


def _for_script(request: Request) -> bool:
    return request.headers.get("accept", "") == "application/json"


def _known(draft: Draft) -> Mapping[str, str]:
    return {"id": str(draft.series_id), "at": dates.time(draft.saved_at), "sent_to": draft.sent_to}
