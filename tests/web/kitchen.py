"""Pages with every component in it, for a browser and for the eye."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Literal

from starlette.responses import Response

from auth.decisions import ALLOW, deny
from sspf.texts import _
from sspf.web import Access, CurrentPage, FormModel, Router, Sent, Submitted, Ticked, blank, entry
from sspf.web.current_user import COOKIE
from sspf.web.routing import routes_of

AT = datetime(2026, 11, 10, 8, 0, tzinfo=UTC)
ANSWERS = [("yes", _("Ja"), "j"), ("no", _("Nej"), "n"), ("not_asked", _("Inte tillfrågad"), "i")]
WILLING = [choice[:2] for choice in ANSWERS]
SOURCES = [
    (
        "Kullens skola",
        [
            ("answers[school:police]", "Polisen", ""),
            ("answers[school:social]", "Socialtjänsten", "Skolan måste alltid anmäla oro, också utan samtycke."),
            ("answers[school:leisure]", "Fritidsgården Kullen", ""),
        ],
    ),
    (
        "Socialtjänsten",
        [("answers[social:school]", "Kullens skola", ""), ("answers[social:police]", "Polisen", "")],
    ),
]


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class ConsentForm(FormModel):
    by: Literal["vh1", "vh2", "ung"] = entry(_("Välj vem som samtycker."))
    signed_on: date = entry(_("Skriv dagen då blanketten skrevs under."))
    until: date = entry(_("Skriv till vilken dag samtycket gäller."))
    takes_part: Answer = entry(_("Svara om personen vill vara med."))
    answers: dict[str, Answer] = entry(_("Fyll i vem som får berätta för vem."), default={})


class NoteForm(FormModel):
    recipients: list[str] = entry(_("Välj minst en mottagare."))
    statement: str = entry(_("Skriv vad mottagaren behöver veta."), most=500)
    basis: Literal["seen", "youth", "told", "judged"] = entry(_("Svara hur du vet det."))
    seen_on: date = entry(_("Skriv vilken dag det var."))
    told_by: str | None = entry(_("Skriv vem som berättade."), default=None, most=80)
    read_aloud: Ticked = False


kitchen = Router()


@kitchen.get("/kok/in", access=Access.PUBLIC)
def come_in() -> Response:
    """Hands out the cookie: only a server can set one whose name begins with __Host-."""
    response = Response()
    response.set_cookie(COOKIE, "saras", secure=True, httponly=True, samesite="strict")
    return response


@kitchen.get("/kok/arende", access=Access.SIGNED_IN)
def case_page(page: CurrentPage) -> Response:
    return page.render(
        "kitchen/case.html",
        at=AT,
        until=date(2027, 2, 1),
        allowed=ALLOW,
        refused=deny(_("Det går när ett möte har hållits.")),
        refused_too=deny(_("Det går när alla åtaganden är klara eller borttagna.")),
    )


@kitchen.get("/kok/samtycke", access=Access.SIGNED_IN)
def consent_page(page: CurrentPage) -> Response:
    asked_so_far = {
        "answers[school:police]": "no",
        "answers[school:social]": "yes",
        "answers[school:leisure]": "yes",
        "answers[social:school]": "not_asked",
        "answers[social:police]": "not_asked",
    }
    return _consent(page, blank(signed_on=date(2026, 11, 10), takes_part="yes", **asked_so_far))


@kitchen.post("/kok/samtycke", access=Access.SIGNED_IN)
def save_consent(page: CurrentPage, form: Sent[ConsentForm]) -> Response:
    return page.see_other("consent_page") if form.data else _consent(page, form, status=422)


def _consent(page: CurrentPage, form: Submitted[ConsentForm], status: int = 200) -> Response:
    return page.render(
        "kitchen/consent.html",
        fragments=("consent_form",),
        status=status,
        form=form,
        sources=SOURCES,
        answers=ANSWERS,
        willing=WILLING,
    )


@kitchen.get("/kok/atgarder", access=Access.SIGNED_IN)
def actions_page(page: CurrentPage) -> Response:
    return page.render("kitchen/actions.html")


@kitchen.get("/kok/mote", access=Access.SIGNED_IN)
def meeting_page(page: CurrentPage) -> Response:
    return page.render("kitchen/meeting.html", form=blank())


@kitchen.get("/kok/logg", access=Access.SIGNED_IN)
def log_page(page: CurrentPage) -> Response:
    return page.render("kitchen/log.html", form=blank(since=date(2026, 11, 1), until=date(2026, 11, 30)), at=AT)


@kitchen.get("/kok/anteckning", access=Access.SIGNED_IN)
def note_page(page: CurrentPage) -> Response:
    return _note(page, blank())


@kitchen.post("/kok/anteckning", access=Access.SIGNED_IN)
def save_note(page: CurrentPage, form: Sent[NoteForm]) -> Response:
    return page.see_other("note_page") if form.data else _note(page, form, status=422)


@kitchen.get("/kok/ensamt", access=Access.SIGNED_IN)
def alone_page(page: CurrentPage) -> Response:
    """Forms and lists that stand alone, as on the sign-in and start pages."""
    return page.render("kitchen/alone.html", form=blank(), at=AT)


def _note(page: CurrentPage, form: Submitted[NoteForm], status: int = 200) -> Response:
    return page.render("kitchen/form.html", fragments=("note_form",), status=status, form=form, at=AT)


PAGES = [route.path for route in routes_of([kitchen]) if "GET" in route.methods and route.path != "/kok/in"]
