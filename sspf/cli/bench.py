"""Says what sealing and the trail cost on this machine."""

import os

from rich.table import Table

from sspf import bench as benching
from sspf.app.installation import NotReady
from sspf.bench.asking import Unanswered
from sspf.bench.serving import DidNotStart
from sspf.cli.output import AsJson, console, errors, fail, print_json
from sspf.web.log import configure_logging


def bench(as_json: AsJson = False) -> None:
    """Measure, as ratios within one run, on an embedded database that is thrown away; about a minute."""
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
    table = Table("Figure", "Here", "Target", "Rounds", "Measured", "Against", box=None, padding=(0, 2, 0, 0))
    for name, one, what in (
        ("case_page_ratio", found.case_page, ("sealed", "plain")),
        ("case_list_growth", found.case_list, (f"{found.scale.many_cases} cases", f"{found.scale.few_cases} cases")),
    ):
        table.add_row(
            name,
            f"{one.ratio:.2f}",
            f"≤ {found.targets[name]}",
            f"{one.low:.2f}–{one.high:.2f}",
            f"{one.measured_ms:.1f} ms {what[0]}",
            f"{one.against_ms:.1f} ms {what[1]}",
        )
    table.add_row(
        "burst", f"{found.burst.answered}", f"{found.scale.at_once} answered", "", f"{found.burst.seconds:.2f} s in all"
    )
    table.add_row("queries_case_page", f"{found.queries_case_page}", f"≤ {found.targets['queries_case_page']:.0f}")
    console.print(table)
    console.print(
        f"\nThe disk keeps a block in {found.flush_ms:.2f} ms; ratios are judged where it is under 1 ms. "
        f"{found.scale.rounds} rounds, medians; the rounds' least and greatest show the machine's noise."
    )
    console.print("[green]The targets hold.[/]" if found.ok else "[bold red]Not every target holds.[/]")
