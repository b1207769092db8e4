"""The English catalogue: nothing doubtful in it, and no translation that asks for a value there is not."""

import re

import pytest
from babel.messages.catalog import Message
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


def test_there_is_a_catalogue():
    assert len(messages()) > 1000


def test_nothing_in_it_is_a_guess():
    assert [message.id for message in messages() if message.fuzzy] == []


@pytest.mark.parametrize("of_many", [False, True])
def test_a_translation_has_the_places_of_its_sentence(of_many):
    for message in messages():
        if isinstance(message.id, tuple) is of_many:
            for swedish, english in pairs(message):
                if english:
                    assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(swedish)), swedish
