"""Sentences for people: Swedish, marked for gettext, put together only when shown.

Write ``_("Åtagandet är klart sedan %(day)s.", day=…)``. A per cent sign that is
meant as one is written ``%%``, as in the templates.

How they are said is decided by the request's ``Voice``: the reader's language, and
the municipality's own words for what it calls things by other names.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

__all__ = ["Named", "Text", "Voice", "_", "begin_voice", "either", "in_swedish", "named", "upper_first", "voice"]


def _as_written(message: str) -> str:
    return message


@dataclass(slots=True)
class Voice:
    """How one request speaks.

    ``language`` is what stands in ``<html lang>``; ``translate`` gives a Swedish message in it. ``own`` holds
    the municipality's own words by name ("kind.attendance"); they are said as they are, in every language.
    """

    language: str = "sv"
    translate: Callable[[str], str] = _as_written
    own: Mapping[str, str] = field(default_factory=dict)


# One object a request, changed as it becomes known who asks: threads that serve the request see the same.
_voice: ContextVar[Voice] = ContextVar("voice")


def begin_voice() -> Voice:
    """A fresh voice for the request that begins here, Swedish until somebody says otherwise."""
    fresh = Voice()
    _voice.set(fresh)
    return fresh


@contextmanager
def in_swedish() -> Iterator[None]:
    """Swedish meanwhile, with the municipality's own words: for what somebody else than the reader is to read."""
    before = _voice.set(replace(voice(), language="sv", translate=_as_written))
    try:
        yield
    finally:
        _voice.reset(before)


def voice() -> Voice:
    """The voice of this request; outside one, Swedish."""
    return _voice.get(None) or Voice()


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence and what stands in it; printing it says it in the reader's language."""

    message: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return voice().translate(self.message) % dict(self.values)

    def __html__(self) -> Markup:
        """The same on a page, where a word in another language than the page's is marked as such."""
        return escape(voice().translate(self.message)) % dict(self.values)


@dataclass(frozen=True, slots=True)
class Named(Text):
    """What something is called: the municipality's own word for it if it has one, else ours.

    ``around`` is the sentence that its own ``%(word)s`` stands in where ours is more than the word ("Ny kontakt").
    ``begins``: with a capital. On an English page the municipality's own word is marked as Swedish.
    """

    name: str
    around: Text | None = None
    begins: bool = False

    def __str__(self) -> str:
        own = voice().own.get(self.name)
        if not own:
            return self._begun(voice().translate(self.message) % dict(self.values))
        return self._begun(voice().translate(self.around.message) % {"word": own} if self.around else own)

    def __html__(self) -> Markup:
        own = voice().own.get(self.name)
        if not own or voice().language == "sv":
            return escape(str(self))
        if self.around:
            return escape(self._begun(voice().translate(self.around.message))) % {"word": _in_swedish(own)}
        return _in_swedish(self._begun(own))

    def _begun(self, said: str) -> str:
        return said[:1].upper() + said[1:] if self.begins else said


def _in_swedish(word: str) -> Markup:
    return Markup('<span lang="sv">{}</span>').format(word)


def _(message: str, /, **values: object) -> Text:
    """Mark a sentence as one that people read."""
    return Text(message, values)


def named(name: str, text: Text, around: Text | None = None) -> Named:
    """A word that the municipality may have another for, under ``name``."""
    return Named(text.message, text.values, name, around)


def either(one: str, many: str, number: int, /, **values: object) -> Text:
    """The sentence for one or for many; ``%(number)s`` stands for how many."""
    return Text(one if number == 1 else many, {"number": number, **values})


def upper_first(words: object) -> Text | str:
    """The words with a capital first, as a heading begins; the rest keeps its own ("SSPF-möte")."""
    if isinstance(words, Named):
        return replace(words, begins=True)
    said = str(words)
    return said[:1].upper() + said[1:]
