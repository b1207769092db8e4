"""Who may set up the installation. Pure."""

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from sspf.texts import _


def can_administer(actor: Actor) -> Decision:
    """May the actor set what the municipality calls things, and who is in it? Opens no case."""
    if not holds(actor, Permission.INSTALLATION_ADMINISTER):
        return deny(_("Bara administratören ställer in systemet."))
    return ALLOW
