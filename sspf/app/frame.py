"""What stands around every page, gathered from the layers that know it."""

from functools import partial

from sqlalchemy.orm import Session

from auth.actor import Actor
from auth.permissions import Permission, holds
from sspf.cases import queries as cases
from sspf.organisations import queries as organisations
from sspf.organisations.roles import ROLES
from sspf.organisations.terms import TERMS
from sspf.texts import _, upper_first, voice
from sspf.web.frame import Frame, MakeFrame, MenuItem


def frame_maker(*, is_demo: bool) -> MakeFrame:
    """The function that the edge asks for each page's frame."""
    return partial(_frame, is_demo=is_demo)


def _frame(session: Session, actor: Actor | None, *, is_demo: bool) -> Frame:
    if actor is None:
        municipality = organisations.the_municipality(session)
        if municipality is not None:
            voice().own = organisations.directory(session, municipality.id).own_words
        return Frame(municipality=municipality.name if municipality else "", terms=TERMS, is_demo=is_demo)
    known = organisations.directory(session, actor.municipality_id)
    # known from here on also where the page is said after its transaction
    voice().own = known.own_words
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
        is_protected=cases.shows_protected(session),
    )


def _menu(actor: Actor) -> tuple[MenuItem, ...]:
    """Only what the role can open."""
    if holds(actor, Permission.INSTALLATION_ADMINISTER):
        return (MenuItem(_("Administration"), "/administration"),)
    items = [MenuItem(_("Start"), "/")]
    if holds(actor, Permission.CONCERN_REGISTER):
        items.append(MenuItem(upper_first(TERMS["concerns"]), "/kontakter"))
    if holds(actor, Permission.CASE_READ):
        items += [
            MenuItem(_("Ärenden"), "/arenden"),
            MenuItem(upper_first(TERMS["meetings"]), "/moten"),
            MenuItem(upper_first(TERMS["actions"]), "/atgarder"),
        ]
    if holds(actor, Permission.LOG_READ):
        items.append(MenuItem(_("Logg"), "/logg"))
    return tuple(items)
