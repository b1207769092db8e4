"""A note before it is saved, and what becomes of it for each recipient. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from sspf.cases.models import Case
from sspf.consents.lasting import last_day
from sspf.consents.queries import ConsentGround
from sspf.law.kinds import Kind
from sspf.notes.models import Basis
from sspf.texts import Text, _
from sspf.vault.writing import About, AboutKind

LONGEST = 500

# What a note can tell. Names and commitments are coordination's own and have pages of their own.
KINDS = (
    Kind.ATTENDANCE,
    Kind.SCHOOL,
    Kind.STUDENT_HEALTH,
    Kind.LEISURE,
    Kind.OBSERVATION,
    Kind.SOCIAL_CONTACT,
    Kind.SUBSTANCE,
    Kind.VICTIMISATION,
    Kind.FAMILY_VIEW,
)

YOUTH = "youth"
SOME_GUARDIAN = "guardian"
SOMEBODY_ELSE = "other"


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything about a note that is not yet saved; ``recipients`` are those it is meant for."""

    kind: Kind
    about: About
    source_id: UUID
    basis: Basis
    observed_on: date
    statement: str
    recipients: frozenset[UUID] = frozenset()

    def __repr__(self) -> str:
        return "Draft(***)"


class Telling(Protocol):
    """What is judged of something that is to be told: whose word it is, of which kind, about whom, and for whom."""

    @property
    def kind(self) -> Kind: ...
    @property
    def about(self) -> About: ...
    @property
    def source_id(self) -> UUID: ...
    @property
    def recipients(self) -> frozenset[UUID]: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one recipient gets to see: the note as long as its ``ground`` lasts, or nothing for ``reason``."""

    organisation_id: UUID
    ground: ConsentGround | None = None
    reason: object | None = None

    @property
    def sees(self) -> bool:
        return self.ground is not None

    @property
    def last_day(self) -> date | None:
        return last_day(self.ground.until) if self.ground else None


@dataclass(frozen=True, slots=True)
class AboutChoice:
    """One answer to "Vem handlar det om?"; ``name`` is a called name that the writer has been shown."""

    value: str
    about: About
    label: Text
    name: str | None = None


def about_choices(case: Case, names: Mapping[UUID, str]) -> Sequence[AboutChoice]:
    """Whom a note can be about: the youth, each guardian the writer knows by name, and others.

    Guardians whose names the writer has not been shown are one choice together, so that
    it does not tell how many they are. If it cannot be known which of them is meant, the
    note is nobody's in particular and is not shared.
    """
    youth, guardians = case.youth_id, case.guardian_ids
    unnamed = [person_id for person_id in guardians if person_id not in names]
    choices = [AboutChoice(YOUTH, About(AboutKind.YOUTH, youth), _("Den unge"), names.get(youth))]
    choices += [
        AboutChoice(str(person_id), About(AboutKind.GUARDIAN, person_id), _("Vårdnadshavare"), names[person_id])
        for person_id in guardians
        if person_id in names
    ]
    if unnamed or not guardians:
        whom = About(AboutKind.GUARDIAN, unnamed[0]) if len(unnamed) == 1 else About(AboutKind.OTHER)
        choices.append(AboutChoice(SOME_GUARDIAN, whom, _("En vårdnadshavare")))
    return [*choices, AboutChoice(SOMEBODY_ELSE, About(AboutKind.OTHER), _("Någon annan"))]


def value_of(about: About, choices: Sequence[AboutChoice]) -> str:
    """The choice that means ``about``; somebody else if none does any more."""
    return next((choice.value for choice in choices if choice.about == about), SOMEBODY_ELSE)


def no_yes(about: AboutKind) -> Text:
    """Why somebody may not be told, when nobody has said that they may. Never who was asked, nor what they said."""
    if about is AboutKind.OTHER:
        return _(
            "Bara den unge och vårdnadshavarna kan säga ja, och det ska framgå vem av dem det gäller. "
            "Det här delas inte med någon."
        )
    if about is AboutKind.GUARDIAN:
        return _("Det finns inget ja från vårdnadshavaren till att just det här berättas för dem.")
    return _("Det finns inget ja till att just det här berättas för dem.")
