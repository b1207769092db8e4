"""What a version of the form asks, by kinds of organisation: it is the same paper for every family. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from sspf.law.kinds import ASKED, TAKING_PART, Kind
from sspf.organisations.models import OrganisationKind

# Taking part gives two kinds by itself, and the full number is never shared by consent.
CAN_BE_ASKED: tuple[Kind, ...] = tuple(kind for kind in Kind if kind not in TAKING_PART | {Kind.IDENTITY_FULL})
PARTIES: tuple[OrganisationKind, ...] = tuple(
    kind for kind in OrganisationKind if kind is not OrganisationKind.COORDINATION
)


@dataclass(frozen=True, slots=True)
class Question:
    """May ``source`` tell ``recipient`` this kind of thing?"""

    source: OrganisationKind
    recipient: OrganisationKind
    kind: Kind

    @property
    def key(self) -> str:
        """As a field of a page has it."""
        return f"{self.source}:{self.recipient}:{self.kind}"

    @property
    def can_be_asked(self) -> bool:
        """There is one coordination, which tells itself nothing; what follows from taking part is not asked again."""
        to_itself = self.source is self.recipient is OrganisationKind.COORDINATION
        return self.kind in CAN_BE_ASKED and not to_itself


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything one version asks: which kinds of organisation may be there, and who may tell whom what."""

    parties: frozenset[OrganisationKind]
    questions: frozenset[Question]

    def kinds(self, source: OrganisationKind, recipient: OrganisationKind) -> tuple[Kind, ...]:
        """What is asked in that direction, in the order of the form."""
        return tuple(kind for kind in Kind if Question(source, recipient, kind) in self.questions)

    @property
    def out_of_place(self) -> frozenset[OrganisationKind]:
        """Kinds of organisation that would tell or be told without being asked about as parties."""
        ends = {end for question in self.questions for end in (question.source, question.recipient)}
        return frozenset(ends - self.parties - {OrganisationKind.COORDINATION})


def _all_of(recipients: Iterable[OrganisationKind]) -> frozenset[Question]:
    asked = (
        Question(OrganisationKind(source), recipient, kind)
        for source, kinds in ASKED.items()
        for recipient in recipients
        for kind in kinds
    )
    return frozenset(question for question in asked if question.can_be_asked)


# The form of a municipality that has made none of its own.
DEFAULT = Asked(frozenset(PARTIES), _all_of(OrganisationKind))
