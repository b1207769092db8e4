"""Makes an installation: its database, its keys, its organisations."""

from typing import Annotated

import typer
from sqlalchemy.orm import Session

from sspf.app.installation import NotReady, prepare, start_embedded
from sspf.cli.output import COMMAND_LINE, console, fail, opened, reachable, read_settings
from sspf.concerns.kinds import add_first_kinds
from sspf.organisations import queries, service
from sspf.organisations.models import LegalForm, Municipality, OrganisationKind
from sspf.organisations.municipalities import municipalities
from sspf.vault.errors import KeyringRefused

organisation = typer.Typer(help="The organisations that may receive information.", no_args_is_help=True)


def migrate(
    create_roles: Annotated[
        bool, typer.Option("--create-roles", help="Make the log-in roles first; connect as a superuser.")
    ] = False,
    create_keyring: Annotated[
        bool, typer.Option("--create-keyring", help="Make the keyring if there is none. Keep a copy somewhere else.")
    ] = False,
) -> None:
    """Bring the database to its newest form, as the role that owns the tables."""
    settings = read_settings()
    embedded = start_embedded(settings)
    try:
        with reachable():
            prepare(settings, embedded, create_roles=create_roles, create_keyring=create_keyring)
    except (NotReady, KeyringRefused) as error:
        raise fail(error) from None
    finally:
        if embedded is not None:
            embedded.stop()
    console.print("The database is in its newest form.")
    if embedded is not None:
        console.print("It is the embedded one: whoever reaches its socket can be its owner.")


@organisation.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The unit's name.")],
    authority: Annotated[str, typer.Option(help="The nämnd, state authority or private body it belongs to.")],
    kind: Annotated[OrganisationKind, typer.Option(help="What kind of organisation it is.")],
    municipality: Annotated[
        str | None, typer.Option(help="The municipality's four-digit code; needed the first time.")
    ] = None,
    legal_form: Annotated[LegalForm, typer.Option(help="Public bodies stand under OSL.")] = LegalForm.PUBLIC,
    secrecy_rule: Annotated[
        str | None, typer.Option(help='The provision its information is under, such as "OSL 26 kap. 1 §".')
    ] = None,
    independent_branch: Annotated[
        bool, typer.Option(help="Självständig verksamhetsgren within its authority (OSL 8:2).")
    ] = False,
) -> None:
    """Add an organisation under an authority, and make its key."""
    with opened() as installation, installation.sessions.begin() as session:
        tenant = queries.the_municipality(session) or _first_municipality(session, municipality)
        body = queries.find_authority(session, tenant.id, authority)
        if body is None:
            body = service.add_authority(
                session, COMMAND_LINE, municipality_id=tenant.id, name=authority, legal_form=legal_form
            )
            session.flush()
        added = service.add_organisation(
            session,
            COMMAND_LINE,
            authority=body,
            name=name,
            kind=kind,
            secrecy_rule=secrecy_rule,
            is_independent_branch=independent_branch,
        )
        console.print(f"Added {added.name}, {authority}, {tenant.name}.")
        if kind is OrganisationKind.COORDINATION and secrecy_rule is None:
            console.print("No secrecy rule is recorded for it: cases are refused until the municipality's lawyer has.")


def _first_municipality(session: Session, code: str | None) -> Municipality:
    names = municipalities()
    if code not in names:
        raise fail("Name the municipality by its four-digit code: --municipality 0581")
    added = service.add_municipality(session, COMMAND_LINE, code=code, name=names[code])
    session.flush()
    add_first_kinds(session, COMMAND_LINE, municipality_id=added.id)
    return added
