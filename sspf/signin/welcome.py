"""The first visit, or the first after a reset: a one-time code, a password, a second factor.

The code is typed into a form and goes from step to step in a cookie, so that no
address ever holds it. Each step may be done again until the last one is done.
"""

from starlette.requests import Request
from starlette.responses import Response

from auth import enrolment
from auth.enrolment import LinkClosed
from auth.passwords import SHORTEST, Weakness
from sspf.errors import ValidationFailed
from sspf.signin import codes, cookies, qr, wording
from sspf.signin.forms import FirstCodeForm, LinkForm, PasswordForm
from sspf.signin.means import seed_sealer
from sspf.texts import _
from sspf.web import Access, CurrentPage, DbSession, Page, Router, Sent, Submitted, blank

router = Router()

NOTICES = {"ny-kod": wording.LINK_CLOSED}


@router.get("/valkommen", access=Access.PUBLIC)
def show_welcome(page: CurrentPage) -> Response:
    return page.render("signin/welcome.html", form=blank(), closed=page.notice(NOTICES))


@router.post("/valkommen", access=Access.PUBLIC)
def enter_code(page: CurrentPage, session: DbSession, form: Sent[LinkForm]) -> Response:
    token = codes.token_of(form.data.code) if form.data else None
    try:
        if form.data is not None:
            enrolment.holder_of(session, token or "")
    except LinkClosed:
        form = form.refused(ValidationFailed(code=wording.LINK_CLOSED))
    if form.data is None or token is None:
        return page.render("signin/welcome.html", form=form, closed=None, status=422)
    response = page.see_other("show_password")
    cookies.give_link(response, token)
    return response


@router.get("/valkommen/losenord", access=Access.PUBLIC)
def show_password(page: CurrentPage, session: DbSession, request: Request) -> Response:
    return _password_page(page, session, request, blank())


@router.post("/valkommen/losenord", access=Access.PUBLIC)
def choose_password(
    page: CurrentPage,
    session: DbSession,
    request: Request,
    form: Sent[PasswordForm],
) -> Response:
    if form.data is not None:
        try:
            begun = enrolment.begin_enrolment(
                session, cookies.link_token(request), form.data.password, sealer=seed_sealer(session)
            )
        except LinkClosed:
            return _closed(page)
        if not isinstance(begun, Weakness):
            return page.see_other("show_first_code")
        form = form.refused(ValidationFailed(password=wording.WEAK[begun]))
    return _password_page(page, session, request, form, status=422)


@router.get("/valkommen/app", access=Access.PUBLIC)
def show_first_code(page: CurrentPage, session: DbSession, request: Request) -> Response:
    return _first_code_page(page, session, request, blank())


@router.post("/valkommen/app", access=Access.PUBLIC)
def enrol(
    page: CurrentPage,
    session: DbSession,
    request: Request,
    form: Sent[FirstCodeForm],
) -> Response:
    if form.data is not None:
        try:
            is_done = enrolment.finish_enrolment(
                session, cookies.link_token(request), form.data.code, sealer=seed_sealer(session)
            )
        except LinkClosed:
            return _closed(page)
        if is_done:
            response = page.see_other("show_sign_in", query={"klart": "konto"})
            cookies.take_link(response)
            return response
        wrong = _("Koden stämmer inte. Vänta på nästa, och se efter att telefonens klocka går rätt.")
        form = form.refused(ValidationFailed(code=wrong))
    return _first_code_page(page, session, request, form, status=422)


def _password_page(
    page: Page, session: DbSession, request: Request, form: Submitted[PasswordForm], *, status: int = 200
) -> Response:
    try:
        holder = enrolment.holder_of(session, cookies.link_token(request))
    except LinkClosed:
        return _closed(page)
    return page.render("signin/password.html", form=form, holder=holder, shortest=SHORTEST, status=status)


def _first_code_page(
    page: Page,
    session: DbSession,
    request: Request,
    form: Submitted[FirstCodeForm],
    *,
    status: int = 200,
) -> Response:
    try:
        begun = enrolment.begun_enrolment(session, cookies.link_token(request), sealer=seed_sealer(session))
    except LinkClosed:
        return _closed(page)
    if begun is None:
        return page.see_other("show_password")
    return page.render(
        "signin/first_code.html",
        form=form,
        image=qr.image(begun.uri),
        secret=qr.spelled(begun.secret),
        status=status,
    )


def _closed(page: Page) -> Response:
    response = page.see_other("show_welcome", query={"klart": "ny-kod"})
    cookies.take_link(response)
    return response
