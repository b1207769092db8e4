"""The search that the demo's dump is put through finds what it is meant to find."""

import base64
import random

import pytest

from tests.demo.spellings import found_in, pieces, spellings

TEXT = "Elis kom i tid, säger Tor Exempelsson."


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # noqa: S311  # the same noise every time


@pytest.mark.parametrize("text", [TEXT, "201303052383", "Månberg", "Elis", "Lo"])
def test_every_spelling_is_found_where_it_was_planted(text):
    for spelling in spellings(text):
        before = b"\\x" if "hex" in spelling.name else b"'"
        haystack = noise(999) + before + spelling.needle + b"'" + noise(999)
        assert spelling.name in {name for _text, name in found_in(haystack, [text])}


@pytest.mark.parametrize("before", range(7))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_it_is_found_inside_something_longer_that_was_encoded(encoding, before):
    inside = noise(before) + TEXT.encode(encoding) + noise(5)

    assert found_in(b"<" + base64.b64encode(inside) + b">", [TEXT])
    assert found_in(b"<" + inside.hex().encode() + b">", [TEXT])
    assert found_in(b"<" + inside.hex().upper().encode() + b">", [TEXT])


def test_what_is_not_there_is_not_found():
    haystack = noise(200_000) + base64.b64encode(noise(200_000)) + noise(200_000).hex().encode()

    assert found_in(haystack, [TEXT, "Granfelt", "201303052383"]) == set()


def test_a_short_name_is_no_part_of_another_word():
    assert found_in(b"Lokalpolis i Torp, DeLo, Lo-Johansson \\x4c6f31", ["Lo", "Tor"]) == set()
    assert found_in(b"hos Lo.", ["Lo"])
    assert found_in(b"hos 'Tor'", ["Tor"])


def test_a_part_of_a_longer_text_counts():
    assert "kom i tid, säger" in pieces(TEXT)
    assert pieces("Lo Tallbacka") == {"Lo Tallbacka"}
