"""``pip install .`` gives a working ``sspf``, with nothing of the checkout left to lean on.

The package is built and installed without its dependencies, which are lent by a path
file: what is proved is that all of ours came along, and that what it needs is said.
"""

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("sspf", "auth", "audit")


def run(*command: str | Path, folder: Path) -> str:
    """A command in an environment with nothing of ours in it; what it printed."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    result = subprocess.run(  # noqa: S603  # our own
        list(map(str, command)), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the built package in it."""
    folder = tmp_path_factory.mktemp("package")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--quiet")
    run(sys.executable, "-m", "pip", "wheel", ROOT, *options, "--wheel-dir", folder, folder=folder)
    (wheel,) = folder.glob("sspf-*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", folder=folder)
    python = folder / "venv" / "bin" / "python"
    quiet = ("--quiet", "--offline", "--no-deps", "--no-cache")
    run(sys.executable, "-m", "uv", "pip", "install", *quiet, "--python", python, wheel, folder=folder)
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "venv"


@pytest.fixture(scope="module")
def told(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict:
    folder = tmp_path_factory.mktemp("elsewhere")
    proof = folder / "prove.py"
    proof.write_text((Path(__file__).parent / "prove.py").read_text(encoding="utf-8"), encoding="utf-8")
    said = run(installed / "bin" / "python", "-W", "ignore", proof, folder=folder)
    return json.loads(said.splitlines()[-1])  # after the application's log


def test_it_is_the_installed_package_that_runs(told, installed):
    assert set(told["from"]) == set(OURS)
    for file in told["from"].values():
        assert Path(file).is_relative_to(installed), file
    # the checkout is nowhere on the way, but for the dependencies lent from below it
    lent = Path(sysconfig.get_path("purelib"))
    assert [place for place in map(Path, told["path"]) if place.is_relative_to(ROOT) and place != lent] == []


def test_every_template_came_along(told, installed):
    there = {file.relative_to(ROOT / "templates").as_posix() for file in (ROOT / "templates").rglob("*.html")}

    assert Path(told["templates"]).is_relative_to(installed)
    assert set(told["parsed"]) == there
    assert len(there) > 20


def test_every_file_that_is_no_python_came_along(told, installed):
    (packages,) = (installed / "lib").glob("python*/site-packages")
    there = {
        file.relative_to(ROOT)
        for ours in OURS
        for file in (ROOT / ours).rglob("*")
        if file.is_file() and file.suffix != ".pyc" and "__pycache__" not in file.parts
    }

    assert {file for file in there if not (packages / file).is_file()} == set()
    assert {"app.css", "app.js"} <= set(told["assets"])
    assert told["migrations"] == sorted(file.name for file in (ROOT / "sspf/migrations/versions").glob("*.py"))
    assert told["municipalities"] == 290
    assert told["numbers"] > 20_000


def test_nothing_came_along_that_is_not_the_product(installed):
    (packages,) = (installed / "lib").glob("python*/site-packages")

    top = {place.name for place in packages.iterdir() if place.name != "lent.pth"}
    assert {name for name in top if not re.fullmatch(r"sspf-.*\.dist-info|_virtualenv.*", name)} == set(OURS)


def test_it_serves_a_page_from_a_database_that_it_made(told):
    assert told["page"] == 200
    assert told["names_its_sheet"]
    assert told["sheet"] == 200


def test_the_command_is_there(installed, tmp_path):
    said = run(installed / "bin" / "sspf", "--help", folder=tmp_path)

    assert "migrate" in said
    assert "serve" in said


def imported() -> Iterator[tuple[str, str]]:
    """Each module that the product imports from elsewhere, and where."""
    for ours in OURS:
        for file in (ROOT / ours).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                    names = [node.module]
                for name in names:
                    top = name.partition(".")[0]
                    if top not in {*OURS, *sys.stdlib_module_names}:
                        yield top, file.relative_to(ROOT).as_posix()


# what it is measured beside is installed by whoever measures: `sspf bench --peers` says so
PEERS = "sspf/bench/peers/"


def test_what_it_imports_is_among_what_it_says_that_it_needs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {normal(re.split(r"[\[<>=~! ]", one)[0]) for one in project["dependencies"]}
    # they come with what is needed, and are its public face
    brought = {"starlette": "fastapi", "pydantic_core": "pydantic", "markupsafe": "jinja2", "anyio": "fastapi"}
    distributions = packages_distributions()

    missing = {
        (top, file)
        for top, file in imported()
        if not file.startswith(PEERS)
        and brought.get(top) not in needed
        and not needed & set(map(normal, distributions.get(top, [top])))
    }

    assert missing == set()


def normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
