"""What somebody is called, and the address they sign in with, put right."""

from uuid import UUID

from starlette.responses import Response

from audit.log import record
from auth.actor import Actor
from auth.decisions import require
from auth.events import AccountEvent
from auth.models import User
from auth.policy import who_confirms
from sspf.administration import policy, users
from sspf.administration.forms import ChangeUserForm
from sspf.administration.labels import CONFIRMED_BY
from sspf.administration.routes.registry import router
from sspf.db import clock
from sspf.errors import Conflict, ValidationFailed
from sspf.overtaken import mark_of
from sspf.texts import _
from sspf.web import Access, Compared, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank

FIELDS: list[Compared] = [("name", _("Namn"), {}), ("email", _("E-postadress"), {})]


@router.get("/administration/anvandare/{user_id}/andra", access=Access.SIGNED_IN)
def edit_user(page: CurrentPage, session: DbSession, actor: CurrentActor, user_id: UUID) -> Response:
    return _show(page, session, actor, user_id, None)


@router.post("/administration/anvandare/{user_id}/andra", access=Access.SIGNED_IN)
def change_user(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    user_id: UUID,
    form: Sent[ChangeUserForm],
) -> Response:
    user = users.get_account(session, actor, user_id).user
    require(policy.can_rename(actor, user))
    if form.data is None:
        return _show(page, session, actor, user_id, form, status=422)
    before = user.email
    try:
        changed = users.change(session, actor, user_id, form.data)
    except ValidationFailed as failed:
        return _show(page, session, actor, user_id, form.refused(failed), status=422)
    except Conflict:
        return _show(page, session, actor, user_id, form.overtaken(_standing(user), FIELDS), status=409)
    said = "adress" if changed.email != before else "andrat" if changed.confirmed_at else "namn"
    return page.see_other("show_user", user_id=user_id, query={"klart": said})


def _standing(user: User) -> Submitted[ChangeUserForm]:
    """The form as it begins."""
    return blank(name=user.name, email=user.email, read=mark_of(user.name, user.email))


def _show(
    page: Page,
    session: DbSession,
    actor: Actor,
    user_id: UUID,
    form: Submitted[ChangeUserForm] | None,
    *,
    status: int = 200,
) -> Response:
    account = users.get_account(session, actor, user_id)
    require(policy.can_change(actor, account.user))
    record(session, actor.did(AccountEvent.SHOWN, user=str(user_id)))
    return page.render(
        "administration/user_change.html",
        user=account.user,
        form=form or _standing(account.user),
        confirmed_by=CONFIRMED_BY[who_confirms(account.not_over(clock.now(session)))],
        may_rename=policy.can_rename(actor, account.user),
        status=status,
    )
