"""Who may say what the municipality is made of and what it calls things. Pure."""

from audit.events import Who
from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from auth.policy import By
from sspf.texts import _


def can_administer(by: By) -> Decision:
    """May they set what the municipality calls things, and who is in it? The command line and the demo may too."""
    is_command = isinstance(by, Who) and by.system is not None
    allowed = is_command or (isinstance(by, Actor) and holds(by, Permission.INSTALLATION_ADMINISTER))
    return ALLOW if allowed else deny(_("Bara administratören ställer in systemet."))
