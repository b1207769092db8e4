"""Every page that links lead to, as everyone who can come there: readable, narrow, on paper, in both languages.

A new page is here as soon as something links to it. One page is looked at for each route and person.
Axe looks four times: every pair of width, colours and language is among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page
from starlette.routing import Match

from sspf.app.web import ROUTERS
from sspf.web.routing import routes_of
from tests.browser.conftest import SIDEWAYS, STORED, Demo
from tests.web.chromium import picture, violations

pytestmark = pytest.mark.browser

# everyone whose pages differ; the other contacts' are the school's, but for what is told to them
LOOKED_AT = ("nobody", "coordinator", "school", "auditor", "administrator")
WALKED_ONLY = ("social", "police", "leisure")
ROUTES = [route for route in routes_of(ROUTERS) if "GET" in route.methods]
# 320 CSS pixels are a small phone, and a window of 1280 at 400 %
NARROW = 320
LOOKS = {"sv": ((390, "light"), (1280, "dark")), "en": ((390, "dark"), (1280, "light"))}
LINKS = "[...document.querySelectorAll('a[href]')].map(one => one.href)"
ON_PAPER = """
({ shown: [...document.querySelectorAll('.top, .bottom, .crumbs, .save-bar, button:not([aria-hidden])')]
     .filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 80)),
   says: [...document.querySelectorAll('.print-head, .print-foot')].every(one => one.checkVisibility()) })
"""


def template_of(path: str) -> str | None:
    scope = {"type": "http", "method": "GET", "path": path}
    return next((route.path for route in ROUTES if route.matches(scope)[0] is Match.FULL), None)


@dataclass
class Walk:
    """From the start page along every link, one page a route; what was wrong on the way."""

    page: Page
    address: str
    seen: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def pages(self) -> Iterator[str]:
        waiting = ["/"]
        while waiting:
            path = waiting.pop(0)
            template = template_of(urlsplit(path).path)
            if template is None or template in self.seen or not self.comes_to(path):
                continue
            self.seen[template] = path
            waiting += [link.removeprefix(self.address) for link in self.page.evaluate(LINKS) if self.is_ours(link)]
            yield path

    def comes_to(self, path: str) -> bool:
        try:
            answer = self.page.goto(f"{self.address}{path}")
        except Error as error:
            if "Download is starting" in error.message:
                return False
            raise
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            return False
        self.expect(answer.status == 200, path, f"answers {answer.status}")
        return answer.status == 200

    def is_ours(self, link: str) -> bool:
        return link.startswith(f"{self.address}/") and "#" not in link

    def expect(self, is_so: bool, path: str, otherwise: str) -> None:
        if not is_so:
            self.wrong.append(f"{template_of(urlsplit(path).path)}: {otherwise}")

    def looks_narrow(self, path: str) -> None:
        self.page.set_viewport_size({"width": NARROW, "height": 640})
        self.expect(not self.page.evaluate(SIDEWAYS), path, f"scrolls sideways at {NARROW} px")
        self.expect(self.page.locator("h1").count() == 1, path, "has not one h1")

    def looks_printed(self, path: str) -> None:
        if self.page.locator(".print-head").count() == 0:  # shown on a wall, printed by nobody
            return
        self.page.emulate_media(media="print", color_scheme="dark")
        paper = self.page.evaluate(ON_PAPER)
        self.expect(paper["shown"] == [], path, f"prints {paper['shown']}")
        self.expect(paper["says"], path, "prints no head or foot")
        self.page.emulate_media(media="screen")

    def looks_readable(self, path: str, key: str) -> None:
        for _ in LOOKS:
            language = self.page.locator("html").get_attribute("lang") or ""
            for width, scheme in LOOKS[language]:
                self.page.set_viewport_size({"width": width, "height": 900})
                self.page.emulate_media(color_scheme=scheme)
                found = violations(self.page)
                self.expect(found == [], path, f"{width} px, {scheme}, {language}: {found}")
                name = (template_of(urlsplit(path).path) or "").strip("/").replace("/", "-") or "start"
                picture(self.page, f"{key}-{name}-{width}-{scheme}-{language}")
            if not self.speaks_the_other():  # shown on a wall, in the leader's language
                return

    def speaks_the_other(self) -> bool:
        """Press the language in the header, which leads back to the same page; the next one begins in it."""
        switch, before = self.page.locator(".language button"), urlsplit(self.page.url)[2:4]
        if switch.count() == 0:
            return False
        language = switch.get_attribute("value")
        switch.click()
        self.page.wait_for_load_state("load")
        self.page.locator(f"html[lang={language}]").wait_for(state="attached")
        self.expect(urlsplit(self.page.url)[2:4] == before, before[0], "is left when the language is changed")
        return True


@pytest.fixture
def walk(browser: Browser, demo: Demo, request: pytest.FixtureRequest) -> Iterator[Walk]:
    key = request.param
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    context.set_default_timeout(60_000)
    page = context.new_page()
    walk = Walk(page, demo.address)
    page.on("pageerror", lambda error: walk.wrong.append(str(error)))
    page.on("console", lambda said: walk.wrong.append(said.text) if "Content Security" in said.text else None)
    if key != "nobody":
        page.goto(f"{demo.address}/demo")
        page.locator(f"button[value={key}]").click()
        page.wait_for_load_state("load")
    yield walk
    context.close()


@pytest.mark.parametrize(("walk", "key"), [(key, key) for key in LOOKED_AT], indirect=["walk"])
def test_every_page_is_readable_by_everyone(walk: Walk, key: str):
    for path in walk.pages():
        walk.looks_narrow(path)
        walk.looks_printed(path)
        walk.looks_readable(path, key)
        assert walk.page.evaluate(STORED) == 0

    assert not walk.wrong, "\n".join(walk.wrong)
    assert len(walk.seen) >= (2 if key == "nobody" else 3)


@pytest.mark.parametrize(("walk", "key"), [(key, key) for key in WALKED_ONLY], indirect=["walk"])
def test_the_other_contacts_pages_are_as_narrow(walk: Walk, key: str):
    for path in walk.pages():
        walk.looks_narrow(path)

    assert not walk.wrong, "\n".join(walk.wrong)
    assert len(walk.seen) > 5
