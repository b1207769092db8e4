"""The cast with a button each. These routes exist in the demo alone."""

from enum import StrEnum

from pydantic import create_model
from starlette.responses import Response

from auth import queries as accounts
from auth import sessions as auth_sessions
from sspf.db import clock
from sspf.demo.cast import CAST, PLACES
from sspf.errors import NotFound
from sspf.signin.cookies import give_session
from sspf.texts import _
from sspf.web import Access, CurrentPage, DbSession, FormModel, Router, Sent, entry

router = Router()

Key = StrEnum("Key", {key: key for key in CAST})  # type: ignore[misc]  # the cast decides which there are


# the field is called "as", which Python keeps for itself
SignInForm = create_model("SignInForm", __base__=FormModel, **{"as": (Key, entry(_("Välj någon ur rollistan.")))})  # type: ignore[call-overload]


@router.get("/demo", access=Access.DEMO)
def show_cast(page: CurrentPage) -> Response:
    return page.render("demo/cast.html", cast=CAST, places=PLACES)


@router.post("/demo/sign-in", access=Access.DEMO)
def sign_in_as(
    page: CurrentPage,
    session: DbSession,
    form: Sent[SignInForm],
) -> Response:
    """Sign in as one of the cast, without a password, and go to their start page."""
    if form.data is None:
        return page.render("demo/cast.html", status=422, cast=CAST, places=PLACES)
    chosen: Key = getattr(form.data, "as")
    user = accounts.find_user(session, CAST[chosen.value].email)
    if user is None:
        raise NotFound
    (assignment,) = accounts.list_assignments_in_force(session, user.id, now=clock.now(session))
    started = auth_sessions.start(session, user.id, assignment.id)
    response = page.see_other("show_start")
    give_session(response, started.token)
    return response
