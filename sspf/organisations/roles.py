"""What roles are called on pages."""

from auth.permissions import Role
from sspf.texts import Text, _

ROLES: dict[Role, Text] = {
    Role.COORDINATOR: _("koordinator"),
    Role.CONTACT: _("kontaktperson"),
    Role.AUDITOR: _("granskare"),
    Role.ADMINISTRATOR: _("administratör"),
}
