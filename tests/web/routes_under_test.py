"""One small feature with every way to answer, for the edge to be tried on."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy.exc import OperationalError
from starlette.responses import Response

from auth.decisions import NotPermitted
from sspf.errors import Conflict, NotFound, ValidationFailed
from sspf.texts import _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, FormModel, Router, Sent, blank, entry, exclusive

KNOWN = UUID("01890000-0000-7000-8000-000000000000")
# what must never reach a log or a page
SECRET = "Kim Exempelsson, 20110412-0000"


class Kind(StrEnum):
    SCHOOL = "school"
    LEISURE = "leisure"


class GreetingForm(FormModel):
    name: str = entry(_("Skriv ett namn."), most=10)
    kinds: list[Kind] = entry(_("Välj minst en sort."), default=[])


feature = Router()


@feature.get("/hej", access=Access.SIGNED_IN)
def hello(page: CurrentPage) -> Response:
    notices = {"sparat": _("Hälsningen är sparad.")}
    return page.render("hello.html", fragments=("greeting",), form=blank(), notice=page.notice(notices))


@feature.post("/hej", access=Access.SIGNED_IN)
def greet(page: CurrentPage, form: Sent[GreetingForm]) -> Response:
    if form.data is None:
        return page.render("hello.html", fragments=("greeting",), status=422, form=form, notice=None)
    return page.see_other("hello", query={"klart": "sparat"})


@feature.get("/oppet", access=Access.PUBLIC)
def for_all(page: CurrentPage) -> Response:
    return page.render("hello.html", form=blank(), notice=None)


@feature.get("/demo", access=Access.DEMO)
def demo(page: CurrentPage) -> Response:
    return page.render("hello.html", form=blank(), notice=None)


@feature.post("/oppet", access=Access.PUBLIC)
def for_all_to_send(page: CurrentPage) -> Response:
    return page.see_other("for_all")


@feature.get("/saker/{thing_id}", access=Access.SIGNED_IN)
def show_thing(thing_id: UUID) -> Response:
    raise NotFound


@feature.post("/saker/{thing_id}", access=Access.SIGNED_IN)
def change_thing(thing_id: UUID) -> Response:
    raise NotPermitted(_("Ärendet är avslutat."))


@feature.post("/saker/{thing_id}/kod", access=Access.SIGNED_IN)
def change_by_code(thing_id: UUID) -> Response:
    raise NotPermitted("case-closed")


@feature.get("/saker/{thing_id}/last", access=Access.SIGNED_IN, lock=exclusive("thing_id"))
def locked(page: CurrentPage, session: DbSession, actor: CurrentActor, thing_id: UUID) -> Response:
    return Response("i lås")


@feature.post("/krock", access=Access.SIGNED_IN)
def conflict() -> Response:
    raise Conflict


@feature.post("/fel-varde", access=Access.SIGNED_IN)
def invalid() -> Response:
    raise ValidationFailed(name=_("Namnet är redan taget."))


class LockNotAvailable(Exception):  # noqa: N818 - the driver's own name
    sqlstate = "55P03"


class DiskFull(Exception):  # noqa: N818
    sqlstate = "53100"


@feature.get("/vantar", access=Access.SIGNED_IN)
def waits_too_long() -> Response:
    raise OperationalError("SELECT", {"name": SECRET}, LockNotAvailable())


@feature.get("/fullt", access=Access.SIGNED_IN)
def disk_is_full() -> Response:
    raise OperationalError("INSERT", {"name": SECRET}, DiskFull())


@feature.get("/trasig", access=Access.PUBLIC)
def broken() -> Response:
    raise RuntimeError(SECRET)
