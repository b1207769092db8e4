"""The people who may sign in: their accounts, what they work as, and the code that lets them choose a password."""

from uuid import UUID

from starlette.responses import Response

from audit.log import record
from auth import accounts
from auth.actor import Actor
from auth.decisions import require
from auth.events import AccountEvent
from auth.permissions import Role
from auth.policy import who_confirms
from sspf.administration import policy, users
from sspf.administration.forms import AssignmentForm, UserForm, UsersFilter
from sspf.administration.labels import CONFIRMED_BY, STANDINGS
from sspf.administration.routes.registry import router
from sspf.administration.users import STANDS
from sspf.consents.lasting import last_day
from sspf.db import clock
from sspf.errors import NotFound, ValidationFailed
from sspf.organisations import queries as organisations
from sspf.organisations.roles import ROLES
from sspf.signin.codes import code_of
from sspf.texts import Text, _, upper_first
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Queried, Sent, Submitted, blank

NOTICES: dict[str, Text] = {
    "ny": _("Kontot finns nu. Ge personen en engångskod, så kan hen välja ett lösenord."),
    "uppdrag": _("Uppdraget är inskrivet. Kontot behöver bekräftas innan det öppnar något."),
    "avslutat": _("Uppdraget är avslutat."),
    "andrat": _("Ändringen är sparad."),
    "namn": _("Namnet är ändrat. Kontot behöver bekräftas innan det öppnar något."),
    "adress": _("Adressen är bytt och personen är utloggad. Kontot behöver bekräftas innan det öppnar något."),
    "utloggad": _("Personen är utloggad överallt."),
    "stangt": _("Kontot är stängt. Det personen har gjort står kvar i hens namn."),
}


@router.get("/administration/anvandare", access=Access.SIGNED_IN)
def list_users(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    wanted: Queried[UsersFilter],
) -> Response:
    require(policy.can_administer(actor))
    return page.render(
        "administration/users.html",
        accounts=users.list_accounts(session, actor, wanted.data or UsersFilter()),
        form=wanted,
        is_filtered=bool(wanted.value("organisation") or wanted.value("standing")),
        standings=list(STANDINGS.items()),
        places=[(one.id, one.name) for one in organisations.list_organisations(session, actor.municipality_id)],
        names=organisations.names(session, actor.municipality_id),
        roles=ROLES,
        stands=STANDS,
    )


@router.get("/administration/anvandare/ny", access=Access.SIGNED_IN)
def new_user(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    return _new_page(page, session, actor, blank(role=Role.CONTACT))


@router.post("/administration/anvandare/ny", access=Access.SIGNED_IN)
def add_user(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[UserForm],
) -> Response:
    require(policy.can_administer(actor))
    if form.data is None:
        return _new_page(page, session, actor, form, status=422)
    try:
        added = users.add(session, actor, form.data)
    except ValidationFailed as failed:
        return _new_page(page, session, actor, form.refused(failed), status=422)
    return page.see_other("show_user", user_id=added.id, query={"klart": "ny"})


@router.get("/administration/anvandare/{user_id}", access=Access.SIGNED_IN)
def show_user(page: CurrentPage, session: DbSession, actor: CurrentActor, user_id: UUID) -> Response:
    return _user_page(page, session, actor, user_id, blank())


@router.post("/administration/anvandare/{user_id}/uppdrag", access=Access.SIGNED_IN)
def give_assignment(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    user_id: UUID,
    form: Sent[AssignmentForm],
) -> Response:
    users.get_account(session, actor, user_id)
    if form.data is None:
        return _user_page(page, session, actor, user_id, form, status=422)
    try:
        users.give(session, actor, user_id, form.data)
    except ValidationFailed as failed:
        return _user_page(page, session, actor, user_id, form.refused(failed), status=422)
    return page.see_other("show_user", user_id=user_id, query={"klart": "uppdrag"})


@router.post("/administration/anvandare/{user_id}/uppdrag/{assignment_id}/avsluta", access=Access.SIGNED_IN)
def end_assignment(
    page: CurrentPage, session: DbSession, actor: CurrentActor, user_id: UUID, assignment_id: UUID
) -> Response:
    account = users.get_account(session, actor, user_id)
    if assignment_id not in {each.id for each in account.assignments}:
        raise NotFound
    accounts.end_assignment(session, actor, assignment_id)
    return page.see_other("show_user", user_id=user_id, query={"klart": "avslutat"})


@router.post("/administration/anvandare/{user_id}/kod", access=Access.SIGNED_IN)
def give_code(page: CurrentPage, session: DbSession, actor: CurrentActor, user_id: UUID) -> Response:
    """The code stands in this answer and nowhere else: not in an address, a cookie or a letter."""
    account = users.get_account(session, actor, user_id)
    require(policy.can_change(actor, account.user))
    code = code_of(accounts.one_time_link(session, actor, user_id))
    return _user_page(page, session, actor, user_id, blank(), code=code)


@router.post("/administration/anvandare/{user_id}/logga-ut", access=Access.SIGNED_IN)
def end_sessions(page: CurrentPage, session: DbSession, actor: CurrentActor, user_id: UUID) -> Response:
    users.get_account(session, actor, user_id)
    accounts.end_sessions(session, actor, user_id)
    return page.see_other("show_user", user_id=user_id, query={"klart": "utloggad"})


@router.post("/administration/anvandare/{user_id}/stang", access=Access.SIGNED_IN)
def disable_user(page: CurrentPage, session: DbSession, actor: CurrentActor, user_id: UUID) -> Response:
    account = users.get_account(session, actor, user_id)
    require(policy.can_disable(actor, account.user))
    accounts.disable_user(session, actor, user_id)
    return page.see_other("show_user", user_id=user_id, query={"klart": "stangt"})


def _new_page(
    page: Page, session: DbSession, actor: Actor, form: Submitted[UserForm], *, status: int = 200
) -> Response:
    require(policy.can_administer(actor))
    return page.render(
        "administration/user_new.html", form=form, places=_places(session, actor), role_choices=_roles(), status=status
    )


def _user_page(
    page: Page,
    session: DbSession,
    actor: Actor,
    user_id: UUID,
    form: Submitted[AssignmentForm],
    *,
    code: str | None = None,
    status: int = 200,
) -> Response:
    account = users.get_account(session, actor, user_id)
    now = clock.now(session)
    record(session, actor.did(AccountEvent.SHOWN, user=str(user_id)))
    return page.render(
        "administration/user.html",
        account=account,
        stand=STANDS[account.stand],
        confirmed_by=CONFIRMED_BY[who_confirms(account.not_over(now))],
        form=form,
        code=code,
        now=now,
        last_day=last_day,
        names=organisations.names(session, actor.municipality_id),
        roles=ROLES,
        places=_places(session, actor),
        role_choices=_roles(),
        may_change=policy.can_change(actor, account.user),
        may_disable=policy.can_disable(actor, account.user),
        notice=page.notice(NOTICES),
        status=status,
    )


def _places(session: DbSession, actor: Actor) -> list[tuple[UUID, str]]:
    return [(one.id, one.name) for one in organisations.list_in_use(session, actor.municipality_id)]


def _roles() -> list[tuple[Role, Text | str, Text]]:
    return [(role, upper_first(ROLES[role]), about) for role, about in ABOUT_ROLES.items()]


ABOUT_ROLES: dict[Role, Text] = {
    Role.CONTACT: _("Är med i de ärenden där hen är utsedd och familjen har sagt ja."),
    Role.COORDINATOR: _("Öppnar ärenden, registrerar samtycken och leder möten."),
    Role.AUDITOR: _("Läser loggen. Öppnar inga ärenden."),
    Role.ADMINISTRATOR: _("Ställer in systemet och lägger upp konton. Öppnar inga ärenden."),
}
