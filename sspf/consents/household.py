"""The family as the person at the form speaks of it: called names, roles, and who must say yes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from auth.decisions import ALLOW, Decision, deny
from sspf.cases.models import Case, CasePerson, CaseRole
from sspf.consents.agreement import Family
from sspf.errors import NotFound
from sspf.law.consenters import MAJORITY, AgeRule, AgeTable, age_on, rule_for, turns
from sspf.organisations import queries as organisations
from sspf.people.queries import Parts, born_on, called_name, parts_of
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
    ``ages`` is the municipality's table.
    """

    relatives: tuple[Relative, ...]
    family: Family | None
    today: date
    ages: AgeTable

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
        return None if self.age is None else rule_for(self.age, self.ages)

    @property
    def next_turn(self) -> tuple[date, AgeRule] | None:
        """The next birthday that changes who must say yes, and the rule from then on."""
        if self.family is None:
            return None
        return next((turn for turn in turns(self.family.born_on, self.ages) if turn[0] > self.today), None)

    def can_sign(self, relative: Relative) -> Decision:
        """Can a paper of theirs count for anything? A guardian's cannot from the 18th birthday on."""
        if self.rule is None:
            return deny(_("Den unges födelsedatum saknas. Utan det går det inte att säga vem som behöver säga ja."))
        if relative.role is CaseRole.GUARDIAN and not self.rule.guardians:
            return deny(
                _(
                    "Den unge har fyllt %(age)s år och bestämmer själv. Vårdnadshavarnas ja gäller inte längre.",
                    age=min(self.rule.from_age, MAJORITY),
                )
            )
        return ALLOW


def household_of(session: Session, reading: Reading, case: Case, today: date) -> Household:
    """The family as coordination's own reading of the case opens it."""
    ids = [person.person_id for person in case.people]
    parts = parts_of(session, reading, ids)
    birthday = born_on(reading, parts.get(case.youth_id))
    relatives = tuple(
        Relative(person.person_id, person.role, _name(reading, case, person, parts.get(person.person_id)))
        for person in case.people
    )
    ages = organisations.age_table(session, case.municipality_id)
    family = None if birthday is None else Family(case.youth_id, case.guardian_ids, birthday, ages)
    return Household(relatives, family, today, ages)


def _name(reading: Reading, case: Case, person: CasePerson, parts: Parts | None) -> str:
    return (None if case.is_protected else called_name(reading, parts)) or place_of(person)


def place_of(person: CasePerson) -> str:
    """What somebody is called where their name is not known or not said."""
    return str(_("Vårdnadshavare %(number)s", number=person.position) if person.position else _("Den unge"))
