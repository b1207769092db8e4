"""Signing in and out."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from auth import own_sessions
from auth import sign_in as auth_sign_in
from auth.outcomes import ChooseAssignment, NotOpen, Outcome, SignedIn, Wait
from auth.sessions import why_ended
from sspf.errors import ValidationFailed
from sspf.organisations.roles import ROLES
from sspf.signin import cookies, queries, wording
from sspf.signin.forms import ChoiceForm, SignInForm
from sspf.signin.means import CurrentMeans, CurrentOrigin
from sspf.texts import Text, _, upper_first
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, MaybeActor, Page, Router, Sent, Submitted, blank
from sspf.web.current_user import safe_path

router = Router()

SHOWN_AGAIN = {"email", "back_to"}
NOTICES = {
    "utloggad": _("Du är utloggad."),
    "utkast": _("Det du skrev är sparat. Logga in så finns det kvar."),
    "konto": _("Lösenordet och appen är klara. När någon har bekräftat att kontot är ditt kan du logga in."),
}


@router.get("/logga-in", access=Access.PUBLIC)
def show_sign_in(
    page: CurrentPage, session: DbSession, request: Request, actor: MaybeActor, till: str = "/"
) -> Response:
    """The page to sign in on; says why, if the browser comes with a session that is over."""
    if actor is not None:
        return _onwards(till)
    token = cookies.session_token(request)
    ended = why_ended(session, token) if token else None
    return _sign_in_page(page, blank(back_to=safe_path(till)), ended=wording.ENDED[ended] if ended else None)


@router.post("/logga-in", access=Access.PUBLIC)
def sign_in(
    page: CurrentPage,
    session: DbSession,
    means: CurrentMeans,
    origin: CurrentOrigin,
    form: Sent[SignInForm],
) -> Response:
    """Nothing may use the session before ``auth`` does: it counts the attempt in a transaction of its own first."""
    if form.data is None:
        return _sign_in_page(page, form, status=422)
    typed = form.data
    outcome = auth_sign_in.sign_in(session, typed.email, typed.password, typed.code, means=means, origin=origin)
    match outcome:
        case SignedIn(token=token):
            response = _onwards(typed.back_to)
        case ChooseAssignment(token=token):
            response = page.see_other("show_choice", query={"till": safe_path(typed.back_to)})
        case NotOpen(token=str() as token):
            response = page.see_other("show_waiting")
        case _:
            return _not_signed_in(page, form, outcome)
    cookies.give_session(response, token)
    return response


@router.get("/logga-in/uppdrag", access=Access.PUBLIC)
def show_choice(page: CurrentPage, session: DbSession, request: Request, till: str = "/") -> Response:
    return _choice_page(page, session, request, blank(back_to=safe_path(till)))


@router.post("/logga-in/uppdrag", access=Access.PUBLIC)
def choose(
    page: CurrentPage,
    session: DbSession,
    request: Request,
    origin: CurrentOrigin,
    form: Sent[ChoiceForm],
) -> Response:
    if form.data is None:
        return _choice_page(page, session, request, form, status=422)
    chosen = auth_sign_in.choose_assignment(
        session, cookies.session_token(request) or "", form.data.assignment, device=origin.device
    )
    if chosen is None:
        return page.see_other("show_sign_in", query={"till": safe_path(form.data.back_to)})
    response = _onwards(form.data.back_to)
    cookies.give_session(response, chosen.token)
    return response


@router.post("/logga-ut", access=Access.SIGNED_IN)
def sign_out(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    own_sessions.sign_out(session, actor)
    response = page.see_other("show_sign_in", query={"klart": "utloggad"})
    cookies.take_session(response)
    return response


def _onwards(back_to: str) -> Response:
    return RedirectResponse(safe_path(back_to), status_code=303)


def _sign_in_page(page: Page, form: Submitted[SignInForm], *, ended: Text | None = None, status: int = 200) -> Response:
    typed = {name: values for name, values in form.typed.items() if name in SHOWN_AGAIN}
    form = replace(form, typed=typed)
    return page.render(
        "signin/sign_in.html", form=form, ended=ended, stay=wording.STAY, notice=page.notice(NOTICES), status=status
    )


def _not_signed_in(page: Page, form: Submitted[SignInForm], outcome: Outcome) -> Response:
    """One answer whatever was wrong; only who has proved to own the account is told more."""
    match outcome:
        case Wait(seconds=seconds):
            sentence, status = wording.wait_words(seconds), 429
        case NotOpen(hindrance=hindrance):
            sentence, status = wording.HINDERED[hindrance], 422
        case _:
            sentence, status = wording.WRONG, 422
    response = _sign_in_page(page, form.refused(ValidationFailed(**{"": sentence})), status=status)
    if isinstance(outcome, Wait):
        response.headers["Retry-After"] = str(outcome.seconds)
    return response


def _choice_page(
    page: Page, session: DbSession, request: Request, form: Submitted[ChoiceForm], *, status: int = 200
) -> Response:
    offers = queries.offers_of(session, cookies.session_token(request) or "")
    if not offers:
        return page.see_other("show_sign_in", query={"till": safe_path(form.value("back_to"))})
    choices = [(offer.assignment_id, upper_first(ROLES[offer.role]), wording.place(offer)) for offer in offers]
    return page.render("signin/choice.html", form=form, choices=choices, status=status)
