"""Who may say what the municipality is made of and what it calls things. Pure."""

from collections.abc import Sequence

from audit.events import Who
from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from auth.policy import By
from sspf.organisations.models import Organisation, OrganisationKind
from sspf.texts import _


def can_administer(by: By) -> Decision:
    """May they set what the municipality calls things, and who is in it? The command line and the demo may too."""
    is_command = isinstance(by, Who) and by.system is not None
    allowed = is_command or (isinstance(by, Actor) and holds(by, Permission.INSTALLATION_ADMINISTER))
    return ALLOW if allowed else deny(_("Bara administratören ställer in systemet."))


def can_be_of_kind(organisation: Organisation, kind: OrganisationKind) -> Decision:
    """May it be of this kind from now on? Where coordination sits is decided when it is added."""
    coordination = OrganisationKind.COORDINATION
    if organisation.kind is not kind and coordination in {organisation.kind, kind}:
        return deny(_("En organisation kan inte bli samordning i efterhand, eller sluta vara det. Lägg till en ny."))
    return ALLOW


def can_end(actor: Actor, organisation: Organisation, in_use: Sequence[Organisation]) -> Decision:
    """May it be taken out of use? Not the last place where coordination sits: nobody could close its cases."""
    if not can_administer(actor):
        return can_administer(actor)
    others = [one for one in in_use if one.kind is OrganisationKind.COORDINATION and one.id != organisation.id]
    if organisation.kind is OrganisationKind.COORDINATION and not others:
        return deny(_("Samordningen behövs så länge kommunen arbetar med ärenden. Lägg till den nya först."))
    return ALLOW
