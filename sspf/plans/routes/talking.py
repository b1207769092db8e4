"""A comment on an action, and taking it back: its words are then in the box again, to be put right or let be."""

from uuid import UUID

from starlette.responses import Response

from auth.decisions import require
from sspf.db import clock
from sspf.errors import ValidationFailed
from sspf.law.purposes import Purpose
from sspf.plans import commenting, policy, queries
from sspf.plans.forms import CommentForm, TakeBackForm
from sspf.plans.routes.finding import find_whole
from sspf.plans.routes.registry import router
from sspf.plans.routes.showing import action_page
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Sent, blank, exclusive


@router.post("/arenden/{case_id}/atgarder/{action_id}/kommentar", access=Access.SIGNED_IN, lock=exclusive("case_id"))
def add_comment(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    action_id: UUID,
    form: Sent[CommentForm],
) -> Response:
    found = find_whole(session, actor, case_id, action_id, Purpose.ACTION)
    require(policy.can_comment(actor, found.case))
    if form.data is None:
        return action_page(page, session, actor, found, status=422, comment_form=form)
    try:
        comment = commenting.add_comment(session, actor, found.case, found.action, wording=form.data.comment)
    except ValidationFailed as failed:
        return action_page(page, session, actor, found, status=422, comment_form=form.refused(failed))
    return page.see_other("show_action", case_id=case_id, action_id=action_id, query={"nyss": str(comment.id)})


@router.post(
    "/arenden/{case_id}/atgarder/{action_id}/kommentar/{comment_id}/angra",
    access=Access.SIGNED_IN,
    lock=exclusive("case_id"),
)
def take_back_comment(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    case_id: UUID,
    action_id: UUID,
    comment_id: UUID,
    form: Sent[TakeBackForm],
) -> Response:
    found = find_whole(session, actor, case_id, action_id, Purpose.ACTION)
    comment = queries.get_comment(session, found.reading, actor, found.action, comment_id)
    require(policy.can_take_back(actor, found.case, comment, now := clock.now(session)))
    said = found.reading.reveal(comment, "wording") if found.reading.shows(comment) else form.value("comment")
    commenting.take_back(session, actor, found.case, found.action, comment, now)
    return action_page(page, session, actor, found, just=comment_id, comment_form=blank(comment=said))
