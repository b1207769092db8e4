"""A real server and a real browser, for what only they can show."""

import json
import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from sspf.web.preferences import LANGUAGE_COOKIE
from tests.browser.find_chromium import find_chromium

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core-4.14.1.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# of these, the ones that look at colours
OF_COLOUR = ["color-contrast", "link-in-text-block"]
Look: TypeAlias = tuple[int, Literal["dark", "light"]]
LOOKS: tuple[Look, ...] = ((390, "dark"), (390, "light"), (1280, "light"), (1280, "dark"))
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What the other rules look at: the markup, and of every element where it is, how it is laid out and whether it is seen.
SHAPE = """
(shape => [shape === globalThis.shape, globalThis.shape = shape][0])(JSON.stringify([
  innerWidth, document.documentElement.outerHTML, ...[...document.querySelectorAll("*")].map(one => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const is = getComputedStyle(one);
    return [x, y, width, height, is.display, is.visibility, is.opacity, is.position, is.zIndex, is.overflow, is.clip,
      is.clipPath, is.pointerEvents];
  })]))
"""


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address ``app`` answers at while this lasts."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    # held from now on: a port that was free a moment ago may be somebody else's
    with socket.create_server(("127.0.0.1", 0)) as ours:
        thread = threading.Thread(target=server.run, args=([ours],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{ours.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, or the one that SSPF_CHROMIUM names."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


class Axe:
    """Axe on the page that is shown now. It runs in a world of its own, since the page's policy lets no script in."""

    def __init__(self, page: Page) -> None:
        self._devtools = page.context.new_cdp_session(page)
        frame = self._devtools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        made = self._devtools.send("Page.createIsolatedWorld", {"frameId": frame})
        self._world = made["executionContextId"]
        self._evaluate(AXE)

    def violations(self, rules: Sequence[str] = RULES) -> list[Any]:
        """Each rule that is broken, with the elements that break it."""
        # what an element is called in a selector is work, and nobody reads it
        how = json.dumps({"runOnly": rules, "resultTypes": ["violations"], "selectors": False})
        broken = "r.violations.map(v => [v.id, v.nodes.map(n => n.html)])"
        found = self._evaluate(f"axe.run(document, {how}).then(r => JSON.stringify({broken}))")
        return list(json.loads(found["result"]["value"]))

    def rules_about(self, subject: str) -> list[str]:
        """Those of the rules that axe itself counts to a subject, like "cat.color"."""
        names = f"axe.getRules({json.dumps(RULES)}).filter(r => r.tags.includes('{subject}')).map(r => r.ruleId)"
        return list(self._evaluate(names)["result"]["value"])

    def has_the_same_shape(self) -> bool:
        """Whether nothing but colours can differ from when this was last asked."""
        return bool(self._evaluate(SHAPE)["result"]["value"])

    def close(self) -> None:
        self._devtools.detach()

    def _evaluate(self, expression: str) -> dict[str, Any]:
        said = {"contextId": self._world, "awaitPromise": True, "returnByValue": True}
        return dict(self._devtools.send("Runtime.evaluate", {"expression": expression, **said}))


def violations(page: Page) -> list[Any]:
    """What axe finds wrong with the page as it stands."""
    with closing(Axe(page)) as axe:
        return axe.violations()


def faults(page: Page, name: str = "", looks: Iterable[Look] = LOOKS) -> list[str]:
    """What is wrong with the page in every look, on a phone and a desk, light and dark: one loading, one axe.

    Where a look differs from the one before in its colours alone, only the rules of colours are asked again: the
    others were asked about this very shape. ``name`` is what its pictures are called.
    """
    size, found = page.viewport_size, []
    with closing(Axe(page)) as axe:
        for width, scheme in looks:
            if page.viewport_size != {"width": width, "height": 900}:
                page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if page.evaluate(SIDEWAYS):
                found.append(f"{name} scrolls sideways at {width} px")
            rules = OF_COLOUR if axe.has_the_same_shape() else RULES
            found += [f"{name} at {width} px, {scheme}: {one}" for one in axe.violations(rules)]
            picture(page, f"{name}-{width}-{scheme}")
    assert size is not None
    page.set_viewport_size(size)
    return found


def faults_in_both_languages(page: Page, name: str = "") -> list[str]:
    """The same in Swedish and in English. The page is asked for anew, so nothing may be typed in it yet."""
    found = faults(page, f"{name}-sv")
    cookie = {"name": LANGUAGE_COOKIE, "value": "en", "domain": "127.0.0.1", "path": "/"}
    page.context.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Lax"}])
    page.reload()
    if page.locator("html").get_attribute("lang") != "en":
        found.append(f"{name} is not to be had in English")
    found += faults(page, f"{name}-en")
    page.context.clear_cookies(name=LANGUAGE_COOKIE)
    page.reload()
    return found


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like, if SSPF_SCREENSHOTS says where."""
    if name and (folder := os.environ.get("SSPF_SCREENSHOTS")):
        Path(folder).mkdir(parents=True, exist_ok=True)
        # hiding the caret would be an inline style, which the page refuses
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True, caret="initial")
