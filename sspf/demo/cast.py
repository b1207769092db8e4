"""Who plays in the demo: seven people, the five organisations they come from, and an association. All invented."""

from dataclasses import dataclass

from auth.permissions import Role
from sspf.organisations.models import LegalForm, OrganisationKind
from sspf.texts import Text, _

MUNICIPALITY_CODE = "0000"
MUNICIPALITY = "Exempelköpings kommun"


@dataclass(frozen=True, slots=True)
class Place:
    """One organisation, under its authority."""

    name: str
    authority: str
    kind: OrganisationKind
    secrecy_rule: str | None
    legal_form: LegalForm = LegalForm.PUBLIC


PLACES = {
    "coordination": Place("SSPF-samordningen", "Socialnämnden", OrganisationKind.COORDINATION, "OSL 26 kap. 1 §"),
    "social": Place(
        "Socialtjänsten, barn och unga", "Socialnämnden", OrganisationKind.SOCIAL_SERVICES, "OSL 26 kap. 1 §"
    ),
    "school": Place(
        "Elevhälsan, Lindskolan", "Barn- och utbildningsnämnden", OrganisationKind.SCHOOL, "OSL 23 kap. 2 §"
    ),
    "police": Place("Lokalpolisområde Exempelköping", "Polismyndigheten", OrganisationKind.POLICE, "OSL 35 kap. 1 §"),
    "leisure": Place("Ungdomens hus", "Kultur- och fritidsnämnden", OrganisationKind.LEISURE, None),
    "club": Place(
        "Exempelköpings simklubb", "Exempelköpings simklubb", OrganisationKind.ASSOCIATION, None, LegalForm.PRIVATE
    ),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: whom ``POST /demo/sign-in`` signs in under the field's value."""

    name: str
    title: Text
    does: Text
    email: str
    place: str
    role: Role


CAST = {
    "coordinator": Member(
        "Sara Lindqvist",
        _("koordinator"),
        _("Öppnar ärenden, registrerar samtycken och leder möten."),
        "sara@exempel.invalid",
        "coordination",
        Role.COORDINATOR,
    ),
    "social": Member(
        "Amir Hedlund",
        _("socialsekreterare"),
        _("Ser delade åtaganden och skriver egna anteckningar."),
        "amir@exempel.invalid",
        "social",
        Role.CONTACT,
    ),
    "school": Member(
        "Eva Kristoffersson",
        _("kurator på Lindskolan"),
        _("Ser delade åtaganden och berättar hur det går i skolan."),
        "eva@exempel.invalid",
        "school",
        Role.CONTACT,
    ),
    "police": Member(
        "Jonas Palm",
        _("kommunpolis"),
        _("Ser delade åtaganden, oftast i telefonen."),
        "jonas@exempel.invalid",
        "police",
        Role.CONTACT,
    ),
    "leisure": Member(
        "Nadja Berg",
        _("fritidsledare"),
        _("Ser bara det familjen har sagt ja till."),
        "nadja@exempel.invalid",
        "leisure",
        Role.CONTACT,
    ),
    "auditor": Member(
        "Gunnel Ström",
        _("granskare"),
        _("Läser loggen och kontrollerar att den är obruten. Ser inget innehåll."),
        "gunnel@exempel.invalid",
        "coordination",
        Role.AUDITOR,
    ),
    "administrator": Member(
        "Peter Falk",
        _("administratör"),
        _("Ser hur systemet mår. Öppnar inga ärenden."),
        "peter@exempel.invalid",
        "coordination",
        Role.ADMINISTRATOR,
    ),
}
