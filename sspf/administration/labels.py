"""What the administrator's pages call checks, forms of organisations and how accounts stand."""

from auth.policy import WhoConfirms
from sspf.administration.forms import Standing
from sspf.organisations.models import LegalForm
from sspf.organisations.terms import TERMS
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
    "pdf": _("PDF"),
}

LEGAL_FORMS: dict[LegalForm, Text] = {
    LegalForm.PUBLIC: _("Offentlig: nämnd, region eller statlig myndighet"),
    LegalForm.PRIVATE: _("Enskild: friskola, förening eller företag"),
}

STANDINGS: dict[Standing, Text] = {
    Standing.OPEN: _("Öppna"),
    Standing.WAITING: _("Väntar på lösenord eller bekräftelse"),
    Standing.CLOSED: _("Stängda"),
}

CONFIRMED_BY: dict[WhoConfirms, Text] = {
    WhoConfirms.COLLEAGUE: _(
        "En kollega i samma organisation, eller %(coordinator)s, behöver säga att det är rätt person.",
        coordinator=TERMS["coordinator_the"],
    ),
    WhoConfirms.COORDINATOR: _(
        "Personen har uppdrag på flera ställen. Då är det %(coordinator)s som behöver säga att det är rätt person.",
        coordinator=TERMS["coordinator_the"],
    ),
    WhoConfirms.COORDINATION: _("Någon annan i samordningen behöver säga att det är rätt person."),
    WhoConfirms.COMMAND_LINE: _(
        "Den som sköter servern behöver säga att det är rätt person, med kommandot sspf user confirm."
    ),
}
