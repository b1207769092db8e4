"""What the checks are called on the page."""

from sspf.texts import Text, _

CHECKS: dict[str, Text] = {
    "database": _("Databas"),
    "roles": _("Databasroll"),
    "migrations": _("Databasens form"),
    "clock": _("Klocka"),
    "trail": _("Logg"),
    "key_match": _("Nycklarna och databasen"),
    "keys": _("Nyckelring"),
    "fonts": _("Typsnitt"),
}
