"""The signed paper as it is typed in, and what is taken back."""

from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import model_validator

from sspf.cases.models import CaseRole
from sspf.consents.answers import Answer, Answers
from sspf.consents.lasting import end_of
from sspf.consents.models import Way
from sspf.consents.paper import NOT_ASKED, Paper
from sspf.consents.sheet import Sheet, row_key
from sspf.errors import ValidationFailed
from sspf.overtaken import mark_of
from sspf.texts import Text, _
from sspf.web import FormModel, Ticked, WrittenOver, Wrong, entry


class Language(StrEnum):
    """The languages of the municipality's form."""

    SWEDISH = "sv"
    ARABIC = "ar"
    DARI = "prs"
    ENGLISH = "en"
    FINNISH = "fi"
    PERSIAN = "fa"
    POLISH = "pl"
    SOMALI = "so"
    SORANI = "ckb"
    TIGRINYA = "ti"
    TURKISH = "tr"
    UKRAINIAN = "uk"


class WhoForm(FormModel):
    """Whose answers, given how, and whose the form begins with; ids are all that ever stand in an address."""

    person: UUID = entry(_("Välj vem blanketten gäller."))
    satt: Way = entry(_("Ladda sidan och försök igen."), default=Way.PAPER)
    fran: UUID | None = entry(_("Ladda sidan och försök igen."), default=None)


NOTHING = mark_of(None)


class ConsentForm(WrittenOver):
    """One person's answers.

    ``read`` marks what they had answered when the page was opened (``typing_in.Signing``); ``began_from`` those
    that it was filled in with, and ``was_read`` says that somebody else's have been read against this person's own.
    """

    person: UUID = entry(_("Ladda sidan och försök igen."))
    read: str = NOTHING
    way: Way = entry(_("Ladda sidan och försök igen."), default=Way.PAPER)
    told_to: UUID | None = entry(_("Välj vem som tog emot svaret."), default=None)
    began_from: UUID | None = entry(_("Ladda sidan och försök igen."), default=None)
    was_read: Ticked = False
    given_on: date = entry(_("Skriv dagen då blanketten skrevs under."))
    valid_to: date = entry(_("Skriv till och med vilken dag det gäller."))
    form_version: str = entry(_("Skriv blankettens version. Den står längst ned på blanketten."), most=20)
    language: Language = entry(_("Välj vilket språk blanketten är på."))
    with_interpreter: Ticked = False
    wants: Literal[Answer.YES, Answer.NO] = entry(_("Svara om personen vill vara med."))
    organisations: dict[str, Answer] = entry(_("Svara vilka som får vara med."), default={})
    rows: dict[str, Answer] = entry(_("Svara vilka som får berätta för varandra."), default={})
    fill: str = entry(_("Ladda sidan och försök igen."), default="", most=60)

    @property
    def paper(self) -> Paper:
        return Paper(
            given_on=self.given_on,
            valid_until=end_of(self.valid_to),
            form_version=self.form_version,
            language=self.language,
            with_interpreter=self.with_interpreter,
            way=self.way,
            told_to=self.told_to,
        )

    def answers(self, sheet: Sheet) -> Answers:
        """What the form says, question by question.

        Raises:
            ValidationFailed: it answers something that the form does not ask in this case.
        """
        parties = {str(one.id): one.id for one in sheet.parties}
        rows = {row_key(row): row for row in sheet.rows}
        if not (self.organisations.keys() <= parties.keys() and self.rows.keys() <= rows.keys()):
            raise ValidationFailed(**{"": NOT_ASKED})
        return Answers(
            self.wants,
            {parties[key]: answer for key, answer in self.organisations.items()},
            {rows[key]: answer for key, answer in self.rows.items()},
        )


class Scope(StrEnum):
    """How much of a consent is taken back."""

    ALL = "all"
    SOME = "some"


class WithdrawalForm(FormModel):
    """What one person takes back: everything, or some seats at the table and some rows."""

    scope: Scope = entry(_("Svara om allt eller bara en del ska sluta gälla."))
    seats: list[UUID] = entry(_("Välj minst en sak som ska sluta gälla."), default=[])
    rows: list[str] = entry(_("Välj minst en sak som ska sluta gälla."), default=[])

    @model_validator(mode="after")
    def something_is_chosen(self) -> "WithdrawalForm":
        if self.scope is Scope.SOME and not (self.seats or self.rows):
            raise Wrong(_("Välj minst en sak som ska sluta gälla."), field="seats")
        return self


class ReceivedForm(FormModel):
    """What a contact was told, and by whom."""

    role: CaseRole = entry(_("Välj vem som har tagit tillbaka sitt ja."))
    step: Literal["check", "save"] = "check"


LANGUAGES: tuple[tuple[Language, Text], ...] = (
    (Language.SWEDISH, _("Svenska")),
    (Language.ARABIC, _("Arabiska")),
    (Language.DARI, _("Dari")),
    (Language.ENGLISH, _("Engelska")),
    (Language.FINNISH, _("Finska")),
    (Language.PERSIAN, _("Persiska")),
    (Language.POLISH, _("Polska")),
    (Language.SOMALI, _("Somaliska")),
    (Language.SORANI, _("Sorani")),
    (Language.TIGRINYA, _("Tigrinska")),
    (Language.TURKISH, _("Turkiska")),
    (Language.UKRAINIAN, _("Ukrainska")),
)
