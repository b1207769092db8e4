"""What an administrator fills in."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import field_validator, model_validator

from auth.emails import is_email, normal_email
from auth.permissions import Role
from sspf.consents.lasting import begin_of, end_of
from sspf.organisations.models import LegalForm, OrganisationKind
from sspf.texts import _
from sspf.web import FormModel, Ticked, WrittenOver, Wrong, entry


class MunicipalityForm(WrittenOver):
    municipality: str = entry(_("Skriv eller välj en av kommunerna."), most=80)


class AuthorityForm(WrittenOver):
    name: str = entry(_("Skriv vad myndigheten heter."), most=120)
    legal_form: LegalForm = entry(_("Välj om den är offentlig eller enskild."))


class OrganisationForm(WrittenOver):
    """``authority`` is asked for a new one alone."""

    name: str = entry(_("Skriv vad organisationen heter."), most=120)
    kind: OrganisationKind = entry(_("Välj vad det är för slags organisation."))
    secrecy_rule: str | None = entry(_("Skriv bestämmelsen."), default=None, most=200)
    is_independent_branch: Ticked = False
    authority: UUID | None = entry(_("Välj vilken myndighet den hör till."), default=None)


class WordsForm(WrittenOver):
    """What each thing is called, by its name; what is left empty goes back to our word."""

    words: dict[str, str] = entry(_("Skriv ett ord."), default={})

    @field_validator("words")
    @classmethod
    def _are_short(cls, words: dict[str, str]) -> dict[str, str]:
        for key, said in words.items():
            if len(said) > 80 or "\n" in said:
                raise Wrong(_("Skriv kortare: högst 80 tecken, på en rad."), field=f"words[{key}]")
        return words


class Period(FormModel):
    """From and to, both days included; without the first from now, without the second until further notice."""

    organisation: UUID = entry(_("Välj var personen arbetar."))
    role: Role = entry(_("Välj vad personen ska arbeta som."))
    first_day: date | None = entry(_("Skriv en dag."), default=None)
    last_day: date | None = entry(_("Skriv en dag."), default=None)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Period":
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise Wrong(_("Sista dagen kommer före den första."), field="last_day")
        return self

    def period(self, today: date) -> dict[str, datetime | None]:
        """For ``auth.accounts.give_assignment``."""
        begins = begin_of(self.first_day) if self.first_day and self.first_day > today else None
        return {"starts_at": begins, "ends_at": end_of(self.last_day) if self.last_day else None}


class AssignmentForm(Period):
    pass


class Called(FormModel):
    """Who somebody is to those they work with, and to the sign-in page."""

    name: str = entry(_("Skriv vad personen heter."), most=120)
    email: str = entry(_("Skriv personens e-postadress."), most=254)

    @field_validator("email")
    @classmethod
    def _is_an_address(cls, email: str) -> str:
        if not is_email(normal_email(email)):
            raise Wrong(_("Det ser inte ut som en e-postadress. Skriv den som namn@kommun.se."))
        return email


class UserForm(Called, Period):
    pass


class ChangeUserForm(Called, WrittenOver):
    pass


class Standing(StrEnum):
    """How accounts stand, to filter them by."""

    OPEN = "oppna"
    WAITING = "vantar"
    CLOSED = "stangda"


class UsersFilter(FormModel):
    """What the list of users is filtered by: in the address, so never a name."""

    organisation: UUID | None = entry(_("Välj en organisation."), default=None)
    standing: Standing | None = entry(_("Välj ett läge."), default=None)
    klart: str = ""
