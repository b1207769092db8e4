"""Says whether the installation is fit to serve."""

import typer

from sspf.administration.health import health_of, is_fit
from sspf.cli.output import AsJson, DataDir, console, opened, print_json, read_settings


def check(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Check database, roles, migrations, keys, clock and fonts; exit code 1 if something must be mended."""
    with opened(read_settings(data_dir)) as installation:
        checks = health_of(installation.settings, installation.engine)
    ok = is_fit(checks)
    if as_json:
        found = [{"name": one.name, "ok": one.ok, "sentence": str(one.sentence)} for one in checks]
        print_json({"ok": ok, "checks": found})
    else:
        for one in checks:
            mark = (
                "[green]ok[/]     " if one.ok else ("[bold red]broken[/] " if one.is_required else "[yellow]note[/]   ")
            )
            console.print(f"{mark} {one.name}: {one.sentence}")
    if not ok:
        raise typer.Exit(1)
