"""An account opens when somebody who knows its owner has said so: a page for who waits, and one for who vouches."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from audit.log import record
from auth import accounts, sign_in
from auth import queries as auth_queries
from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny, require
from auth.events import AccountEvent
from auth.permissions import Permission, holds
from sspf.errors import NotFound
from sspf.organisations.roles import ROLES
from sspf.signin import cookies, queries, wording
from sspf.signin.queries import Vouchable
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Router, Sent, WrittenOver

router = Router()

NOTICES = {
    "ja": _("Tack. Nu kan personen logga in."),
    "nej": _("Tack. Kontot är fortfarande stängt, och administratören ser att du inte kände igen det."),
}


def can_vouch(actor: Actor) -> Decision:
    """May the actor say of anybody that it is them? Whoever makes accounts may not."""
    if not holds(actor, Permission.ACCOUNT_CONFIRM):
        return deny(_("Den som lägger upp konton bekräftar dem inte. Det gör en kollega till personen."))
    return ALLOW


@router.get("/logga-in/vantar", access=Access.PUBLIC)
def show_waiting(page: CurrentPage, session: DbSession, request: Request) -> Response:
    """For somebody who has shown who they are, and nothing else: whose yes they wait for."""
    asked = sign_in.waits_for(session, cookies.session_token(request) or "")
    if asked is None:
        # confirmed meanwhile, or too long ago: both begin there
        return page.see_other("show_choice")
    return page.render("signin/waiting.html", sentence=wording.WAITS_FOR[asked])


@router.get("/bekrafta", access=Access.SIGNED_IN)
def list_vouchable(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    require(can_vouch(actor))
    return _list(page, session, actor)


def vouchable(session: DbSession, actor: CurrentActor, user_id: UUID) -> Vouchable:
    """An account that the actor may vouch for, held as it is now; any other does not exist for them."""
    require(can_vouch(actor))
    try:
        auth_queries.lock_user(session, user_id)
    except NoResultFound:
        raise NotFound from None
    found = next((one for one in queries.vouchable_by(session, actor) if one.user_id == user_id), None)
    if found is None:
        raise NotFound
    return found


Vouched = Annotated[Vouchable, Depends(vouchable)]
Answer = Sent[WrittenOver]


@router.post("/bekrafta/{user_id}/ja", access=Access.SIGNED_IN)
def vouch(page: CurrentPage, session: DbSession, actor: CurrentActor, theirs: Vouched, answer: Answer) -> Response:
    if answer.value("read") != theirs.read:
        return _list(page, session, actor, overtaken=theirs)
    accounts.confirm_user(session, actor, theirs.user_id)
    return page.see_other("list_vouchable", query={"klart": "ja"})


@router.post("/bekrafta/{user_id}/nej", access=Access.SIGNED_IN)
def do_not_vouch(
    page: CurrentPage, session: DbSession, actor: CurrentActor, theirs: Vouched, answer: Answer
) -> Response:
    if answer.value("read") != theirs.read:
        return _list(page, session, actor, overtaken=theirs)
    accounts.refuse_user(session, actor, theirs.user_id)
    return page.see_other("list_vouchable", query={"klart": "nej"})


def _list(page: Page, session: Session, actor: Actor, *, overtaken: Vouchable | None = None) -> Response:
    """Who waits; an answer about somebody who has been changed since it was read is asked for again."""
    waiting = queries.vouchable_by(session, actor)
    record(session, actor.did(AccountEvent.LISTED, users=[str(one.user_id) for one in waiting]))
    return page.render(
        "signin/vouch.html",
        status=409 if overtaken else 200,
        waiting=waiting,
        overtaken=overtaken,
        roles=ROLES,
        place=wording.place,
        notice=page.notice(NOTICES),
    )
