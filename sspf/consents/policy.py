"""Who may record what a family has said, and who may receive that they have changed their minds."""

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from sspf.cases.models import Case, State
from sspf.organisations.terms import TERMS
from sspf.texts import _


def can_see_answers(actor: Actor) -> Decision:
    """Who has said yes and no to what: a contact sees only the rows that hold and that its organisation stands in."""
    if not holds(actor, Permission.CONSENT_RECORD):
        return deny(
            _(
                "Bara %(coordinator)s ser vem som har svarat vad. Det som gäller för er står på ärendets sida.",
                coordinator=TERMS["coordinator_the"],
            )
        )
    return ALLOW


def can_record(actor: Actor, case: Case) -> Decision:
    if not holds(actor, Permission.CONSENT_RECORD):
        return deny(_("Bara %(coordinator)s registrerar samtycken.", coordinator=TERMS["coordinator_the"]))
    if case.state in {State.CLOSED, State.WITHDRAWN, State.DECLINED}:
        return deny(_("Det går inte att registrera nya samtycken. Ärendet är avslutat eller på väg att avslutas."))
    return ALLOW


def can_withdraw(actor: Actor, case: Case) -> Decision:
    """The coordinator, per person and row; whatever state the case is in."""
    if not holds(actor, Permission.CONSENT_RECORD):
        return deny(
            _("Bara %(coordinator)s registrerar vem som har återkallat vad.", coordinator=TERMS["coordinator_the"])
        )
    return ALLOW


def can_receive_withdrawal(actor: Actor, case: Case) -> Decision:
    """Anyone the family may have told: what they say must bite before the coordinator is back at work."""
    if not holds(actor, Permission.CONSENT_WITHDRAW):
        return deny(_("Din roll kan inte ta emot en återkallelse."))
    return ALLOW


def can_print_recall(actor: Actor, case: Case) -> Decision:
    """Letters leave the building; where an identity is protected they are not made at all."""
    if not (may := can_see_answers(actor)):
        return may
    if case.is_protected:
        return deny(_("Någon i ärendet har skyddade personuppgifter. Skriv inte ut något, utan ring mottagarna."))
    return ALLOW
