"""How somebody wants their pages: as the account says, else the browser's cookies, else as the browser asks."""

from dataclasses import replace
from enum import StrEnum
from typing import cast

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from auth.preferences import Preferences
from sspf.texts import voice
from sspf.web.frame import Frame
from sspf.web.languages import Language, preferred

LANGUAGE_COOKIE = "__Host-sprak"
THEME_COOKIE = "__Host-utseende"
_A_YEAR = 365 * 24 * 60 * 60


class Theme(StrEnum):
    """``AUTO`` is as the computer has it."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


def language_asked(asked: HTTPConnection) -> Language:
    """Before anybody has looked who it is: the cookie's language, then the browser's, then Swedish."""
    chosen = asked.cookies.get(LANGUAGE_COOKIE)
    if chosen in set(Language):
        return Language(chosen)
    return preferred(asked.headers.get("accept-language", "")) or Language.SWEDISH


def dressed(request: Request, frame: Frame) -> Frame:
    """The frame as this reader wants it."""
    visit = getattr(request.state, "visit", None)
    own = cast(Preferences, visit.preferences) if visit else Preferences()
    theme = own.theme or request.cookies.get(THEME_COOKIE)
    return replace(
        frame,
        language=voice().language,
        theme=theme if theme in set(Theme) else Theme.AUTO.value,
        shortcuts=own.shortcuts,
    )


def here(request: Request) -> str:
    """The page that is being looked at, to come back to; none where a form was refused and its text stands there."""
    if request.method != "GET":
        return ""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def keep(response: Response, name: str, value: str) -> None:
    """Let the browser remember a choice, also where nobody is signed in."""
    response.set_cookie(name, value, max_age=_A_YEAR, path="/", secure=True, httponly=True, samesite="strict")
