"""What stands around every page, gathered from the layers that know it."""

from functools import partial

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.organisations import queries as organisations
from sspf.organisations.roles import ROLES
from sspf.texts import _
from sspf.web.frame import Frame, MakeFrame, MenuItem

# The municipality's own words; it chooses among them when administration is built out.
TERMS = {
    "coordinator": "koordinator",
    "action": "åtagande",
    "actions": "åtaganden",
    "plan": "åtagandeplan",
}


def frame_maker(*, is_demo: bool) -> MakeFrame:
    """The function that the edge asks for each page's frame."""
    return partial(_frame, is_demo=is_demo)


def _frame(session: Session, actor: Actor | None, *, is_demo: bool) -> Frame:
    if actor is None:
        municipality = organisations.the_municipality(session)
        return Frame(municipality=municipality.name if municipality else "", terms=TERMS, is_demo=is_demo)
    known = organisations.directory(session, actor.municipality_id)
    return Frame(
        municipality=known.municipality,
        name=actor.name,
        role=ROLES[actor.role],
        organisation=known.names[actor.organisation_id],
        menu=_menu(actor),
        account_path="/konto",
        sign_out_path="/logga-ut",
        terms=TERMS,
        is_demo=is_demo,
    )


def _menu(actor: Actor) -> tuple[MenuItem, ...]:
    """Only what the role can open."""
    items = [MenuItem(_("Start"), "/")]
    if holds(actor, Permission.CASE_READ):
        items += [
            MenuItem(_("Ärenden"), "/arenden"),
            MenuItem(_("Möten"), "/moten"),
            MenuItem(_("Åtaganden"), "/atgarder"),
        ]
    if holds(actor, Permission.LOG_READ):
        items.append(MenuItem(_("Logg"), "/logg"))
    if holds(actor, Permission.INSTALLATION_ADMINISTER):
        items.append(MenuItem(_("Administration"), "/administration"))
    return tuple(items)
