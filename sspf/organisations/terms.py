"""What the municipality calls its own things, each in the forms that Swedish sentences need.

``TERMS["action"]`` is "åtagande", ``TERMS["action_the"]`` "åtagandet" and ``TERMS["actions"]`` "åtaganden".
Said lazily: the municipality's own word if it has one (``texts.Voice.own``). A sentence around one
says nothing that depends on its gender: "Lägg till %(action)s", never "Nytt %(action)s".
"""

from collections.abc import Mapping
from enum import StrEnum

from sspf.texts import Named, Text, _, named

__all__ = ["OURS", "TERMS", "Form", "Term", "key_of"]


class Term(StrEnum):
    COORDINATOR = "coordinator"
    CONTACT = "contact"
    CONCERN = "concern"
    MEETING = "meeting"
    ACTION = "action"
    PLAN = "plan"


class Form(StrEnum):
    """Obestämd singular, bestämd singular, plural."""

    ONE = ""
    THE = "_the"
    MANY = "s"


OURS: Mapping[str, Text] = {
    "coordinator": _("koordinator"),
    "coordinator_the": _("koordinatorn"),
    "coordinators": _("koordinatorer"),
    "contact": _("kontaktperson"),
    "contact_the": _("kontaktpersonen"),
    "contacts": _("kontaktpersoner"),
    "concern": _("kontakt"),
    "concern_the": _("kontakten"),
    "concerns": _("kontakter"),
    "meeting": _("möte"),
    "meeting_the": _("mötet"),
    "meetings": _("möten"),
    "action": _("åtagande"),
    "action_the": _("åtagandet"),
    "actions": _("åtaganden"),
    "plan": _("åtagandeplan"),
    "plan_the": _("åtagandeplanen"),
    "plans": _("åtagandeplaner"),
}


def key_of(term: Term, form: Form) -> str:
    """The name of one form: "action_the"."""
    return f"{term}{form}"


# on the buttons that begin one; "Ny" and "Nytt" fit our own words alone
_NEW = {
    "concern_new": named("term.concern", _("Ny kontakt"), _("Skriv in %(word)s")),
    "meeting_new": named("term.meeting", _("Nytt möte"), _("Planera %(word)s")),
}

TERMS: Mapping[str, Named] = {key: named(f"term.{key}", text) for key, text in OURS.items()} | _NEW
