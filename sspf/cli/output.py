"""What every command needs: who acts, the installation opened, and how things are said.

Rich on a terminal, plain elsewhere, JSON where it was asked for; errors in one sentence.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rich.console import Console
from sqlalchemy.exc import OperationalError

from audit.events import Who
from auth.decisions import NotPermitted
from sspf.app.installation import Installation, NotReady, open_installation
from sspf.settings import PREFIX, Settings
from sspf.vault.errors import KeyringRefused

COMMAND_LINE = Who(system="command_line")

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")]
DataDir = Annotated[Path | None, typer.Option(help="The installation's folder, where the embedded database is used.")]


def print_json(result: Mapping[str, Any]) -> None:
    typer.echo(json.dumps(result, ensure_ascii=False))


def fail(sentence: object) -> typer.Exit:
    """Say what is wrong and what to do; exit code 1."""
    errors.print(f"[bold red]sspf:[/] {sentence}", soft_wrap=True)  # one line, also where it is piped
    return typer.Exit(1)


def read_settings(data_dir: Path | None = None, **values: Any) -> Settings:
    """The settings of the environment; what was said on the command line goes before it."""
    if data_dir is not None:
        values["data_dir"] = data_dir
    try:
        return Settings(**values)
    except ValidationError as error:
        raise fail("; ".join(map(_reason, error.errors()))) from None


@contextmanager
def reachable() -> Iterator[None]:
    """Say in one sentence that there is no database; the driver's own may quote the address it was given."""
    try:
        yield
    except OperationalError:
        raise fail("The database does not answer. Is it running, and is its address right?") from None


def _reason(problem: ErrorDetails) -> str:
    """The setting's name and what is wrong, never the value: it may be a password."""
    reason = problem["msg"].removeprefix("Value error, ")
    return f"{PREFIX}{str(problem['loc'][0]).upper()}: {reason}" if problem["loc"] else reason


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Installation]:
    """The installation that the settings name, closed when the command is done."""
    try:
        with reachable():
            installation = open_installation(settings or read_settings())
    except (NotReady, KeyringRefused) as error:
        raise fail(error) from None
    try:
        yield installation
    except NotPermitted as refused:
        raise fail(f"refused: {refused.reason}") from None
    finally:
        installation.close()
