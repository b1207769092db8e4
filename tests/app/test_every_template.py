"""Every page there is, also those that no link leads to: a form that was not accepted, a check page, a refusal.

The house answers, and a browser is shown the answer in every look and in both languages; what links lead to in one look
a language, since ``tests/browser/test_every_page.py`` looks at it in all. Whoever is shown a page of other templates
than the one before looks too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sspf.cases import queries as cases
from sspf.db.clock import SWEDEN
from sspf.web.templating import templates_folder
from tests.app.house import ROLES, Answer, House
from tests.app.test_matrix import APPROVED
from tests.web.chromium import LOOKS, Look, chromium, faults, served

pytestmark = pytest.mark.browser

# one look a language, at what is looked at in every look elsewhere
ONCE: dict[str, tuple[Look, ...]] = {"sv": ((390, "light"),), "en": ((1280, "dark"),)}
SHOWN = frozenset({200, 409, 422, 429})
TEMPLATES = {path.relative_to(templates_folder()).as_posix() for path in templates_folder().rglob("*.html")}


@dataclass
class Wall:
    """Where answers are hung, one at a time, for a browser to look at; the files they need are the house's."""

    house: House
    hung: Answer | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/static/"):
            await self.house.client.app(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == "/" and self.hung is not None:
            await Response(self.hung.body, 200, dict(self.hung.headers))(scope, receive, send)
        elif scope["type"] == "http":
            await Response(status_code=204)(scope, receive, send)


@dataclass
class Gallery:
    """Who looks at the house's answers. ``seen`` are the templates of all that was looked at."""

    house: House
    wall: Wall
    address: str
    page: Page
    rendered: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        environment = self.house.client.app.state.edge.environment
        really = environment.get_template

        def get_template(name: str, *args: object, **kwargs: object) -> object:
            self.rendered.add(name)
            return really(name, *args, **kwargs)

        environment.get_template = get_template

    def ask(self, who: str, line: str, language: str = "sv", **sent: object) -> tuple[Answer, frozenset[str]]:
        """The answer, and the templates it was made of."""
        self.rendered.clear()
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": language}
        answer = self.house.asked(who, line, headers=headers, **sent)
        return answer, frozenset(self.rendered)

    def look(self, who: str, line: str, *, is_linked: bool = False, **sent: object) -> list[str]:
        """What is wrong with the page, in either language."""
        found = []
        for language, once in ONCE.items():
            self.wall.hung, templates = self.ask(who, line, language, **sent)
            self.page.goto(self.address)
            name = f"{self.wall.hung.status} {line} {who} {language}"
            looks = once if is_linked else LOOKS
            found += faults(self.page, name.replace("/", "-").replace(" ", "-"), looks)
            if self.page.locator("html").get_attribute("lang") != language:
                found.append(f"{name} is in another language")
        self.seen |= templates
        return found


@pytest.fixture(scope="module")
def gallery(house: House) -> Iterator[Gallery]:
    wall = Wall(house)
    with served(wall) as address, chromium() as browser:
        yield Gallery(house, wall, address, browser.new_page(viewport={"width": 1280, "height": 900}))


def answered(line: str) -> list[str]:
    """Everyone whom the matrix says a page is shown to."""
    return [who for who, status in zip(ROLES, APPROVED[line].split(), strict=True) if int(status) in SHOWN]


@pytest.mark.parametrize("line", [line for line in APPROVED if answered(line)])
def test_whatever_is_answered_reads_well(gallery: Gallery, line: str) -> None:
    looked_at = set()
    for who in answered(line):
        answer, templates = gallery.ask(who, line)
        if answer.headers.get("content-type", "").startswith("text/html") and templates not in looked_at:
            looked_at.add(templates)
            assert gallery.look(who, line, is_linked=line.startswith("GET ")) == []


def a_paper(house: House) -> dict[str, object]:
    return {
        "person": str(house.guardian),
        "given_on": in_days(0),
        "valid_to": in_days(90),
        "form_version": "2026-1",
        "language": "sv",
        "wants": "yes",
        f"organisations[{house.world.id_of('school')}]": "yes",
    }


def a_note(house: House) -> dict[str, object]:
    return {
        "recipients": [str(house.world.id_of("police"))],
        "kind": "attendance",
        "about": "youth",
        "basis": "own_observation",
        "source": str(house.world.id_of("school")),
        "observed_on": in_days(0),
        "statement": "Provtexten säger hur tisdagen gick.",
    }


def a_meeting(house: House) -> dict[str, object]:
    return {"day": in_days(7), "at": "09:00", "place": "Rum Tallen", "cases": [str(house.case.id)], "version": "99"}


def closing(house: House) -> dict[str, object]:
    with house.served.sessions.begin() as session:
        version = cases.get_case(session, house.world.coordinator, house.case.id).version
    return {"version": str(version), "reason": "goals_reached", "outcome": "Det blev lugnare hemma."}


def more(house: House) -> dict[str, object]:
    return {
        "kind": "attendance",
        "detail": "Provdetaljen säger vilken buss.",
        "recipients": [str(house.world.id_of("police"))],
    }


def another_action(house: House) -> dict[str, object]:
    return {"what": "Ringa simhallen", "who": str(house.world.id_of("school")), "due_on": in_days(7), "version": "1"}


def in_days(days: int) -> str:
    return (datetime.now(SWEDEN).date() + timedelta(days=days)).isoformat()


AGES = {"version": "7", "decided_by": "kommunens jurist, 2026-11-20"} | {
    f"{name}[{row}]": value
    for row, (age, who) in enumerate((("0", "guardians"), ("13", "both"), ("18", "youth")))
    for name, value in (("from_age", age), ("who", who), ("provision", "OSL 12 kap. 3 §"))
}
STALE = str(UUID(int=7))

# What is filled in and not saved: the check pages, and the pages of somebody who was not first.
FILLED_IN: list[tuple[str, str, int, Callable[[House], Mapping[str, object]]]] = [
    ("coordinator", "POST /arenden/{case_id}/samtycke/granska", 200, a_paper),
    ("police", "POST /arenden/{case_id}/aterkallelse", 200, lambda _: {"role": "guardian"}),
    ("coordinator", "POST /arenden/{case_id}/avsluta/granska", 200, closing),
    ("school", "POST /arenden/{case_id}/anteckningar/granska", 200, a_note),
    ("school", "POST /arenden/{case_id}/anteckningar/{note_id}/ratta/granska", 200, a_note),
    ("school", "POST /arenden/{case_id}/atgarder/{action_id}/mer/granska", 200, more),
    (
        "school",
        "POST /arenden/{case_id}/atgarder/{action_id}/mer",
        409,
        lambda house: more(house) | {"replaces": STALE},
    ),
    ("school", "POST /arenden/{case_id}/atgarder/{action_id}/andra", 409, another_action),
    (
        "coordinator",
        "POST /arenden/{case_id}/mal",
        409,
        lambda _: {"goal": "Provmålet är ett annat.", "replaces": STALE},
    ),
    ("coordinator", "POST /moten/{meeting_id}/andra", 409, a_meeting),
    ("administrator", "POST /administration/aldrar", 409, lambda _: AGES),
]

# What needs more than one press; the browser tests of these features look at them in both languages.
ELSEWHERE = {
    "casefile": {"casefile/_closing.html", "casefile/closed.html", "casefile/decline.html", "casefile/reopen.html"},
    "consents": {"consents/sign.html"},
    "meetings": {"meetings/_lines.html", "meetings/_move.html", "meetings/notes.html"},
    "administration": {
        "signin/choice.html",
        "signin/first_code.html",
        "signin/password.html",
        "signin/waiting.html",
    },
    "browser": {"demo/cast.html"},
}
NO_PAGES = {"casefile/plan_paper.html", "ui/action.html", "ui/form.html", "ui/show.html"}


@pytest.mark.parametrize(("who", "line", "status", "filled"), FILLED_IN, ids=[line for _, line, *_ in FILLED_IN])
def test_what_is_filled_in_and_not_saved_reads_well(
    gallery: Gallery, who: str, line: str, status: int, filled: Callable[[House], Mapping[str, object]]
) -> None:
    data = filled(gallery.house)

    assert gallery.ask(who, line, data=data)[0].status == status
    assert gallery.look(who, line, data=data) == []


@pytest.mark.parametrize(("who", "line"), [("leisure", "GET /moten/nytt"), ("police", "GET /kontakter/{concern_id}")])
def test_a_refusal_reads_well(gallery: Gallery, who: str, line: str) -> None:
    assert gallery.look(who, line) == []


def test_no_template_is_left_out(gallery: Gallery) -> None:
    assert sorted(TEMPLATES - NO_PAGES - gallery.seen) == sorted(set().union(*ELSEWHERE.values()))
