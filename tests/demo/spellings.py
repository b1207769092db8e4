"""Finds a text in bytes, however a careless program may have spelled it."""

import base64
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import quote

# Shorter than this a text turns up by chance inside other words, so it must stand alone.
SHORT = 6
# What a letter of a name is made of, in ASCII and in UTF-8.
LETTERS = rb"0-9A-Za-z\x80-\xff-"


def found_in(haystack: bytes, texts: Collection[str]) -> set[tuple[str, str]]:
    """Which of the texts stand in ``haystack``, each with the spelling that it was found in."""
    return {
        (text, spelling.name)
        for text in texts
        for spelling in spellings(text)
        if spelling.needle in haystack and (len(text) >= SHORT or re.search(spelling.alone, haystack))
    }


@dataclass(frozen=True)
class Spelling:
    """How a text may have been written; ``alone`` is the same where it cannot be part of something else."""

    name: str
    needle: bytes
    alone: bytes


def spellings(text: str) -> Iterator[Spelling]:
    """The text in UTF-8 and UTF-16, and each of those in hex and in base64 at every offset; escaped as JSON or URL."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = text.encode(encoding)
        yield _beside(encoding, raw, LETTERS if encoding == "utf-8" else b"")
        for name, digits in (("hex", raw.hex()), ("upper-case hex", raw.hex().upper())):
            needle = digits.encode()
            # a short value is told from an id by standing alone in its column
            yield Spelling(f"{encoding} in {name}", needle, rb"\\x" + needle + rb"(?![0-9A-Fa-f])")
        if len(text) < SHORT:
            yield _beside(f"{encoding} in base64", base64.b64encode(raw), rb"0-9A-Za-z+/=")
        else:
            for offset in range(3):
                yield _beside(f"{encoding} in base64 at {offset}", _core(raw, offset), b"")
    yield _beside("JSON", json.dumps(text)[1:-1].encode(), LETTERS)
    yield _beside("URL", quote(text, safe="").encode(), LETTERS)


def _beside(name: str, needle: bytes, letters: bytes) -> Spelling:
    alone = rb"(?<![" + letters + rb"])" + re.escape(needle) + rb"(?![" + letters + rb"])" if letters else needle
    return Spelling(name, needle, alone)


def _core(raw: bytes, offset: int) -> bytes:
    """The characters of base64 that ``raw`` decides alone when ``offset`` bytes (modulo 3) come before it."""
    encoded = base64.b64encode(b"\0" * offset + raw)
    first = -(-offset * 8 // 6)  # the first character without a bit of what comes before
    last = (offset + len(raw)) * 8 // 6  # the first that could hold a bit of what comes after
    return encoded[first:last]


def pieces(text: str, words: int = 4) -> set[str]:
    """The text, and every few words of it in a row: a part that got out is out."""
    said = text.split()
    return {text} | {" ".join(said[at : at + words]) for at in range(len(said) - words + 1)}
