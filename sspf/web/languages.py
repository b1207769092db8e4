"""The languages that pages are said in: Swedish stands in the code and is never missing, English in a catalogue."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from sspf.texts import Voice, voice


class Language(StrEnum):
    SWEDISH = "sv"
    ENGLISH = "en"


# What each is called in itself, and the locale whose dates it has: plain "en" would write them as Americans do.
NAMES = {Language.SWEDISH: "Svenska", Language.ENGLISH: "English"}
LOCALES = {Language.SWEDISH: "sv_SE", Language.ENGLISH: "en_GB"}


def speak(language: str) -> None:
    """From here on this request is answered in ``language``."""
    tell(voice(), Language(language))


def tell(spoken: Voice, language: Language) -> None:
    spoken.language = language.value
    spoken.translate = translator(language)


def locale() -> str:
    """The locale of the language that this request is answered in."""
    return LOCALES[Language(voice().language)]


@cache
def translator(language: Language) -> Callable[[str], str]:
    """Swedish to ``language``; what its catalogue lacks is said in Swedish."""
    translated = {} if language is Language.SWEDISH else catalogue(language)

    def translate(message: str) -> str:
        return translated.get(message, message)

    return translate


def catalogue(language: Language) -> Mapping[str, str]:
    """Every message of the catalogue that has a translation, one and many side by side."""
    file = files("sspf") / "locale" / LOCALES[language] / "LC_MESSAGES" / "sspf.po"
    with file.open("rb") as written:
        known = read_po(written)
    pairs: dict[str, str] = {}
    for message in known:
        said = zip(_all(message.id), _all(message.string), strict=False)
        pairs |= {swedish: other for swedish, other in said if swedish and other}
    return pairs


def say(message: str) -> str:
    """A message of a template, as the request's reader reads it."""
    return voice().translate(message)


def say_number(one: str, many: str, number: int) -> str:
    """The message for one or for many; all our languages part them in the same place."""
    return voice().translate(one if number == 1 else many)


def preferred(accept_language: str) -> Language | None:
    """The first of our languages that a browser asks for; none if it asks for none of them."""
    asked = sorted(map(_weighed, accept_language[:500].split(",")), reverse=True, key=lambda one: one[0])
    ours = (tag.partition("-")[0].strip().lower() for weight, tag in asked if weight > 0)
    return next((Language(tag) for tag in ours if tag in set(Language)), None)


def _weighed(range_: str) -> tuple[float, str]:
    tag, _, weight = range_.partition(";")
    try:
        return (float(weight.strip().removeprefix("q=")) if weight else 1.0), tag.strip()
    except ValueError:
        return 0.0, tag


def _all(said: str | Iterable[str] | None) -> Iterable[str]:
    return (said,) if isinstance(said, str) else said or ()
