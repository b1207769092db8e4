"""Browsers of the cast: each signed in by its cookie alone, and whatever one of them complains of fails the test."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from sspf.app.installation import Installation
from sspf.app.web import create_app
from sspf.web.current_user import COOKIE
from tests.web.chromium import served

Open = Callable[..., Page]
# what a browser says of a form that is refused, where that is one of the things looked at
REFUSED = "the server responded with a status of"


@contextmanager
def visiting(
    browser: Browser,
    installation: Installation,
    tokens: Mapping[str, str],
    *,
    width: int = 1280,
    forgiven: Collection[str] = (),
) -> Iterator[Open]:
    """Opens pages while this lasts: ``open_as("school", "/arenden")``, or as ``None`` for nobody.

    ``tokens`` has the session of each by name, ``forgiven`` parts of what may be complained of. More keywords
    to ``open_as`` are Playwright's for a new context.
    """
    complaints: list[str] = []
    with ExitStack() as stack:
        address = stack.enter_context(served(create_app(installation)))

        def open_as(name: str | None, path: str, **context: Any) -> Page:
            usual = {"viewport": {"width": width, "height": 900}, "locale": "sv-SE"}
            opened = browser.new_context(**usual | context)
            stack.callback(opened.close)
            if name is not None:
                cookie = {"name": COOKIE, "value": tokens[name], "domain": "127.0.0.1", "path": "/"}
                opened.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Strict"}])
            page = opened.new_page()
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(address + path)
            return page

        yield open_as
        assert [said for said in complaints if not any(part in said for part in forgiven)] == []
