"""The demo served for real, and people who use it in Chromium."""

import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from sspf.app.installation import Installation, open_installation, prepare, start_embedded
from sspf.app.web import create_app
from sspf.demo.numbers import test_numbers
from sspf.demo.routes import router
from sspf.demo.seeding import seed_if_empty
from sspf.settings import Mode, Settings
from tests.demo.conftest import heard
from tests.web.chromium import chromium, faults, served

STORED = "Object.keys(localStorage).length + Object.keys(sessionStorage).length"


@dataclass(frozen=True)
class Demo:
    """The seeded demo, its address, and what it has said to its log."""

    address: str
    installation: Installation
    said: io.StringIO


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    # /tmp, since as root the server opens every folder above its data to others
    with tempfile.TemporaryDirectory(prefix="sspf-browser-", dir="/tmp") as folder:
        settings = Settings(mode=Mode.DEMO, data_dir=Path(folder), base_url="http://127.0.0.1")
        embedded = start_embedded(settings)
        prepare(settings, embedded, create_roles=True, create_keyring=True)
        installation = open_installation(settings, embedded=embedded, only_numbers=test_numbers())
        seed_if_empty(installation)
        said = io.StringIO()
        with heard(said), served(create_app(installation, more=[router])) as address:
            yield Demo(address, installation, said)
        installation.close()


# closed with the file: while Playwright's loop runs, no other test may run one of its own
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def keep_addresses(context: BrowserContext, places: set[str]) -> None:
    """Put into ``places`` whatever the browser asks for from now on, and what the files it is sent are called."""
    context.on("request", lambda asked: places.add(asked.url))
    context.on("response", lambda answer: places.add(answer.headers.get("content-disposition", "")))


class Person:
    """One of the cast at a browser of their own. Every page they come to is held to the house's rules.

    ``places`` are the addresses and titles of everywhere they have been, every address their browser has asked for
    on the way, and the names of the files that it was sent.
    """

    def __init__(self, context: BrowserContext, address: str, key: str) -> None:
        self.address = address
        self.key = key
        self.context = context
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.places: set[str] = set()
        self.page.on("framenavigated", lambda frame: self.places.add(frame.url))
        keep_addresses(context, self.places)
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.go("/demo")
        self.page.locator(f"button[value={key}]").click()
        self.settle()

    def _heard(self, kind: str, text: str) -> None:
        # a refused page is one of the things looked at; that the browser mentions it is no fault
        if kind in {"error", "warning"} and "the server responded with a status of" not in text:
            self.complaints.append(text)

    def go(self, path: str) -> int:
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None
        self.places.add(self.page.title())
        return answer.status

    def settle(self) -> None:
        self.page.wait_for_load_state("load")
        self.places.add(self.page.title())

    def press(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.settle()

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.settle()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(value)

    def sees(self, text: str) -> bool:
        return text in self.page.locator("body").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address).partition("?")[0]

    def look(self, name: str) -> None:
        """Hold the page to the rules in every look, and keep pictures of it if somebody wants them."""
        assert faults(self.page, f"{self.key}-{name}") == []
        assert self.page.evaluate(STORED) == 0
        assert self.complaints == []


@pytest.fixture
def meet(browser: Browser, demo: Demo) -> Iterator[Callable[..., Person]]:
    """``meet("school", width=390)``: somebody of the cast, signed in."""
    contexts: list[BrowserContext] = []

    def meet(key: str, *, width: int = 1280, **options: object) -> Person:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="sv-SE", **options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        return Person(context, demo.address, key)

    yield meet
    for context in contexts:
        context.close()
