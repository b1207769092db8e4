"""The family as the person at the form speaks of it: called names, roles, and who must say yes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from auth.decisions import ALLOW, Decision, deny
from sspf.cases.models import Case, CasePerson, CaseRole
from sspf.consents.agreement import Family
from sspf.consents.settling import guardians_of, youth_of
from sspf.errors import NotFound
from sspf.law.consenters import AGE_TABLE, AgeRule, age_on, nth_birthday, rule_for
from sspf.people.queries import born_on, called_name, parts_of
from sspf.texts import Text, _
from sspf.vault.reading import Reading


@dataclass(frozen=True, slots=True)
class Relative:
    """One of the family. ``name`` is what they are called, or their place in the case where that is not known."""

    id: UUID
    role: CaseRole
    name: str

    def __repr__(self) -> str:
        return f"Relative({self.role})"

    @property
    def label(self) -> Text:
        return _("den unge") if self.role is CaseRole.YOUTH else _("vårdnadshavare")


@dataclass(frozen=True, slots=True)
class Household:
    """Everyone in the case, the youth first, and the rules that follow from the youth's age today.

    ``family`` is None while no birth date is recorded: then nobody can say who must agree.
    """

    relatives: tuple[Relative, ...]
    family: Family | None
    today: date

    def __iter__(self) -> Iterator[Relative]:
        return iter(self.relatives)

    def __getitem__(self, person_id: UUID) -> Relative:
        """One of the family.

        Raises:
            NotFound: nobody in the case has this id.
        """
        found = next((relative for relative in self.relatives if relative.id == person_id), None)
        if found is None:
            raise NotFound
        return found

    def some(self, person_ids: Collection[UUID]) -> tuple[Relative, ...]:
        """Those of the family, the youth first."""
        return tuple(relative for relative in self.relatives if relative.id in person_ids)

    @property
    def needed(self) -> frozenset[UUID]:
        """Whose yes is needed today; empty is a no."""
        return self.family.needed_on(self.today) if self.family else frozenset()

    @property
    def age(self) -> int | None:
        return age_on(self.family.born_on, self.today) if self.family else None

    @property
    def rule(self) -> AgeRule | None:
        """The row of the age table that holds today."""
        return None if self.age is None else rule_for(self.age)

    @property
    def next_turn(self) -> tuple[date, AgeRule] | None:
        """The next birthday that changes who must say yes, and the rule from then on."""
        if self.family is None:
            return None
        turns = ((nth_birthday(self.family.born_on, rule.from_age), rule) for rule in AGE_TABLE if rule.from_age)
        return min((turn for turn in turns if turn[0] > self.today), default=None, key=lambda turn: turn[0])

    def can_sign(self, relative: Relative) -> Decision:
        """Can a paper of theirs count for anything? A guardian's cannot from the 18th birthday on."""
        if self.rule is None:
            return deny(_("Den unges födelsedatum saknas. Utan det går det inte att säga vem som behöver säga ja."))
        if relative.role is CaseRole.GUARDIAN and not self.rule.guardians:
            return deny(_("Den unge har fyllt 18 år och bestämmer själv. Vårdnadshavarnas ja gäller inte längre."))
        return ALLOW


def household_of(session: Session, reading: Reading, case: Case, today: date) -> Household:
    """The family as coordination's own reading of the case opens it."""
    ids = [person.person_id for person in case.people]
    parts = parts_of(session, reading, ids)
    birthday = born_on(reading, parts.get(youth_of(case)))
    relatives = tuple(
        Relative(person.person_id, person.role, called_name(reading, parts.get(person.person_id)) or _place(person))
        for person in case.people
    )
    family = None if birthday is None else Family(youth_of(case), guardians_of(case), birthday)
    return Household(relatives, family, today)


def _place(person: CasePerson) -> str:
    return str(_("Vårdnadshavare %(number)s", number=person.position) if person.position else _("Den unge"))
