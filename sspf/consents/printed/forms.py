"""A new version of the municipality's form, as the administrator fills it in."""

from datetime import date
from uuid import UUID

from pydantic import field_validator

from sspf.consents.printed.asked import Asked, Question
from sspf.law.kinds import Kind
from sspf.organisations.models import OrganisationKind
from sspf.texts import _
from sspf.web import FormModel, Wrong, entry

_RELOAD = _("Ladda sidan och försök igen.")


class FromForm(FormModel):
    """Which version a new one begins with."""

    fran: UUID | None = entry(_RELOAD, default=None)


class NewVersionForm(FormModel):
    """``questions`` are keys like "school:police:attendance"; what is not ticked is not asked."""

    version: str = entry(_("Skriv versionens namn, som det står på blanketten."), most=20)
    approved_by: str = entry(_("Skriv vem som har beslutat om blanketten."), most=120)
    approved_on: date = entry(_("Skriv dagen då den beslutades."))
    valid_from: date = entry(_("Skriv från vilken dag den används."))
    parties: list[OrganisationKind] = entry(_("Välj minst en som familjen ska få frågan om."), wrong=_RELOAD)
    questions: list[str] = entry(_RELOAD, default=[])

    @field_validator("questions")
    @classmethod
    def _can_be_read(cls, keys: list[str]) -> list[str]:
        for key in keys:
            _question(key)
        return keys

    @property
    def asked(self) -> Asked:
        return Asked(frozenset(self.parties), frozenset(_question(key) for key in self.questions))


def _question(key: str) -> Question:
    try:
        source, recipient, kind = key.split(":")
        return Question(OrganisationKind(source), OrganisationKind(recipient), Kind(kind))
    except ValueError:
        raise Wrong(_RELOAD) from None
