"""The forms of a contact: the telephone call, the duty to report, advice, the family's yes, and who they are."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import field_validator, model_validator

from sspf.concerns.models import ConcernSource, Stage, Suspicion, Way
from sspf.concerns.telling import LONGEST_NAME, LONGEST_REASON
from sspf.people.basis import Basis
from sspf.people.typed import PLACES, prefix_of
from sspf.texts import _
from sspf.vault.writing import AboutKind
from sspf.web import FormModel, Ticked, Whole, WrittenOver, Wrong, entry

LONGEST = 600
AGES = range(6, 22)

_AGAIN = _("Ladda sidan och försök igen.")


class AccountForm(FormModel):
    """What somebody tells. There is no field for a name."""

    source: ConcernSource = entry(_("Välj vem som har hört av sig."))
    kind: UUID = entry(_("Välj vad det gäller."))
    age: Whole | None = entry(_("Skriv åldern."), wrong=_("Skriv åldern med siffror, som 14."), default=None)
    stage: Stage | None = entry(_("Välj var i skolan."), default=None)
    area: str = entry(_("Skriv området."), default="", most=60)
    seen: str = entry(_("Skriv vad som har setts eller hörts."), most=LONGEST)
    basis: Basis = entry(_("Välj hur ni vet det."))

    @field_validator("age")
    @classmethod
    def _is_young(cls, age: int | None) -> int | None:
        if age is not None and age not in AGES:
            raise Wrong(_("Skriv en ålder från 6 till 21."))
        return age


class CorrectionForm(AccountForm, WrittenOver):
    pass


class WeighingForm(WrittenOver):
    """What the organisation made of its duty to report. A no to the first question needs nothing more."""

    suspicion: Suspicion = entry(_("Svara på om barnet far illa. Du kan svara att du är osäker."))
    is_made: Literal["yes", "no"] | None = entry(_("Svara på om ni har anmält."), default=None)
    made_on: date | None = entry(_("Skriv vilken dag."), default=None)
    made_by: str = entry(_("Skriv vem som anmälde."), default="", most=LONGEST_NAME)
    reason: str = entry(_("Skriv varför."), default="", most=LONGEST_REASON)

    @model_validator(mode="after")
    def _is_weighed(self) -> "WeighingForm":
        if self.suspicion is Suspicion.YES and self.is_made is None:
            raise Wrong(_("Svara på om ni har gjort en orosanmälan."), field="is_made")
        if self.is_made == "yes" and self.made_on is None:
            raise Wrong(_("Skriv vilken dag ni anmälde."), field="made_on")
        if self.is_made == "yes" and not self.made_by:
            raise Wrong(_("Skriv vem hos er som anmälde."), field="made_by")
        if self.suspicion is Suspicion.YES and self.is_made == "no" and not self.reason:
            raise Wrong(_("Skriv varför ni inte har anmält."), field="reason")
        return self


class AdviceForm(FormModel):
    advice: str = entry(_("Skriv rådet i några meningar."), most=LONGEST)


class YesForm(WrittenOver):
    """The family wants to be contacted."""

    said_by: Literal[AboutKind.YOUTH, AboutKind.GUARDIAN] = entry(_("Välj vem som sa ja."))
    said_to: str = entry(_("Skriv vem som fick höra det."), most=80)
    said_on: date = entry(_("Skriv vilken dag det var."))
    way: Way = entry(_("Välj hur ni fick deras ja."))


class IdentityForm(WrittenOver):
    """The youth and up to two guardians, in the fields of ``people.typed``."""

    called_name: str = entry(_("Skriv vad den unge kallas."), most=60)
    full_name: str = entry(_("Skriv den unges hela namn."), default="", most=120)
    number: str = entry(_("Skriv numret."), default="", most=20)
    contact: str = entry(_("Skriv kontaktuppgifter."), default="", most=300)
    guardian_1_called_name: str = entry(_("Skriv vad vårdnadshavaren kallas."), default="", most=60)
    guardian_1_full_name: str = entry(_("Skriv vårdnadshavarens hela namn."), default="", most=120)
    guardian_1_number: str = entry(_("Skriv numret."), default="", most=20)
    guardian_1_contact: str = entry(_("Skriv kontaktuppgifter."), default="", most=300)
    guardian_2_called_name: str = entry(_("Skriv vad vårdnadshavaren kallas."), default="", most=60)
    guardian_2_full_name: str = entry(_("Skriv vårdnadshavarens hela namn."), default="", most=120)
    guardian_2_number: str = entry(_("Skriv numret."), default="", most=20)
    guardian_2_contact: str = entry(_("Skriv kontaktuppgifter."), default="", most=300)

    @model_validator(mode="after")
    def _somebody_can_be_reached(self) -> "IdentityForm":
        for prefix in map(prefix_of, PLACES[1:]):
            begun = any(getattr(self, prefix + part) for part in ("full_name", "number", "contact"))
            if begun and not getattr(self, f"{prefix}called_name"):
                raise Wrong(_("Skriv vad vårdnadshavaren kallas."), field=f"{prefix}called_name")
        if not any((self.contact, self.guardian_1_contact, self.guardian_2_contact)):
            raise Wrong(_("Skriv hur någon av dem kan nås. Det är därför de har sagt ja."), field="contact")
        return self


class InformForm(WrittenOver):
    informed_on: date = entry(_("Skriv vilken dag det var."))
    way: Way = entry(_("Välj hur ni berättade."))


class ListForm(FormModel):
    """What the list is narrowed to."""

    visa: Literal["alla"] | None = entry(_("Välj vad som ska visas."), default=None)
    fore: UUID | None = entry(_("Gå till första sidan."), default=None)
    klart: str = entry(_AGAIN, default="")


class KindForm(WrittenOver):
    """A kind to add, or to call something else."""

    label: str = entry(_("Skriv vad det ska heta."), most=60)
    warns: Ticked = entry(_AGAIN, default=False)


class KindPressForm(FormModel):
    """What is done to a kind that is there: one of the buttons of its row."""

    press: Literal["up", "down", "end", "revive"] = entry(_AGAIN)
