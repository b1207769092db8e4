"""Says whether the installation is fit to serve."""

import typer

from sspf.administration.checks import Check
from sspf.administration.health import health_of, is_fit
from sspf.app.installation import NotReady, application_url, start_embedded
from sspf.cli.output import AsJson, DataDir, console, fail, print_json, read_settings
from sspf.db.sessions import make_engine
from sspf.settings import Settings


def check(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Check database, roles, migrations, keys, clock and fonts; exit code 1 if something must be mended."""
    checks = _look(read_settings(data_dir))
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


def _look(settings: Settings) -> list[Check]:
    """Every check, also where the application would not start."""
    embedded = start_embedded(settings)
    try:
        engine = make_engine(application_url(settings, embedded), pool_size=1)
        try:
            return health_of(settings, engine)
        finally:
            engine.dispose()
    except NotReady as error:
        raise fail(error) from None
    finally:
        if embedded is not None:
            embedded.stop()
