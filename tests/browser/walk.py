"""From the start page along every link, as one of those who can come there; what was wrong on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page
from starlette.routing import Match

from sspf.app.web import ROUTERS
from sspf.demo.routes import router as demo_router
from sspf.web.routing import routes_of
from tests.browser.conftest import STORED, Demo
from tests.web.chromium import SIDEWAYS, faults

ROUTES = [route for route in routes_of([*ROUTERS, demo_router]) if "GET" in route.methods]
# 320 CSS pixels are a small phone, and a window of 1280 at 400 %
NARROW = 320
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
    """One page a route, of those that links lead to."""

    page: Page
    address: str
    key: str
    seen: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def looks_at_everything(self) -> None:
        for path in self.pages():
            self.looks_narrow(path)
            self.looks_printed(path)
            self.looks_readable(path)
            self.expect(self.page.evaluate(STORED) == 0, path, "keeps something in the browser")

    def pages(self) -> Iterator[str]:
        waiting = ["/", "/demo"]
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

    def looks_readable(self, path: str) -> None:
        """On a phone and a desk, light and dark, in one language and then in the other."""
        first = self.looks_in_a_language(path)
        if self.speaks_the_other():  # but for what is shown on a wall, in the leader's language
            second = self.looks_in_a_language(path)
            self.expect({first, second} == {"sv", "en"}, path, f"is shown in {first} and {second}")

    def looks_in_a_language(self, path: str) -> str | None:
        name = (template_of(urlsplit(path).path) or "").strip("/").replace("/", "-") or "start"
        language = self.page.locator("html").get_attribute("lang")
        for fault in faults(self.page, f"{self.key}-{name}-{language}"):
            self.expect(False, path, fault)
        return language

    def speaks_the_other(self) -> bool:
        """Press the language in the header, which leads back to the same page; the next page begins in it."""
        switch, before = self.page.locator(".language button"), urlsplit(self.page.url)[2:4]
        if switch.count() == 0:
            return False
        language = switch.get_attribute("value")
        switch.click()
        self.page.wait_for_load_state("load")
        self.page.locator(f"html[lang={language}]").wait_for(state="attached")
        self.expect(urlsplit(self.page.url)[2:4] == before, before[0], "is left when the language is changed")
        return True


@contextmanager
def walking(browser: Browser, demo: Demo, key: str) -> Iterator[Walk]:
    """Somebody of the cast, or "nobody", at the start page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    context.set_default_timeout(60_000)
    page = context.new_page()
    walk = Walk(page, demo.address, key)
    page.on("pageerror", lambda error: walk.wrong.append(str(error)))
    page.on("console", lambda said: walk.wrong.append(said.text) if "Content Security" in said.text else None)
    if key != "nobody":
        page.goto(f"{demo.address}/demo")
        page.locator(f"button[value={key}]").click()
        page.wait_for_load_state("load")
    yield walk
    context.close()
