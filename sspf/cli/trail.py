"""Proves that the trail is whole, and destroys what nobody may open again."""

from typing import Annotated

import typer

from audit.events import SYSTEM_LOG
from audit.verification import Noted, Report
from audit.verification import verify as verify_log
from sspf.app.sweeping import sweep_once
from sspf.cli.output import AsJson, DataDir, console, fail, opened, print_json, read_settings
from sspf.organisations import queries as organisations

audit = typer.Typer(help="The trail: who read and did what.", no_args_is_help=True)

Since = Annotated[
    str | None, typer.Option(metavar="SIZE:ROOT", help="Check against the municipality's size and root noted earlier.")
]


@audit.command("verify")
def verify(since: Since = None, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Recompute both logs and every commitment; exit code 1 if anything is not what it should be."""
    try:
        noted = None if since is None else Noted.parse(since)
    except ValueError as error:
        raise fail(error) from None
    with opened(read_settings(data_dir)) as installation, installation.sessions.begin() as session:
        tenant = organisations.the_municipality(session)
        reports = {"system": verify_log(session, SYSTEM_LOG, installation.log_sealer)}
        if tenant is not None:
            reports = {
                "municipality": verify_log(session, tenant.id, installation.log_sealer, since=noted),
                **reports,
            }
    ok = all(report.ok for report in reports.values())
    if as_json:
        first = next(iter(reports.values()))
        logs = {name: report.as_json() for name, report in reports.items()}
        print_json({"ok": ok, "size": first.size, "root": first.root.hex(), "logs": logs})
    else:
        for name, report in reports.items():
            _tell(name, report)
    if not ok:
        raise typer.Exit(1)


def _tell(name: str, report: Report) -> None:
    if report.problem is None:
        console.print(f"[green]whole[/]  {name}: {report.size} entries, root {report.root.hex()}")
    else:
        console.print(f"[bold red]broken[/] {name}: {report.problem}")


def sweep(as_json: AsJson = False) -> None:
    """Destroy what nobody may open any longer: keys of ended disclosures, identities after thirty days, old drafts.

    `sspf serve` does this every ten minutes.
    """
    with opened() as installation:
        destroyed = sweep_once(installation.sessions)
    if as_json:
        print_json({"destroyed": destroyed})
    else:
        console.print(f"{destroyed} keys destroyed.")
