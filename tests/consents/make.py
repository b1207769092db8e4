"""Makers: something to share, and a look at what is shared."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sspf.cases import queries as cases
from sspf.cases.models import Case, CaseStatement, StatementKind
from sspf.consents import queries
from sspf.consents.agreement import Row
from sspf.consents.answers import Answer, Answers
from sspf.consents.disclosing import tell
from sspf.consents.models import Consent, Way
from sspf.consents.printed.asked import DEFAULT, Asked, Question
from sspf.consents.printed.models import ConsentForm
from sspf.consents.printed.service import add_form
from sspf.consents.service import Paper, record_consent
from sspf.db import clock
from sspf.law.consenters import nth_birthday
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.organisations.models import OrganisationKind
from sspf.vault.disclosed import live_disclosures
from sspf.vault.models import WrappedKey
from sspf.vault.writing import About, AboutKind, Unit, seal
from tests.world import CONTACTS, World, family_of, reading_of

# the school may tell the police how school goes, and nothing else is asked
NARROW = Asked(
    frozenset({OrganisationKind.SCHOOL, OrganisationKind.POLICE}),
    frozenset({Question(OrganisationKind.SCHOOL, OrganisationKind.POLICE, Kind.SCHOOL)}),
)
FACT = "Har varit i skolan varje dag."


@dataclass(frozen=True)
class Fact:
    """A sealed fact of a source's own about somebody in the case."""

    record: CaseStatement
    source: str
    kind: Kind
    about_id: UUID

    @property
    def envelope_id(self) -> UUID:
        return self.record.envelope_id


def a_fact(
    session: Session,
    world: World,
    case: Case,
    *,
    source: str = "school",
    kind: Kind = Kind.SCHOOL,
    about_id: UUID | None = None,
    replaces: UUID | None = None,
) -> Fact:
    """Something ``source`` knows, sealed and shown to nobody else yet."""
    about_id = about_id or case.youth_id
    record = CaseStatement(municipality_id=case.municipality_id, case_id=case.id, kind=StatementKind.CHILD_VOICE)
    organisation = world.organisations[source]
    seal(
        session,
        world.people[source],
        record,
        unit=Unit("case", case.id, organisation.authority_id),
        owner=organisation.id,
        source=organisation.id,
        kind=kind,
        about=About(AboutKind.YOUTH if about_id == case.youth_id else AboutKind.GUARDIAN, about_id),
        fields={"statement": FACT},
        replaces=replaces,
    )
    session.add(record)
    session.flush()
    return Fact(record, source, kind, about_id)


def told(session: Session, world: World, case: Case, fact: Fact, to: str) -> bool:
    """Let the source tell ``to``, if the family's yes is there; whether it was."""
    row = Row(world.id_of(fact.source), world.id_of(to), fact.kind)
    ground = queries.grounds_in(session, case).get((row, fact.about_id))
    if ground is None:
        return False
    tell(session, world.people[fact.source], [fact.envelope_id], to=world.id_of(to), ground=ground)
    return True


def can_read(session: Session, world: World, case: Case, name: str, fact: Fact) -> bool:
    """Whether the case exists for ``name``'s contact and the door opens the fact to them."""
    visible = cases.list_cases_by_id(session, world.people[name], {case.id})
    return bool(visible) and fact.envelope_id in reading_of(session, world.people[name], case).opened


def keys_for(session: Session, world: World, case: Case, name: str) -> int:
    """How many of the case's data keys are wrapped for the organisation, its own records not counted."""
    consents = [consent.id for consent in queries.list_consents(session, case)]
    ids = [one.id for one in live_disclosures(session, resting_on=consents) if one.organisation_id == world.id_of(name)]
    return len(session.scalars(select(WrappedKey.disclosure_id).where(WrappedKey.disclosure_id.in_(ids))).all())


def refresh(session: Session, world: World, case: Case) -> Case:
    return cases.get_case(session, world.coordinator, case.id)


def answers(
    world: World,
    *rows: tuple[str, str, Kind],
    present: tuple[str, ...] = CONTACTS,
    wants: Answer = Answer.YES,
) -> Answers:
    return Answers(
        wants,
        {world.id_of(name): Answer.YES for name in present},
        {Row(world.id_of(source), world.id_of(to), kind): Answer.YES for source, to, kind in rows},
    )


def sign(
    session: Session,
    world: World,
    case: Case,
    person_id: UUID,
    given: Answers,
    *,
    lasting: timedelta = timedelta(days=180),
    born_on: date | None = None,
    spoken: bool = False,
    given_on: date | None = None,
) -> Consent:
    """Record what one person signed or said; ``born_on`` puts the youth at another age."""
    case = refresh(session, world, case)
    reading = reading_of(session, world.coordinator, case, Purpose.CONSENT)
    family = family_of(session, case, reading)
    consent = record_consent(
        session,
        world.coordinator,
        case,
        person_id=person_id,
        paper=Paper(
            given_on or clock.today(session),
            clock.now(session) + lasting,
            form_version="1",
            way=Way.SPOKEN if spoken else Way.PAPER,
            told_to=world.coordinator.user_id if spoken else None,
        ),
        answers=given,
        family=replace(family, born_on=born_on or family.born_on),
        reading=reading,
    )
    session.flush()
    return consent


def born_so_that_they_turn(age: int, day: date) -> date:
    """A birth date whose ``age``th birthday is ``day``."""
    return nth_birthday(day, -age)


def a_form(
    session: Session,
    world: World,
    *,
    version: str = "2026-2",
    valid_from: date | None = None,
    asked: Asked = DEFAULT,
) -> ConsentForm:
    """A version of the municipality's form, in force from today unless said otherwise."""
    form = add_form(
        session,
        world.administrator,
        version=version,
        approved_by="Prövnämnden",
        approved_on=clock.today(session),
        valid_from=valid_from or clock.today(session),
        asked=asked,
    )
    session.flush()
    return form
