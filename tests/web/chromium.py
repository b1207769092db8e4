"""A real server and a real browser, for what only they can show."""

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.find_chromium import find_chromium

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core-4.14.1.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address ``app`` answers at while this lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
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


def violations(page: Page) -> list[Any]:
    """What axe finds wrong: each rule with the elements that break it.

    It runs in a world of its own, since the page's policy lets no script in.
    """
    devtools = page.context.new_cdp_session(page)
    frame = devtools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = devtools.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
    devtools.send("Runtime.evaluate", {"expression": AXE, "contextId": world})
    run = f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})"
    found = devtools.send(
        "Runtime.evaluate",
        {
            "expression": f"{run}.then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.map(n => n.html)])))",
            "contextId": world,
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    return list(json.loads(found["result"]["value"]))


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like, if SSPF_SCREENSHOTS says where."""
    if folder := os.environ.get("SSPF_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        # hiding the caret would be an inline style, which the page refuses
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True, caret="initial")
