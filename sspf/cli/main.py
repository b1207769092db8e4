"""The commands, gathered. Each module holds what belongs together."""

import typer

from sspf.cli import accounts, bench, checking, demo, serving, setting_up, trail

app = typer.Typer(
    name="sspf",
    help="SSPF: a case system for school, social services, police and leisure around a young person.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals hold what people typed
    add_completion=False,
)

app.command("serve")(serving.serve)
app.command("demo")(demo.demo)
app.command("migrate")(setting_up.migrate)
app.add_typer(setting_up.organisation, name="organisation")
app.add_typer(accounts.user, name="user")
app.command("sweep")(trail.sweep)
app.add_typer(trail.audit, name="audit")
app.command("check")(checking.check)
app.command("bench")(bench.bench)
