"""Another computer as the screen: the code is typed there, and from then on it holds a ticket.

Nothing is in an address, and it makes no difference who is signed in on that computer.
"""

from starlette.requests import Request
from starlette.responses import Response

from sspf.errors import ValidationFailed
from sspf.screen import cookies
from sspf.screen.connecting import counted, ticket_for
from sspf.screen.forms import CodeForm
from sspf.screen.holding import CurrentScreen, PolledScreen
from sspf.screen.routes.registry import router
from sspf.screen.showing import news, screen_page, view_of
from sspf.texts import _
from sspf.web import Access, CurrentPage, DbSession, Sent, blank

WRONG = _("Koden stämmer inte, eller så har det gått mer än en minut. Be om en ny kod.")


@router.get("/skarm", access=Access.PUBLIC)
def show_screen_code(page: CurrentPage) -> Response:
    return page.render("screen/connect.html", form=blank())


@router.post("/skarm", access=Access.PUBLIC)
def enter_screen_code(
    page: CurrentPage,
    session: DbSession,
    request: Request,
    form: Sent[CodeForm],
) -> Response:
    if form.data is not None:
        attempt = counted(request)
        token = None if attempt.wait else ticket_for(session, form.data.code, attempt)
        if token is not None:
            response = page.see_other("show_shared_screen")
            cookies.give_ticket(response, token)
            return response
        too_often = _("Det har blivit för många försök. Vänta %(seconds)s sekunder.", seconds=attempt.wait)
        form = form.refused(ValidationFailed(code=too_often if attempt.wait else WRONG))
    return page.render("screen/connect.html", form=form, status=422)


@router.get("/skarm/visa", access=Access.SCREEN)
def show_shared_screen(page: CurrentPage, session: DbSession, held: CurrentScreen) -> Response:
    view = view_of(session, held.standing, is_led=held.leader is not None)
    return screen_page(page, session, view, held.leader)


@router.get("/skarm/visa/nytt", access=Access.SCREEN)
def poll_shared_screen(request: Request, session: DbSession, held: PolledScreen) -> Response:
    return news(request, view_of(session, held.standing, is_led=held.leader is not None))
