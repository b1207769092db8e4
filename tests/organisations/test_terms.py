"""The municipality's own words: in every sentence that uses one, and ours where it has none."""

import ast
import re
from pathlib import Path

import pytest
from markupsafe import escape
from sqlalchemy.orm import Session

from sspf.organisations import queries
from sspf.organisations.models import OwnWord
from sspf.organisations.roles import ROLES
from sspf.organisations.terms import OURS, TERMS, Form, Term, key_of
from sspf.texts import _, begin_voice, upper_first
from tests.world import World

ROOT = Path(__file__).parents[2]


def test_every_term_has_all_its_forms() -> None:
    assert set(OURS) == {key_of(term, form) for term in Term for form in Form}


def test_a_sentence_says_it_as_the_municipality_does() -> None:
    sentence = _("Bara %(coordinator)s kan avsluta ärendet.", coordinator=TERMS["coordinator_the"])
    assert str(sentence) == "Bara koordinatorn kan avsluta ärendet."

    begin_voice().own = {"term.coordinator_the": "samordnaren"}

    assert str(sentence) == "Bara samordnaren kan avsluta ärendet."
    begin_voice()


def test_on_an_english_page_an_own_word_is_marked_as_swedish() -> None:
    sentence = _("Lägg till %(action)s", action=TERMS["action"])
    voice = begin_voice()
    voice.own = {"term.action": "insats & mer", "term.concern": "samtal"}
    assert escape(sentence) == "Lägg till insats &amp; mer"

    voice.language = "en"

    assert escape(sentence) == 'Lägg till <span lang="sv">insats &amp; mer</span>'
    assert escape(upper_first(TERMS["action"])) == '<span lang="sv">Insats &amp; mer</span>'
    assert escape(TERMS["concern_new"]) == 'Skriv in <span lang="sv">samtal</span>'
    assert escape(TERMS["plan"]) == "åtagandeplan"
    assert str(sentence) == "Lägg till insats & mer"
    begin_voice()


def test_what_begins_one_is_ours_or_a_verb_with_theirs() -> None:
    assert str(TERMS["concern_new"]) == "Ny kontakt"

    begin_voice().own = {"term.concern": "samtal"}

    assert str(TERMS["concern_new"]) == "Skriv in samtal"
    begin_voice()


def test_a_heading_begins_with_a_capital_and_keeps_the_others() -> None:
    assert upper_first("åtaganden") == "Åtaganden"
    assert upper_first("SSPF-möten") == "SSPF-möten"
    assert str(upper_first(TERMS["actions"])) == "Åtaganden"


def test_own_words_come_with_the_names_in_one_statement(session: Session, world: World) -> None:
    kept = {"term.action": "insats", "kind.attendance": "Frånvaro", "term.plan": ""}
    for name, words in kept.items():
        session.add(OwnWord(municipality_id=world.municipality.id, name=name, words=words))
    session.flush()
    queries.forget_names(session)

    known = queries.directory(session, world.municipality.id)

    assert known.own_words == {"term.action": "insats", "kind.attendance": "Frånvaro"}
    assert known.names[world.id_of("school")] == "Enheten school"


def test_a_municipality_with_no_words_of_its_own_has_none(session: Session, world: World) -> None:
    queries.forget_names(session)

    assert queries.directory(session, world.municipality.id).own_words == {}
    assert str(ROLES[world.coordinator.role]) == "koordinator"


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_bends_a_term_itself(path: Path) -> None:
    """An ending or a word that bends after it would be wrong for the next municipality's word."""
    said = path.read_text(encoding="utf-8")

    term = rf"%\((?:{'|'.join(OURS)})\)s"
    assert not re.search(rf"{term}[a-zåäö]", said)
    assert not re.search(rf"(?i)\b(?:nytt?|en|ett|det|den|denna|detta) {term}", said)
    assert not re.search(r"terms\.\w+\|capitalize", said)
    # an attribute holds no element, and so no word that is marked as Swedish
    assert not re.search(
        r"""(?:aria-label|alt|value|data-[a-z-]+)="\{\{[^}]*terms\.\w+(?!\w*(?:\|upper_first)?\|string)""", said
    )


def test_every_term_used_in_code_is_there() -> None:
    used = set()
    for path in (ROOT / "sspf").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "TERMS":
                used.add(ast.literal_eval(node.slice))

    assert used <= set(TERMS)
