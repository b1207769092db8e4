"""Habits that every template keeps, also those that other features write."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError, nodes

from sspf.web.frame import Frame
from sspf.web.static import FOLDER, load_assets
from sspf.web.templating import load_macros, make_environment, templates_folder

ROOT = templates_folder().parent
OURS = templates_folder()
UNDER_TEST = Path(__file__).parent / "templates"
TEMPLATES = sorted([*OURS.rglob("*.html"), *UNDER_TEST.rglob("*.html")])
CSS = FOLDER / "app.css"

_TAG = re.compile(r"<[a-z][^<>]*(?:\{\{.*?\}\}[^<>]*)*>", re.DOTALL)
_PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![\w.-])(?:left|right|top|bottom)\s*:"
    r"|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right)|(?<![\w-])(?:min-|max-)?(?:width|height)\s*:"
)


def named(path: Path) -> str:
    return path.relative_to(OURS if path.is_relative_to(OURS) else UNDER_TEST).as_posix()


@pytest.fixture(scope="module")
def environment():
    return make_environment([OURS, UNDER_TEST], load_assets())


def test_there_are_templates():
    assert {"base.html", "errors/problem.html", "ui/form.html"} <= {named(path) for path in TEMPLATES}


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_parses(environment, path):
    try:
        environment.get_template(named(path))
    except TemplateSyntaxError as error:
        pytest.fail(f"line {error.lineno}: {error.message}")


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_an_htmx_attribute_carries_the_nonce(path):
    for tag in _TAG.findall(path.read_text()):
        if re.search(r"\s(?:data-)?hx-", tag):
            assert 'hx-nonce="{{ nonce }}"' in tag, tag
        assert not re.search(r"hx-(?:on|boost|preload)|\bjs:|javascript:", tag), tag


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_form_works_without_javascript(path):
    for tag in _TAG.findall(path.read_text()):
        if tag.startswith("<form"):
            assert re.search(r'method="(?:get|post)"', tag), tag
            assert "action=" in tag, tag
        assert "formaction" not in tag or tag.startswith("<button"), tag


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_what_somebody_wrote_and_what_the_law_says_is_marked_as_swedish(path):
    """On an English page too it is read aloud in the language that it is written in."""
    if path.is_relative_to(UNDER_TEST):
        return
    for tag in _TAG.findall(path.read_text()):
        if tag.startswith("<blockquote") or re.search(r'class="(?:[\w-]+ )*(?:prose|screen-what)[ "]', tag):
            assert 'lang="sv"' in tag, tag


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_nothing_is_styled_or_scripted_inline(path):
    source = path.read_text()

    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=", source)
    assert all("src=" in tag and 'nonce="{{ nonce }}"' in tag for tag in re.findall(r"<script[^>]*>", source))
    assert not re.search(r"https?://|//[a-z]+\.|\|\s*safe\b|autoescape", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_word_is_marked_for_translation(environment, path):
    if path.is_relative_to(UNDER_TEST):
        return
    tree = environment.parse(path.read_text())
    text = "".join(
        node.data
        for output in tree.find_all(nodes.Output)
        for node in output.nodes
        if isinstance(node, nodes.TemplateData)
    )
    bare = re.sub(r"<[^>]*>|<!--.*?-->|&\w+;", " ", re.sub(r"<[^>]*$|^[^<]*>", " ", text))

    assert re.findall(r"[A-Za-zÅÄÖåäö]{4,}\s+[A-Za-zÅÄÖåäö]{3,}", bare) == []


def _fragments() -> list[tuple[str, str]]:
    """Each template and fragment that a call of ``render`` in our code names."""
    found = []
    for folder in (ROOT / "sspf", Path(__file__).parent):
        for file in folder.rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text())):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "render":
                    listed = next((word.value for word in call.keywords if word.arg == "fragments"), None)
                    if call.args and isinstance(call.args[0], ast.Constant) and isinstance(listed, ast.Tuple):
                        found += [(call.args[0].value, element.value) for element in listed.elts]
    return sorted(set(found))


def test_fragments_are_found():
    assert ("hello.html", "greeting") in _fragments()


@pytest.mark.parametrize(("template", "fragment"), _fragments())
def test_a_fragment_is_a_block_with_an_element_of_its_name(environment, template, fragment):
    loaded = environment.get_template(template)

    assert fragment in loaded.blocks
    source = Path(loaded.filename).read_text()
    block = source[re.search(rf"\{{% block {fragment}\b", source).end() :]
    assert re.match(rf'[^%]*?%\}}\s*<\w+ [^>]*?id="{fragment}"|[^%]*?%\}}\s*<\w+ id="{fragment}"', block), fragment


def test_a_page_without_a_title_does_not_render(environment):
    page = environment.from_string('{% extends "base.html" %}{% block main %}{% endblock %}')

    with pytest.raises(Exception, match="title"):
        page.render(frame=Frame())


def test_a_misspelt_name_is_an_error(environment):
    with pytest.raises(UndefinedError):
        environment.from_string("{{ casse }}").render()


def test_two_macros_of_one_name_are_refused(tmp_path):
    (tmp_path / "ui").mkdir()
    for name in ("one", "two"):
        (tmp_path / "ui" / f"{name}.html").write_text("{% macro tag() %}{% endmacro %}")
    environment = make_environment([OURS], load_assets())
    environment.loader.searchpath.append(str(tmp_path))

    with pytest.raises(ValueError, match="tag"):
        load_macros(environment)


def test_what_somebody_wrote_stays_text(environment):
    page = environment.from_string("{{ ui.tag(words) }}{{ ui.when(at, 'day') }}")

    assert "&lt;script&gt;" in page.render(words="<script>", at=date(2026, 11, 24))


def test_the_style_sheet_mirrors_for_other_scripts():
    css = re.sub(r"/\*.*?\*/|url\([^)]*\)|@media[^{]*", " ", CSS.read_text(), flags=re.DOTALL)

    assert _PHYSICAL.findall(css) == []


def test_the_style_sheet_stays_under_the_design_system():
    css = re.sub(r"/\*.*?\*/", "", CSS.read_text(), flags=re.DOTALL).strip()

    assert css.startswith("@layer ds, app;\n\n@layer app {")
    assert css.count("{") == css.count("}")


def test_the_script_is_small_and_keeps_nothing():
    script = (FOLDER / "app.js").read_text()

    assert len(script.encode()) < 3 * 1024
    assert not re.search(
        r"localStorage|sessionStorage|indexedDB|caches|cookie|innerHTML|insertAdjacentHTML|eval\(", script
    )
