"""A small invented municipality with a cast named for what they may do, for every test that needs people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from audit.events import Who
from auth import accounts, sessions
from auth.actor import Actor
from auth.models import UserSession
from auth.permissions import Role
from sspf.cases import policy, queries
from sspf.cases.models import Case
from sspf.cases.parties import add_party
from sspf.cases.service import open_case
from sspf.concerns.kinds import add_first_kinds
from sspf.consents.agreement import Family, Row
from sspf.consents.answers import Answer, Answers
from sspf.consents.models import Consent
from sspf.consents.service import Paper, record_consent
from sspf.db import clock
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.organisations.models import Authority, Municipality, Organisation, OrganisationKind
from sspf.organisations.queries import age_table
from sspf.organisations.service import add_authority, add_municipality, add_organisation
from sspf.people import numbers
from sspf.people.queries import born_on, parts_of
from sspf.people.service import Described
from sspf.vault import door
from sspf.vault.reading import Reading

TESTS = Who(system="tests")

# From Skatteverket's test series.
YOUTH_9 = "201704122397"
YOUTH_15 = "201103142384"
YOUTH_16 = "201005122385"
OF_AGE = "200701012387"
GUARDIANS = ("198005012383", "198005012391")

CALLED, FULL_NAME, CONTACT = "Pricken", "Prick Prövdotter", "Provgatan 7, 070-1740605"

# One organisation each; the outsider sits at a school that is in no case.
CAST = {
    "coordinator": ("Koordinator Ek", OrganisationKind.COORDINATION, Role.COORDINATOR),
    "social": ("Socialsekreterare Lind", OrganisationKind.SOCIAL_SERVICES, Role.CONTACT),
    "school": ("Kurator Rönn", OrganisationKind.SCHOOL, Role.CONTACT),
    "police": ("Kommunpolis Alm", OrganisationKind.POLICE, Role.CONTACT),
    "leisure": ("Fritidsledare Asp", OrganisationKind.LEISURE, Role.CONTACT),
    "outsider": ("Kurator Utanför", OrganisationKind.SCHOOL, Role.CONTACT),
    "auditor": ("Granskare Hägg", OrganisationKind.COORDINATION, Role.AUDITOR),
    "administrator": ("Administratör Sälg", OrganisationKind.COORDINATION, Role.ADMINISTRATOR),
}
CONTACTS = ("social", "school", "police", "leisure")


@dataclass(frozen=True)
class World:
    """``people["school"]`` is the school's contact as an actor, ``organisations["school"]`` where they work."""

    municipality: Municipality
    organisations: dict[str, Organisation]
    people: dict[str, Actor] = field(repr=False)

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def id_of(self, name: str) -> UUID:
        """The organisation's id."""
        return self.organisations[name].id


def world_in(session: Session, people: dict[str, Actor]) -> World:
    """The world that a database was made with, as this session has it; ``people`` are as they were then, and here."""
    keep_signed_in(session)
    by_id = {organisation.id: organisation for organisation in session.scalars(select(Organisation))}
    organisations = {name: by_id[actor.organisation_id] for name, actor in people.items()}
    return World(session.scalars(select(Municipality)).one(), organisations, people)


def keep_signed_in(session: Session) -> None:
    """Everyone has just used their session: fifteen minutes without it would end it."""
    session.execute(update(UserSession).values(last_seen_at=func.clock_timestamp()))


def build_world(session: Session) -> World:
    municipality = add_municipality(session, TESTS, code="0000", name="Prövköping")
    session.flush()
    add_first_kinds(session, TESTS, municipality_id=municipality.id)
    organisations: dict[str, Organisation] = {}
    authority: Authority | None = None
    for name, (_, kind, role) in CAST.items():
        if role in {Role.AUDITOR, Role.ADMINISTRATOR}:
            organisations[name] = organisations["coordinator"]
            continue
        authority = add_authority(session, TESTS, municipality_id=municipality.id, name=f"Nämnden {name}")
        session.flush()
        rule = "OSL 26 kap. 1 §" if kind is OrganisationKind.COORDINATION else None
        organisations[name] = add_organisation(
            session, TESTS, authority=authority, name=f"Enheten {name}", kind=kind, secrecy_rule=rule
        )
        session.flush()
    people = {name: _person(session, municipality, organisations[name], name) for name in CAST}
    session.flush()
    return World(municipality, organisations, people)


def _person(session: Session, municipality: Municipality, organisation: Organisation, name: str) -> Actor:
    called, _, role = CAST[name]
    user = accounts.add_user(
        session, TESTS, municipality_id=municipality.id, email=f"{name}@provkoping.example", name=called
    )
    assignment = accounts.give_assignment(session, TESTS, user.id, organisation_id=organisation.id, role=role)
    accounts.confirm_user(session, TESTS, user.id)
    session.flush()
    started = sessions.start(session, user.id, assignment.id)
    return Actor(
        user_id=user.id,
        name=called,
        assignment_id=assignment.id,
        organisation_id=organisation.id,
        role=role,
        municipality_id=municipality.id,
        session_id=started.session_id,
    )


def described(number: str, called: str = CALLED) -> Described:
    return Described(
        called_name=called, full_name=f"{called} Prövdotter", number=numbers.parse(number), contact=CONTACT
    )


def a_case(
    session: Session,
    world: World,
    *,
    youth: str = YOUTH_9,
    guardians: Sequence[str] = GUARDIANS[:1],
    parties: Sequence[str] = CONTACTS,
) -> Case:
    """A case with its parties named and nothing agreed; call ``agree`` for that."""
    case = open_case(
        session,
        world.coordinator,
        coordination=world.organisations["coordinator"],
        youth=described(youth),
        guardians=[described(number, f"Vuxen{place}") for place, number in enumerate(guardians, start=1)],
    )
    session.flush()
    case = queries.get_case(session, world.coordinator, case.id)
    for name in parties:
        add_party(
            session,
            world.coordinator,
            case,
            organisation_id=world.id_of(name),
            user_ids=[world.people[name].user_id],
        )
    session.flush()
    return queries.get_case(session, world.coordinator, case.id)


def reading_of(session: Session, actor: Actor, case: Case, purpose: Purpose = Purpose.CASE) -> Reading:
    """What ``actor`` may see of the case now. The case is read afresh."""
    fresh = queries.get_case(session, actor, case.id)
    return door.open(session, policy.access_to(actor, fresh, clock.now(session)), purpose)


def family_of(session: Session, case: Case, reading: Reading) -> Family:
    youth = case.youth_id
    birthday = born_on(reading, parts_of(session, reading, [youth])[youth])
    assert birthday is not None
    return Family(youth, case.guardian_ids, birthday, age_table(session, case.municipality_id))


def agree(
    session: Session,
    world: World,
    case: Case,
    *,
    person_id: UUID | None = None,
    present: Sequence[str] = CONTACTS,
    rows: Sequence[tuple[str, str, Kind]] = (),
    until: datetime | None = None,
    wants: Answer = Answer.YES,
) -> list[Consent]:
    """Let ``person_id`` (everyone in the case if None) say yes to who is present and to who tells whom what."""
    case = queries.get_case(session, world.coordinator, case.id)
    answers = Answers(
        wants=wants,
        organisations={world.id_of(name): Answer.YES for name in present},
        rows={Row(world.id_of(source), world.id_of(recipient), kind): Answer.YES for source, recipient, kind in rows},
    )
    asked = [person_id] if person_id else [person.person_id for person in case.people]
    given = []
    for one in asked:
        reading = reading_of(session, world.coordinator, case, Purpose.CONSENT)
        given.append(
            record_consent(
                session,
                world.coordinator,
                case,
                person_id=one,
                paper=Paper(
                    given_on=clock.today(session),
                    valid_until=until or datetime.now(UTC) + timedelta(days=180),
                    form_version="2026-1",
                ),
                answers=answers,
                family=family_of(session, case, reading),
                reading=reading,
            )
        )
        session.flush()
        case = queries.get_case(session, world.coordinator, case.id)
    return given
