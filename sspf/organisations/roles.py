"""What roles are called on pages."""

from auth.permissions import Role
from sspf.organisations.terms import TERMS
from sspf.texts import Text, _

ROLES: dict[Role, Text] = {
    Role.COORDINATOR: TERMS["coordinator"],
    Role.CONTACT: TERMS["contact"],
    Role.AUDITOR: _("granskare"),
    Role.ADMINISTRATOR: _("administratör"),
}
