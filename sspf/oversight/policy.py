"""Who may read and verify the log. Pure."""

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from sspf.texts import _


def can_read_log(actor: Actor) -> Decision:
    if not holds(actor, Permission.LOG_READ):
        return deny(_("Loggen är till för granskaren. Vem som har läst ett ärende står på ärendets sida."))
    return ALLOW


def can_verify_log(actor: Actor) -> Decision:
    if not holds(actor, Permission.LOG_VERIFY):
        return deny(_("Bara granskaren kan kontrollera loggen."))
    return ALLOW
