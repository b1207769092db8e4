"""The first accounts: added with a one-time code, confirmed by somebody who knows the person."""

from typing import Annotated

import typer

from auth import accounts, queries
from auth.permissions import Role
from sspf.cli.output import COMMAND_LINE, console, fail, opened
from sspf.organisations import queries as organisations
from sspf.signin.codes import code_of

user = typer.Typer(help="Accounts. None has a password until its owner has chosen one.", no_args_is_help=True)


@user.command("add")
def add(
    email: Annotated[str, typer.Argument(help="The address they sign in with.")],
    name: Annotated[str, typer.Option(help="The name colleagues know them by.")],
    organisation: Annotated[str, typer.Option(help="Where they work, as `sspf organisation add` named it.")],
    role: Annotated[Role, typer.Option(help="What they are there.")],
) -> None:
    """Add an account and print its one-time code, good for a day. Confirm it when they have used it."""
    with opened() as installation, installation.sessions.begin() as session:
        tenant = organisations.the_municipality(session)
        found = (
            [one for one in organisations.list_organisations(session, tenant.id) if one.name == organisation]
            if tenant
            else []
        )
        if tenant is None or not found:
            raise fail(f"There is no organisation called {organisation}. Add it with: sspf organisation add")
        try:
            added = accounts.add_user(session, COMMAND_LINE, municipality_id=tenant.id, email=email, name=name)
        except ValueError as error:
            raise fail(error) from None
        accounts.give_assignment(session, COMMAND_LINE, added.id, organisation_id=found[0].id, role=role)
        code = code_of(accounts.one_time_link(session, COMMAND_LINE, added.id))
    console.print(f"Open {installation.settings.base_url}/valkommen and type this code, once and within 24 hours:")
    typer.echo(code)


@user.command("confirm")
def confirm(email: Annotated[str, typer.Argument(help="Whose account it is.")]) -> None:
    """Say "yes, that is them": from now on the account opens what its role may."""
    with opened() as installation, installation.sessions.begin() as session:
        found = queries.find_user(session, email.strip().lower())
        if found is None:
            raise fail("There is no such account.")
        accounts.confirm_user(session, COMMAND_LINE, found.id)
    console.print("Confirmed.")
