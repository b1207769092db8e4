"""The English catalogue: every sentence is in it, nothing doubtful, and none asks for a value there is not."""

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from sspf.web.languages import LOCALES, Language
from tests.web.test_templates import ROOT

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%s|%s")
FILE = ROOT / "sspf" / "locale" / LOCALES[Language.ENGLISH] / "LC_MESSAGES" / "sspf.po"


def messages() -> list[Message]:
    with FILE.open("rb") as written:
        return [message for message in read_po(written) if message.id]


def pairs(message: Message) -> list[tuple[str, str]]:
    """Swedish and English, for one and for many."""
    swedish = message.id if isinstance(message.id, tuple) else (message.id,)
    english = message.string if isinstance(message.string, tuple) else (message.string,)
    return list(zip(swedish, english, strict=True))


def test_every_sentence_in_the_code_is_in_it_and_no_other(tmp_path, monkeypatch):
    """As ``make messages`` would leave it."""
    written = tmp_path / "found.pot"
    how = ["-F", "pyproject.toml", "-k", "_", "-k", "either:1,2", "--no-location", "--omit-header"]
    monkeypatch.chdir(ROOT)
    CommandLineInterface().run(["pybabel", "--quiet", "extract", *how, "-o", str(written), "."])
    with written.open("rb") as found:
        marked = {message.id for message in read_po(found) if message.id}
    assert marked == {message.id for message in messages()}


def test_every_sentence_has_its_english():
    assert [swedish for message in messages() for swedish, english in pairs(message) if not english] == []


def test_nothing_in_it_is_a_guess():
    assert [message.id for message in messages() if message.fuzzy] == []


@pytest.mark.parametrize("of_many", [False, True])
def test_a_translation_has_the_places_of_its_sentence(of_many):
    for message in messages():
        if isinstance(message.id, tuple) is of_many:
            for swedish, english in pairs(message):
                assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(swedish)), swedish
