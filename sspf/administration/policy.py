"""Who may come to the administrator's pages, and what may be done there. Opens no case. Pure."""

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.models import User
from sspf.organisations.policy import can_administer
from sspf.texts import _

__all__ = ["can_administer", "can_change", "can_choose_municipality", "can_disable", "can_rename"]


def can_choose_municipality(actor: Actor, *, has_cases: bool) -> Decision:
    """May another municipality be chosen? What is in a case was said in the name of this one."""
    if not can_administer(actor):
        return can_administer(actor)
    if has_cases:
        return deny(_("Det finns ärenden i kommunens namn. Därför går det inte att byta kommun längre."))
    return ALLOW


def can_change(actor: Actor, user: User) -> Decision:
    """May the account be given roles, a new code and the like?"""
    if not can_administer(actor):
        return can_administer(actor)
    return deny(_("Kontot är stängt. Lägg upp ett nytt om personen kommer tillbaka.")) if user.disabled_at else ALLOW


def can_rename(actor: Actor, user: User) -> Decision:
    """May the account be given another name, or another address to sign in with?"""
    if not can_change(actor, user):
        return can_change(actor, user)
    if user.id == actor.user_id:
        return deny(_("Du kan inte ändra namn eller adress på ditt eget konto. Be en annan administratör."))
    return ALLOW


def can_disable(actor: Actor, user: User) -> Decision:
    """May the account be closed?"""
    if not can_change(actor, user):
        return can_change(actor, user)
    if user.id == actor.user_id:
        return deny(_("Du kan inte stänga ditt eget konto. Be en annan administratör."))
    return ALLOW
