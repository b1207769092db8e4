"""The forms of the case itself."""

from typing import Literal
from uuid import UUID

from pydantic import model_validator

from sspf.cases.models import State
from sspf.texts import _
from sspf.web import FormModel, Whole, Wrong, entry

GUARDIANS = 2


class OpenCaseForm(FormModel):
    """The youth and up to two guardians, each with the name they go by, full name and number."""

    called_name: str = entry(_("Skriv vad den unge kallas."), most=60)
    full_name: str = entry(_("Skriv den unges hela namn."), most=120)
    number: str = entry(_("Skriv den unges personnummer."), most=20)
    contact: str = entry(_("Skriv kontaktuppgifter."), default="", most=300)
    guardian_1_called_name: str = entry(_("Skriv vad vårdnadshavaren kallas."), most=60)
    guardian_1_full_name: str = entry(_("Skriv vårdnadshavarens hela namn."), most=120)
    guardian_1_number: str = entry(_("Skriv personnumret."), default="", most=20)
    guardian_1_contact: str = entry(_("Skriv kontaktuppgifter."), default="", most=300)
    guardian_2_called_name: str = entry(_("Skriv vad vårdnadshavaren kallas."), default="", most=60)
    guardian_2_full_name: str = entry(_("Skriv vårdnadshavarens hela namn."), default="", most=120)
    guardian_2_number: str = entry(_("Skriv personnumret."), default="", most=20)
    guardian_2_contact: str = entry(_("Skriv kontaktuppgifter."), default="", most=300)

    @model_validator(mode="after")
    def _second_guardian_is_whole(self) -> "OpenCaseForm":
        begun = self.guardian_2_called_name or self.guardian_2_number or self.guardian_2_contact
        if begun and not self.guardian_2_full_name:
            raise Wrong(_("Skriv hela namnet på den andra vårdnadshavaren också."), field="guardian_2_full_name")
        if self.guardian_2_full_name and not self.guardian_2_called_name:
            raise Wrong(_("Skriv vad den andra vårdnadshavaren kallas."), field="guardian_2_called_name")
        return self


class StateForm(FormModel):
    """One step. ``version`` is the case's as the page showed it."""

    to: State = entry(_("Välj ett steg."))
    version: Whole = entry(_("Ladda sidan och försök igen."))


class StatementsForm(FormModel):
    """The two statements; one that is left as it was is not written again."""

    child_voice: str = entry(_("Skriv vad den unge säger."), default="", most=600)
    best_interest: str = entry(_("Skriv varför det är bra för barnet."), default="", most=600)

    @model_validator(mode="after")
    def _says_something(self) -> "StatementsForm":
        if not self.child_voice and not self.best_interest:
            raise Wrong(_("Skriv något innan du sparar."), field="child_voice")
        return self


class ParticipantForm(FormModel):
    """An organisation to ask the family about, and who there takes part."""

    member: list[UUID] = entry(_("Välj minst en person."))


class RemoveMemberForm(FormModel):
    user: UUID = entry(_("Välj en person."))


class CloseForm(FormModel):
    version: Whole = entry(_("Ladda sidan och försök igen."))
    step: Literal["close"] = "close"


class ListForm(FormModel):
    """What the list of cases is narrowed to."""

    lage: State | None = entry(_("Välj ett läge."), default=None)
    fore: UUID | None = entry(_("Gå till första sidan."), default=None)
    klart: str = entry(_("–"), default="")
