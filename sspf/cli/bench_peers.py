"""Says how the vault and the trail do beside what others have made for the same."""

import os
from typing import TYPE_CHECKING

from rich.table import Table

from sspf.cli.output import console, errors, fail, print_json
from sspf.web.log import configure_logging

if TYPE_CHECKING:
    from sspf.bench.peers import PeerFigures


def beside_peers(*, as_json: bool) -> None:
    """Measure against the peers, if they are installed."""
    try:
        from sspf.bench import peers  # noqa: PLC0415  # the peers are there for development only
    except ModuleNotFoundError:
        raise fail("The peers are not installed. They come with the dev extra: pip install 'sspf[dev]'") from None
    errors.print("Measuring; the machine should have nothing else to do …")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        configure_logging(nowhere)
        found = peers.run(peers.PeerScale())
    if as_json:
        print_json(found.as_json())
    else:
        _tell(found)


def _tell(found: "PeerFigures") -> None:
    said = found.as_json()
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("Figure", "Here", "Target", "Rounds"):
        table.add_column(heading, no_wrap=True)
    for name, figure in said["figures"].items():
        low, high = said["noise"][name]
        target = f"≥ {said['targets'][name]}" if name in said["targets"] else ""
        table.add_row(name, f"{figure:.2f}", target, f"{low:.2f}–{high:.2f}")
    for name, figure in said["beside"].items():
        table.add_row(name, f"{figure:,.2f}".rstrip("0").rstrip("."), "", "")
    console.print(table)
    console.print(
        f"\nTimes as quick as the peer, by medians. The disk keeps a block in {said['flush_ms']:.2f} ms:"
        " SQLite waits for it several times a commit, PostgreSQL once: the quicker the disk, the less our lead."
    )
    console.print("[green]The targets hold.[/]" if said["ok"] else "[bold red]Not every target holds.[/]")
