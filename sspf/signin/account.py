"""One's own account: where one is signed in, and how one wants one's pages."""

from dataclasses import replace
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from auth import own_sessions
from auth.preferences import Preferences, prefer, prefer_language, prefer_theme
from sspf.errors import NotFound, ValidationFailed
from sspf.organisations.roles import ROLES
from sspf.signin import cookies, devices, queries, wording
from sspf.signin.forms import LanguageForm, PreferencesForm, ThemeForm
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, MaybeActor, Page, Router, Sent, Submitted, blank
from sspf.web.current_user import safe_path
from sspf.web.languages import NAMES
from sspf.web.preferences import LANGUAGE_COOKIE, THEME_COOKIE, Theme, keep
from sspf.web.staying import staying

router = Router()

NOTICES = {
    "avslutad": _("Inloggningen är avslutad."),
    "sparat": _("Inställningarna är sparade."),
    "bytt": _("Nu arbetar du i det här uppdraget."),
}
THEMES = {Theme.AUTO: _("Som datorn eller telefonen"), Theme.LIGHT: _("Ljust"), Theme.DARK: _("Mörkt")}


@router.get("/konto", access=Access.SIGNED_IN)
def show_account(page: CurrentPage, session: DbSession, request: Request, actor: CurrentActor) -> Response:
    chosen: Preferences = request.state.visit.preferences
    form = blank(language=chosen.language or "", theme=chosen.theme or Theme.AUTO, shortcuts=chosen.shortcuts)
    return _account_page(page, session, request, actor, form)


@router.post("/konto/installningar", access=Access.SIGNED_IN)
def save_preferences(
    page: CurrentPage,
    session: DbSession,
    request: Request,
    actor: CurrentActor,
    form: Sent[PreferencesForm],
) -> Response:
    if form.data is None:
        return _account_page(page, session, request, actor, form, status=422)
    chosen = form.data
    prefer(session, actor, Preferences(chosen.language, chosen.theme, chosen.shortcuts))
    response = page.see_other("show_account", query={"klart": "sparat"})
    keep(response, THEME_COOKIE, chosen.theme)
    if chosen.language:
        keep(response, LANGUAGE_COOKIE, chosen.language)
    return response


@router.post("/konto/inloggningar/{session_id}/avsluta", access=Access.SIGNED_IN)
def end_session(page: CurrentPage, session: DbSession, actor: CurrentActor, session_id: UUID) -> Response:
    if not own_sessions.end_own(session, actor, session_id):
        raise NotFound
    return page.see_other("show_account", query={"klart": "avslutad"})


@router.post("/fortsatt", access=Access.SIGNED_IN)
def stay_signed_in(request: Request, actor: CurrentActor) -> Response:
    """That somebody asks is the use that keeps the session alive; without a script they come to the start page."""
    stays = staying(request)
    if request.headers.get("accept", "") != "application/json" or stays is None:
        return RedirectResponse("/", status_code=303)
    return JSONResponse({"idle": stays.idle, "left": stays.left})


@router.post("/konto/uppdrag/{assignment_id}", access=Access.SIGNED_IN)
def change_assignment(page: CurrentPage, session: DbSession, actor: CurrentActor, assignment_id: UUID) -> Response:
    """Go on as something else, without signing in anew."""
    token = own_sessions.change_assignment(session, actor, assignment_id)
    if token is None:
        raise NotFound
    response = page.see_other("show_account", query={"klart": "bytt"})
    cookies.give_session(response, token)
    return response


@router.post("/sprak", access=Access.PUBLIC)
def change_language(
    session: DbSession,
    actor: MaybeActor,
    form: Sent[LanguageForm],
) -> Response:
    """From the header of any page, and back to it."""
    if form.data is None:
        raise ValidationFailed(language=_("Välj ett av språken."))
    if actor is not None:
        prefer_language(session, actor, form.data.language)
    response = RedirectResponse(safe_path(form.data.back_to), status_code=303)
    keep(response, LANGUAGE_COOKIE, form.data.language)
    return response


@router.post("/utseende", access=Access.PUBLIC)
def change_theme(session: DbSession, actor: MaybeActor, form: Sent[ThemeForm]) -> Response:
    """From the foot of a page where nobody is signed in, and back to it."""
    if form.data is None:
        raise ValidationFailed(theme=_("Välj ett av alternativen."))
    if actor is not None:
        prefer_theme(session, actor, form.data.theme)
    response = RedirectResponse(safe_path(form.data.back_to), status_code=303)
    keep(response, THEME_COOKIE, form.data.theme)
    return response


def _account_page(
    page: Page,
    session: DbSession,
    request: Request,
    actor: CurrentActor,
    form: Submitted[PreferencesForm],
    *,
    status: int = 200,
) -> Response:
    return page.render(
        "signin/account.html",
        actor=actor,
        role=ROLES[actor.role],
        visit=request.state.visit,
        sessions=own_sessions.list_own(session, actor),
        device=devices.words,
        offers=queries.own_offers(session, actor),
        roles=ROLES,
        place=wording.place,
        stay=wording.STAY,
        languages=[("", _("Som webbläsaren")), *((code, name) for code, name in NAMES.items())],
        themes=list(THEMES.items()),
        form=replace(form, typed={"language": [""], **form.typed}),
        notice=page.notice(NOTICES),
        status=status,
    )
