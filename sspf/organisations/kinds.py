"""What kinds of organisation are called on pages."""

from sspf.organisations.models import OrganisationKind
from sspf.texts import Text, _

KINDS: dict[OrganisationKind, Text] = {
    OrganisationKind.COORDINATION: _("Samordningen"),
    OrganisationKind.SCHOOL: _("Skola"),
    OrganisationKind.SOCIAL_SERVICES: _("Socialtjänsten"),
    OrganisationKind.POLICE: _("Polis"),
    OrganisationKind.LEISURE: _("Fritid"),
    OrganisationKind.ASSOCIATION: _("Förening"),
}
