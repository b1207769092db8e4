"""What is typed to come in. Nothing here is ever shown again but the address and the way back."""

from uuid import UUID

from pydantic import model_validator

from sspf.texts import _
from sspf.web import FormModel, Ticked, Wrong, entry
from sspf.web.languages import Language
from sspf.web.preferences import Theme


class SignInForm(FormModel):
    email: str = entry(_("Skriv din e-postadress."))
    password: str = entry(_("Skriv ditt lösenord."))
    code: str = entry(_("Skriv den sexsiffriga koden från din app."))
    back_to: str = "/"


class ChoiceForm(FormModel):
    assignment: UUID = entry(_("Välj vad du ska arbeta som nu."))
    back_to: str = "/"


class LanguageForm(FormModel):
    language: Language = entry(_("Välj ett av språken."))
    back_to: str = "/"


class ThemeForm(FormModel):
    theme: Theme = entry(_("Välj ett av alternativen."))
    back_to: str = "/"


class PreferencesForm(FormModel):
    language: Language | None = None
    theme: Theme = entry(_("Välj hur sidorna ska se ut."))
    shortcuts: Ticked = False


class LinkForm(FormModel):
    code: str = entry(_("Skriv koden du har fått."))


class PasswordForm(FormModel):
    password: str = entry(_("Välj ett lösenord."))
    repeated: str = entry(_("Skriv lösenordet en gång till."))

    @model_validator(mode="after")
    def _is_the_same_twice(self) -> "PasswordForm":
        if self.password != self.repeated:
            raise Wrong(_("Det är inte samma lösenord som ovanför."), field="repeated")
        return self


class FirstCodeForm(FormModel):
    code: str = entry(_("Skriv den sexsiffriga koden som appen visar."))
