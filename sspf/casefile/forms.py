"""The forms of the case itself."""

from typing import Literal
from uuid import UUID

from pydantic import model_validator

from sspf.casefile.service import Farewell
from sspf.cases.models import Reason, State
from sspf.people.models import Protection
from sspf.texts import Text, _
from sspf.web import FormModel, OneLine, Ticked, Whole, WrittenOver, Wrong, entry


class OpenCaseForm(FormModel):
    """The youth and up to two guardians, each with the name they go by, full name and number.

    Whether there must be a guardian follows from the youth's number: see ``opening``.
    """

    called_name: str = entry(_("Skriv vad den unge kallas."), most=60)
    full_name: str = entry(_("Skriv den unges hela namn."), most=120)
    number: str = entry(_("Skriv den unges personnummer."), most=20)
    contact: str = entry(_("Skriv kontaktuppgifter."), default="", most=300)
    protection: Protection = entry(_("Välj om hen har skyddade uppgifter."), default=Protection.NONE)
    guardian_1_called_name: str = entry(_("Skriv vad vårdnadshavaren kallas."), default="", most=60)
    guardian_1_full_name: str = entry(_("Skriv vårdnadshavarens hela namn."), default="", most=120)
    guardian_1_number: str = entry(_("Skriv personnumret."), default="", most=20)
    guardian_1_contact: str = entry(_("Skriv kontaktuppgifter."), default="", most=300)
    guardian_1_protection: Protection = entry(_("Välj om hen har skyddade uppgifter."), default=Protection.NONE)
    guardian_2_called_name: str = entry(_("Skriv vad vårdnadshavaren kallas."), default="", most=60)
    guardian_2_full_name: str = entry(_("Skriv vårdnadshavarens hela namn."), default="", most=120)
    guardian_2_number: str = entry(_("Skriv personnumret."), default="", most=20)
    guardian_2_contact: str = entry(_("Skriv kontaktuppgifter."), default="", most=300)
    guardian_2_protection: Protection = entry(_("Välj om hen har skyddade uppgifter."), default=Protection.NONE)

    @model_validator(mode="after")
    def _second_guardian_is_whole(self) -> "OpenCaseForm":
        begun = self.guardian_2_called_name or self.guardian_2_number or self.guardian_2_contact
        if begun and not self.guardian_2_full_name:
            raise Wrong(_("Skriv hela namnet på den andra vårdnadshavaren också."), field="guardian_2_full_name")
        if self.guardian_2_full_name and not self.guardian_2_called_name:
            raise Wrong(_("Skriv vad den andra vårdnadshavaren kallas."), field="guardian_2_called_name")
        return self

    def lacking_of_guardian(self, *, is_adult: bool) -> dict[str, Text]:
        """What is missing of the first guardian, by field: a minor has one, who is of age may leave it all out."""
        begun = (
            self.guardian_1_called_name,
            self.guardian_1_full_name,
            self.guardian_1_number,
            self.guardian_1_contact,
        )
        if is_adult and not any(begun):
            return {}
        sentences = {
            "guardian_1_called_name": _("Skriv vad vårdnadshavaren kallas."),
            "guardian_1_full_name": _("Skriv vårdnadshavarens hela namn."),
        }
        return {field: sentence for field, sentence in sentences.items() if not getattr(self, field)}


class StateForm(FormModel):
    """One step. ``version`` is the case's as the page showed it."""

    to: State = entry(_("Välj ett steg."))
    version: Whole = entry(_("Ladda sidan och försök igen."))


class StatementsForm(WrittenOver):
    """The two statements; one that is left as it was is not written again."""

    child_voice: str = entry(_("Skriv vad den unge säger."), default="", most=600)
    best_interest: str = entry(_("Skriv varför det är bra för barnet."), default="", most=600)

    @model_validator(mode="after")
    def _says_something(self) -> "StatementsForm":
        if not self.child_voice and not self.best_interest:
            raise Wrong(_("Skriv något innan du sparar."), field="child_voice")
        return self


class ParticipantForm(FormModel):
    """Who takes part, each for their organisation; ``reserve``: the private ones among them get the förbehåll."""

    member: list[UUID] = entry(_("Välj minst en person."))
    reserve: Ticked = False


class RemoveMemberForm(FormModel):
    user: UUID = entry(_("Välj en person."))


class GuestForm(FormModel):
    """Somebody who takes part without an account, for an organisation."""

    organisation: UUID = entry(_("Välj vilken organisation personen kommer från."))
    name: OneLine = entry(_("Skriv vad personen heter."), most=120)
    reserved: Ticked = False


class RemoveGuestForm(FormModel):
    guest: UUID = entry(_("Välj en person."))


class ProtectForm(FormModel):
    """Whose marking, and which."""

    person: UUID = entry(_("Välj vem det gäller."))
    level: Protection = entry(_("Välj vilken markering det är."))


class VersionForm(FormModel):
    """A press on a button of a page that showed the case at ``version``."""

    version: Whole = entry(_("Ladda sidan och försök igen."))


class CloseForm(VersionForm):
    """Why, how it went, and what whoever goes on with it needs to know."""

    reason: Reason = entry(_("Välj varför ärendet avslutas."))
    outcome: str = entry(_("Skriv hur det gick."), default="", most=600)
    handover: str = entry(_("Skriv vad den som tar över behöver veta."), default="", most=600)
    takes_over: UUID | None = entry(_("Välj vem som tar över."), default=None)
    step: Literal["check", "edit", "save"] = "check"

    @property
    def farewell(self) -> Farewell:
        return Farewell(self.reason, self.outcome, self.handover, self.takes_over)


class NotesForm(FormModel):
    """Which of a case's notes to show, where there are more than a page."""

    fore: UUID | None = entry(_("Gå till de senaste anteckningarna."), default=None)


class ListForm(FormModel):
    """What the list of cases is narrowed to."""

    lage: State | None = entry(_("Välj ett läge."), default=None)
    fore: UUID | None = entry(_("Gå till första sidan."), default=None)
