"""The demo municipality, ready to try."""

import socket
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from sspf.app.installation import open_installation, prepare, start_embedded
from sspf.app.web import create_app
from sspf.cli.output import console, fail, read_settings
from sspf.demo.cast import CAST
from sspf.demo.numbers import test_numbers
from sspf.demo.routes import router
from sspf.demo.seeding import NotTheDemo, seed_if_empty
from sspf.settings import Mode, default_data_dir
from sspf.web.log import configure_logging


def demo(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8000,
    data_dir: Annotated[Path | None, typer.Option(help="Where the demo keeps its database and keys.")] = None,
) -> None:
    """Serve an invented municipality with a cast to sign in as. Nobody in it is real."""
    settings = read_settings(
        data_dir or default_data_dir() / "demo",
        mode=Mode.DEMO,
        base_url=f"http://127.0.0.1:{port}",
        port=port,
        database_url=None,
    )
    if _is_taken(port):
        raise fail(f"Port {port} is taken. Choose another: sspf demo --port {port + 1}")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    log = settings.data_dir / "sspf.log"
    configure_logging(log.open("a", encoding="utf-8"))
    console.print("Starting the database …")
    embedded = start_embedded(settings)
    prepare(settings, embedded, create_roles=True, create_keyring=True)
    installation = open_installation(settings, embedded=embedded, only_numbers=test_numbers())
    try:
        try:
            seeded = seed_if_empty(installation)
        except NotTheDemo as error:
            raise fail(error) from None
        console.print("Seeded the demo municipality." if seeded else "The demo municipality is as you left it.")
        _introduce(settings.base_url)
        uvicorn.run(
            create_app(installation, more=[router]),
            host="127.0.0.1",
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
    finally:
        installation.close()


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _introduce(address: str) -> None:
    console.print(f"\n[bold]{address}/demo[/]  – sign in as:")
    for key, member in CAST.items():
        console.print(f"  {key:<14} {member.name}, {member.title}")
    console.print("\nNobody here is real. Stop with Ctrl+C.")
