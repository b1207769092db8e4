"""Says what sealing and the trail cost on this machine."""

import os
from typing import Annotated

import typer
from rich.table import Table

from sspf import bench as benching
from sspf.app.installation import NotReady
from sspf.bench.asking import Unanswered
from sspf.bench.comparing import Comparison
from sspf.bench.serving import DidNotStart
from sspf.cli.bench_peers import beside_peers
from sspf.cli.output import AsJson, console, errors, fail, print_json, read_settings
from sspf.web.log import configure_logging

Peers = Annotated[
    bool, typer.Option("--peers", help="Measure the vault and the trail against others' work; needs the dev extra.")
]


def bench(peers: Peers = False, as_json: AsJson = False) -> None:
    """Measure, as ratios within one run, on an embedded database that is thrown away; about a minute."""
    read_settings()  # none of them is used, but a misspelt one is said first
    if peers:
        beside_peers(as_json=as_json)
        return
    errors.print("Measuring; the machine should have nothing else to do …")
    # the lines are written as in service, and read by nobody
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        configure_logging(nowhere)
        try:
            found = benching.run(benching.Scale())
        except (NotReady, Unanswered, DidNotStart, benching.Mismeasured) as error:
            raise fail(error) from None
    if as_json:
        print_json(found.as_json())
    else:
        _tell(found)


def _tell(found: benching.Figures) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("Figure", "Here", "Target"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Measured")
    scale, targets = found.scale, found.targets
    table.add_row(
        "case_page_ratio",
        f"{found.case_page.ratio:.2f}",
        f"≤ {targets['case_page_ratio']}",
        _medians(found.case_page, "sealed", "plain"),
    )
    table.add_row(
        "case_list_growth",
        f"{found.case_list.ratio:.2f}",
        f"≤ {targets['case_list_growth']}",
        _medians(found.case_list, f"{scale.many_cases} cases", f"{scale.few_cases}"),
    )
    table.add_row(
        "burst", f"{found.burst.answered}", f"{scale.at_once} answered", f"the last after {found.burst.seconds:.1f} s"
    )
    table.add_row(
        "queries_case_page",
        f"{found.queries_case_page}",
        f"≤ {targets['queries_case_page']}",
        f"{found.fields} sealed fields shown",
    )
    console.print(table)
    console.print(
        f"\nThe disk keeps a block in {found.flush_ms:.2f} ms; ratios are judged where it is under 1 ms.\n"
        f"Medians of {scale.rounds} rounds; their least and greatest show what else the machine did."
    )
    console.print("[green]The targets hold.[/]" if found.ok else "[bold red]Not every target holds.[/]")


def _medians(one: Comparison, measured: str, against: str) -> str:
    return (
        f"{one.measured_ms:.1f} ms {measured}, {one.against_ms:.1f} ms {against}; rounds {one.low:.2f}–{one.high:.2f}"
    )
