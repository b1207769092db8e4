"""What can go wrong, as people are told: what is so, and what to do next. Never what was asked for."""

from dataclasses import dataclass

from sspf.texts import Text, _


@dataclass(frozen=True, slots=True)
class Explained:
    """An error page's words. ``again`` offers to load the same page once more."""

    status: int
    title: Text
    text: Text
    again: bool = False


UNREADABLE = Explained(
    400,
    _("Det gick inte att läsa det som skickades"),
    _("Gå tillbaka, ladda sidan och försök igen. Inget har sparats."),
)
SIGNED_OUT = Explained(
    401,
    _("Du är inte längre inloggad"),
    _("Det du har skrivit ligger kvar här. Logga in igen i en ny flik, kom tillbaka hit och spara en gång till."),
)
NOT_PERMITTED = Explained(
    403,
    _("Det här får du inte göra"),
    _("Din roll eller din organisation har inte den möjligheten. Fråga samordningen om du tror att det är fel."),
)
FOREIGN = Explained(
    403,
    _("Det här kom inte från våra sidor"),
    _("Därför har ingenting ändrats. Gå till startsidan och gör om det därifrån."),
)
NOT_FOUND = Explained(
    404,
    _("Sidan finns inte"),
    _("Den kan vara borttagen, eller så är adressen fel. Det du söker kan också vara något som du inte får ta del av."),
)
WRONG_METHOD = Explained(
    405,
    _("Sidan går inte att använda så"),
    _("Gå till startsidan och öppna den därifrån."),
)
CONFLICT = Explained(
    409,
    _("Någon hann före"),
    _("Någon annan har ändrat det här medan du hade det öppet. Ladda sidan och försök igen."),
    again=True,
)
TOO_LARGE = Explained(
    413,
    _("Det du skickade är för stort"),
    _("Korta ned texten och försök igen. Inget har sparats."),
)
INVALID = Explained(
    422,
    _("Något i det du skickade stämmer inte"),
    _("Gå tillbaka, rätta det och försök igen. Inget har sparats."),
)
UNEXPECTED = Explained(
    500,
    _("Något gick fel hos oss"),
    _("Inget har sparats och inget har visats. Försök igen om en stund. Hjälper det inte: säg till administratören."),
    again=True,
)
BUSY = Explained(
    503,
    _("Det är många som använder systemet just nu"),
    _("Vänta en halv minut och försök igen. Inget har sparats."),
    again=True,
)
# the plainest of those with the same status
BY_STATUS = {
    problem.status: problem
    for problem in (UNREADABLE, NOT_PERMITTED, NOT_FOUND, WRONG_METHOD, CONFLICT, TOO_LARGE, INVALID, BUSY)
}
