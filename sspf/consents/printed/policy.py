"""Who may make the municipality's form, and when a version may be taken out of use. Pure."""

from collections.abc import Iterable
from datetime import date

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from sspf.consents.printed.models import ConsentForm
from sspf.texts import _


def can_make_forms(actor: Actor) -> Decision:
    if not holds(actor, Permission.CONSENT_FORM):
        return deny(_("Bara administratören skriver in kommunens blankett."))
    return ALLOW


def can_end(actor: Actor, form: ConsentForm, forms: Iterable[ConsentForm], today: date) -> Decision:
    """``forms`` are all there are: without one in use nobody's answers could be typed in."""
    if not (may := can_make_forms(actor)):
        return may
    if form.ended_at is not None:
        return deny(_("Versionen används inte längre."))
    if form.is_in_force(today) and not any(one.is_in_force(today) for one in forms if one.id != form.id):
        return deny(_("Det är den enda version som används. Gör en ny först."))
    return ALLOW
