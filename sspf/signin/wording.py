"""The words for what ``auth`` says in codes. A code without words is a test that fails."""

from auth import lifetime, passwords
from auth.models import EndReason
from auth.outcomes import Hindrance
from auth.passwords import Weakness
from auth.policy import WhoConfirms
from sspf.organisations.terms import TERMS
from sspf.signin.queries import Offer
from sspf.texts import Text, _, either
from sspf.web import dates

ENDED: dict[EndReason, Text] = {
    EndReason.SIGNED_OUT: _("Du har loggat ut."),
    EndReason.ENDED_BY_OWNER: _("Den här inloggningen avslutades från en annan av dina inloggningar."),
    EndReason.ENDED_BY_ADMINISTRATOR: _("Administratören har loggat ut dig överallt. Du kan logga in igen."),
    EndReason.REPLACED: _(
        "Du loggade in på ett ställe till. Man kan vara inloggad på %(most)s ställen samtidigt, "
        "så den äldsta inloggningen avslutades.",
        most=lifetime.MOST_AT_ONCE,
    ),
    EndReason.RENEWED: _("Den här inloggningen ersattes när du loggade in på nytt."),
    EndReason.CREDENTIALS_CHANGED: _("Ditt lösenord eller din kod har bytts. Logga in med de nya."),
    EndReason.ACCOUNT_DISABLED: _("Kontot är stängt. Hör av dig till administratören om det är fel."),
    EndReason.IDLE: _(
        "Du loggades ut för att det hade gått %(minutes)s minuter sedan du gjorde något.",
        minutes=lifetime.IDLE.seconds // 60,
    ),
    EndReason.TOO_OLD: _(
        "Du loggades ut för att det hade gått %(hours)s timmar sedan du loggade in.",
        hours=lifetime.ABSOLUTE.seconds // 3600,
    ),
    EndReason.UNCONFIRMED: _("Ditt konto har ändrats och behöver bekräftas innan du kan logga in igen."),
    EndReason.ASSIGNMENT_OVER: _("Ditt uppdrag i den rollen har upphört."),
}

HINDERED: dict[Hindrance, Text] = {
    Hindrance.UNCONFIRMED: _(
        "Det är rätt, men kontot är inte öppnat än. Någon som känner dig behöver först bekräfta att det är du."
    ),
    Hindrance.NO_ASSIGNMENT: _(
        "Det är rätt, men du har inget uppdrag just nu. Hör av dig till administratören om det är fel."
    ),
}

# Whose yes somebody waits for. Nothing is said of who they are, or who that is.
WAITS_FOR: dict[WhoConfirms, Text] = {
    WhoConfirms.COLLEAGUE: _(
        "En kollega i din organisation, eller %(coordinator)s, behöver först bekräfta att det är du.",
        coordinator=TERMS["coordinator_the"],
    ),
    WhoConfirms.COORDINATOR: _(
        "Du har uppdrag på flera ställen. Då behöver %(coordinator)s först bekräfta att det är du.",
        coordinator=TERMS["coordinator_the"],
    ),
    WhoConfirms.COORDINATION: _("Någon annan i samordningen behöver först bekräfta att det är du."),
    WhoConfirms.COMMAND_LINE: _("Den som sköter servern behöver först bekräfta att det är du."),
}

WEAK: dict[Weakness, Text] = {
    Weakness.TOO_SHORT: _(
        "Lösenordet är för kort. Det behöver ha minst %(least)s tecken: fyra eller fem ord räcker långt.",
        least=passwords.SHORTEST,
    ),
    Weakness.TOO_LONG: _("Lösenordet är för långt. Det får ha högst %(most)s tecken.", most=passwords.LONGEST),
    Weakness.REPETITIVE: _("Det är samma sak om och om igen. Välj några ord som inte hör ihop."),
    Weakness.OBVIOUS: _("Det är för lätt att gissa. Undvik ditt namn, din adress och ordet lösenord."),
}

WRONG = _(
    "E-postadressen, lösenordet eller koden stämmer inte. En kod går att använda en gång: "
    "har du just använt den, vänta på nästa."
)
LINK_CLOSED = _(
    "Koden gäller inte. Den kan vara använd, ersatt av en nyare eller äldre än ett dygn. "
    "Be den som gav dig koden om en ny."
)
STAY = _(
    "Du är inloggad tills du loggar ut, eller tills du inte har gjort något på %(idle)s minuter "
    "(%(meeting)s under ett möte). Efter %(hours)s timmar behöver du alltid logga in igen.",
    idle=lifetime.IDLE.seconds // 60,
    meeting=lifetime.IDLE_IN_MEETING.seconds // 60,
    hours=lifetime.ABSOLUTE.seconds // 3600,
)


def wait_words(seconds: int) -> Text:
    """How long to wait, rounded up: seconds up to a minute, then minutes."""
    if seconds <= 60:
        return either(
            "Det har varit många försök. Vänta en sekund och försök igen.",
            "Det har varit många försök. Vänta %(number)s sekunder och försök igen.",
            seconds,
        )
    return _(
        "Det har varit många försök. Vänta %(minutes)s minuter och försök igen.",
        minutes=-(-seconds // 60),
    )


def place(offer: Offer) -> Text | str:
    """Where somebody would work, and until when if that is decided."""
    if offer.until is None:
        return offer.organisation
    return _("%(organisation)s, till %(until)s", organisation=offer.organisation, until=dates.moment(offer.until))
