"""What kinds of information are called on pages and forms; the municipality's own words come with administration."""

from sspf.law.kinds import Kind
from sspf.texts import Text, _

LABELS: dict[Kind, Text] = {
    Kind.IDENTITY: _("Tilltalsnamn och ålder"),
    Kind.IDENTITY_FULL: _("Fullständigt namn och personnummer"),
    Kind.CONTACT: _("Kontaktuppgifter"),
    Kind.ACTIONS: _("Åtaganden och beslut"),
    Kind.ATTENDANCE: _("Närvaro i skolan"),
    Kind.SCHOOL: _("Hur skolan fungerar"),
    Kind.STUDENT_HEALTH: _("Elevhälsa"),
    Kind.LEISURE: _("Fritid och intressen"),
    Kind.OBSERVATION: _("Det vi har sett"),
    Kind.SOCIAL_CONTACT: _("Kontakt med Socialtjänsten"),
    Kind.SUBSTANCE: _("Alkohol och droger"),
    Kind.VICTIMISATION: _("Utsatthet"),
    Kind.FAMILY_VIEW: _("Det familjen själv berättar"),
}


def kind_label(kind: str) -> Text:
    """The label of a kind, also for a kind that only coordination's own record has."""
    return LABELS[Kind(kind)] if kind in set(Kind) else _("Samordningens egen handling")
