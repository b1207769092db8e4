"""What is wrong in one look alone is found, also in those where only the rules of colours are asked again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.chromium import OF_COLOUR, Axe, chromium, faults

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html{lang}><head><title>Prov</title><meta name="viewport" content="width=device-width">
<style>{style}</style></head><body><main><h1>Prov</h1>{body}</main></body></html>"""

DARK, PHONE, DESK = "(prefers-color-scheme: dark)", "(max-width: 400px)", "(min-width: 600px)"
IN_DARK = f"@media {DARK} {{ body {{ background: #111; color: #eee }} a {{ color: #9cf }} }}"
TARGETS = "<button>a</button><button>b</button>"
LARGE = "button { width: 44px; height: 44px; padding: 0; border: 0; overflow: hidden }"
SMALL = "button { width: 8px; height: 8px; font-size: 6px }"
PICTURE = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="50" height="50">'

AT_DARK, AT_LIGHT = {"390 px, dark", "1280 px, dark"}, {"390 px, light", "1280 px, light"}

WRONG = {
    "pale on light": ("color-contrast", AT_LIGHT, "<p class=a>Hej</p>", ".a { color: #ccc }"),
    "dim on dark": ("color-contrast", AT_DARK, "<p class=a>Hej</p>", f"@media {DARK} {{ .a {{ color: #333 }} }}"),
    "dim on a dark phone": (
        "color-contrast",
        {"390 px, dark"},
        "<p class=a>Hej</p>",
        f"@media {DARK} and {PHONE} {{ .a {{ color: #333 }} }}",
    ),
    "a link told by its colour in the dark": (
        "link-in-text-block",
        AT_DARK,
        "<p>Se hit: <a href=/>en länk</a> i löpande text.</p>",
        f"@media {DARK} {{ a {{ color: #e8e8e8; text-decoration: none }} }}",
    ),
    "small targets on a phone": ("target-size", {"390 px, dark"}, TARGETS, f"{LARGE} @media {PHONE} {{ {SMALL} }}"),
    "small targets on a desk": ("target-size", {"1280 px, light"}, TARGETS, f"{LARGE} @media {DESK} {{ {SMALL} }}"),
    "small targets in the dark": ("target-size", AT_DARK, TARGETS, f"{LARGE} @media {DARK} {{ {SMALL} }}"),
    "a picture shown in the dark": (
        "image-alt",
        AT_DARK,
        PICTURE,
        f"img {{ display: none }} @media {DARK} {{ img {{ display: block }} }}",
    ),
    "a field seen on a dark desk": (
        "label",
        {"1280 px, dark"},
        "<input>",
        f"input {{ visibility: hidden }} @media {DARK} and {DESK} {{ input {{ visibility: visible }} }}",
    ),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def shown(page: Page, body: str, style: str = "", lang: str = ' lang="sv"') -> list[str]:
    page.set_content(PAGE.format(body=body, style=IN_DARK + style, lang=lang))
    return faults(page, "prov")


def test_nothing_is_found_where_nothing_is_wrong(page: Page) -> None:
    assert shown(page, "<p>Se hit: <a href=/>en länk</a> i löpande text.</p>") == []


@pytest.mark.parametrize("name", WRONG)
def test_it_is_found_in_the_looks_where_it_is_wrong(page: Page, name: str) -> None:
    rule, looks, body, style = WRONG[name]

    found = shown(page, body, style)

    assert {fault.removeprefix("prov at ").partition(":")[0] for fault in found} == looks
    assert all(f"['{rule}'" in fault for fault in found)


def test_the_rules_of_colours_are_all_there_are(page: Page) -> None:
    axe = Axe(page)

    assert set(axe.rules_about("cat.color")) == set(OF_COLOUR)


def test_what_is_wrong_in_every_look_is_found(page: Page) -> None:
    assert any("html-has-lang" in fault for fault in shown(page, "<p>Hej</p>", lang=""))


def test_a_page_wider_than_a_phone_is_found(page: Page) -> None:
    assert shown(page, '<div style="width: 600px">Hej</div>') == ["prov scrolls sideways at 390 px"] * 2
