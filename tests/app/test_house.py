"""What the house is built of: small modules, one name for each thing that happens, and words that may be read aloud."""

import ast
import re
import subprocess
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median

import pytest

from audit.events import TAG_LENGTH, EventTag
from sspf.oversight.wording import EVENTS

ROOT = Path(__file__).parents[2]
MODULES = sorted(file for ours in ("sspf", "auth", "audit") for file in (ROOT / ours).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Words that are not ours to use: of the municipality's work, of an authority, of a child.
FORBIDDEN = {
    "protokoll": r"protokoll",
    "Soc": r"\bSoc\b",
    "åtkomst": r"åtkomst",
    "avhoppare": r"avhoppare",
    "brottsoffer": r"brottsoffer",
    "misstänkt": r"misstänkt",
}
# A folder of somebody's machine, or a place that packages are fetched from.
FOREIGN = re.compile(
    r"/(?:home|Users|root)/\w|[A-Z]:\\\\Users|file://|(?:pypi|pythonhosted|npmjs|jsdelivr|unpkg)\.(?:org|com|net)"
    r"|registry\.\w+\.\w|index-url\s*=?\s*http",
)


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607
    return [ROOT / name for name in listed.decode().split("\0") if name]


def tags() -> list[type[EventTag]]:
    for file in MODULES:
        if "(EventTag)" in file.read_text(encoding="utf-8"):
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    return [tag for tag in EventTag.__subclasses__() if not tag.__module__.startswith("tests")]


def test_modules_are_small():
    """Most under 80 lines; none should pass 300, and none may pass 400."""
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in MODULES}
    migrations = {file for file in MODULES if "migrations" in file.parts}

    assert len(lengths) > 150
    assert {file.name: length for file, length in lengths.items() if length > 400 and file not in migrations} == {}
    assert median(lengths.values()) < 80


def test_functions_are_short():
    lengths = [
        (node.end_lineno - node.lineno + 1, f"{file.relative_to(ROOT)}:{node.name}")
        for file in MODULES
        if "migrations" not in file.parts
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert sorted(lengths)[len(lengths) * 9 // 10][0] < 35
    assert [name for length, name in lengths if length > 80] == []


def test_no_module_is_called_after_what_it_might_do():
    assert {file.stem for file in MODULES} & {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "manager",
        "misc",
    } == set()


def test_every_tag_is_well_formed_and_says_one_thing():
    values = [(tag.value, f"{kind.__module__}.{tag.name}") for kind in tags() for tag in kind]

    assert len(values) > 30
    said = [value for value, _ in values]
    assert sorted(said) == sorted(set(said)), "one tag for two things"
    for value, name in values:
        assert re.fullmatch(r"[a-z][a-z_]*(:[a-z][a-z_]*)+", value), name
        assert len(value) <= TAG_LENGTH, name


def test_the_auditor_has_words_for_every_tag():
    assert {tag.value for kind in tags() for tag in kind} == set(EVENTS)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_templates_choose_their_words(template):
    said = template.read_text(encoding="utf-8")

    assert {
        word for word, pattern in FORBIDDEN.items() if re.search(pattern, said, re.IGNORECASE * (word != "Soc"))
    } == set()


@cache
def sentences() -> set[tuple[str, str]]:
    """Every text in the code, and the module that it is in."""
    return {
        (file.name, node.value)
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("word", FORBIDDEN)
def test_so_do_sentences_in_the_code(word):
    flags = re.IGNORECASE * (word != "Soc")

    assert len(sentences()) > 1000
    assert {said for said in sentences() if re.search(FORBIDDEN[word], said[1], flags)} == set()


def test_nothing_points_at_a_machine_or_a_place_to_fetch_from():
    found = {
        (file.relative_to(ROOT).as_posix(), match[0])
        for file in tracked()
        if file.is_file() and file.suffix not in {".png", ".jpg", ".ico"} and "vendor" not in file.parts
        for match in FOREIGN.finditer(file.read_text(encoding="utf-8", errors="replace"))
        if file != Path(__file__)
    }

    assert len(tracked()) > 300
    assert found == set()


@pytest.mark.parametrize(
    "line", ["see /home/anna/sspf", "cd /root/x", "https://py" + "pi.org/simple", "file:///tmp", "C:\\Users"]
)
def test_such_a_place_would_be_found(line):
    assert FOREIGN.search(line.replace("\\", "\\\\") if "C:" in line else line)
