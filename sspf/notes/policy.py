"""Who may write and correct notes, and pass on what somebody else has told. Pure."""

from uuid import UUID

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from sspf.cases.models import Case
from sspf.cases.policy import is_open
from sspf.organisations.terms import TERMS
from sspf.texts import _


def can_write(actor: Actor, case: Case) -> Decision:
    """May the actor write in a case it has come into?"""
    if not holds(actor, Permission.NOTE_WRITE):
        return deny(_("Din roll skriver inga anteckningar."))
    return is_open(case)


def can_correct(actor: Actor, case: Case, owner_id: UUID) -> Decision:
    """May the actor correct a note of ``owner_id`` that it can read?"""
    if not holds(actor, Permission.NOTE_CORRECT):
        return deny(_("Din roll rättar inga anteckningar."))
    if owner_id != actor.organisation_id:
        return deny(_("Bara den organisation som har skrivit anteckningen kan rätta den. Säg till dem vad som är fel."))
    return is_open(case)


def can_pass_on(actor: Actor, case: Case, source_id: UUID) -> Decision:
    """May the actor share with others what ``source_id`` has told?

    Which yeses stand between two other organisations is not for a contact to know,
    so a contact shares what its own organisation knows; coordination, which keeps
    the consents, can write down what each of them tells.
    """
    if not holds(actor, Permission.DISCLOSURE_MAKE):
        return deny(_("Din roll delar ingenting."))
    if actor.organisation_id in {source_id, case.coordination_id}:
        return ALLOW
    return deny(
        _(
            "Det är någon annan som har berättat det. Den som har berättat, eller %(coordinator)s, kan dela det.",
            coordinator=TERMS["coordinator_the"],
        )
    )
