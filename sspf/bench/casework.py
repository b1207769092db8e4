"""The case that is measured: as many sealed fields on its page as the scale says, written through the services."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from sspf.bench.municipality import Town
from sspf.cases import parties, policy, queries
from sspf.cases import service as cases
from sspf.cases.models import Case, StatementKind
from sspf.consents.agreement import Family, Row
from sspf.consents.answers import Answer, Answers
from sspf.consents.service import Paper, record_consent
from sspf.db import clock, locks
from sspf.law.kinds import Kind
from sspf.law.purposes import Purpose
from sspf.notes.drafts import Draft
from sspf.notes.models import Basis
from sspf.notes.service import add_note
from sspf.people import numbers
from sspf.people.queries import born_on, parts_of
from sspf.people.service import Described
from sspf.plans.responsible import FAMILY, Responsible
from sspf.plans.service import create_action
from sspf.vault import door
from sspf.vault.reading import Reading
from sspf.vault.writing import About, AboutKind

# From Skatteverket's test series: a youth of thirteen or so, and two guardians.
YOUTH, GUARDIANS = "201303052383", ("198003052381", "197903052384")

# What the page shows of the family and in the youth's own words, before any action or note:
# three called names and birth dates, the youth's age, and two statements.
ALWAYS_SHOWN = 9


def open_case(session: Session, town: Town, *, fields: int) -> UUID:
    """A case agreed to by the family, whose page shows the coordinator ``fields`` sealed fields."""
    case_id = _opened(session, town)
    locks.exclusive(session, case_id)
    for place in range(1 + len(GUARDIANS)):
        _sign(session, town, case_id, place)
    case = queries.get_case(session, town.coordinator, case_id)
    for kind in StatementKind:
        cases.write_statement(session, town.coordinator, case, kind=kind, statement=_text(0))
    for place in range(fields - ALWAYS_SHOWN):
        write = _promise if place % 2 else _note
        write(session, town, case, place)
    session.flush()
    return case_id


def _opened(session: Session, town: Town) -> UUID:
    case = cases.open_case(
        session,
        town.coordinator,
        coordination=town.places["coordination"],
        youth=_described("Elis", YOUTH),
        guardians=[_described(f"Vuxen{place}", number) for place, number in enumerate(GUARDIANS)],
    )
    session.flush()
    case = queries.get_case(session, town.coordinator, case.id)
    for name, place in town.places.items():
        if name != "coordination":
            parties.add_party(
                session,
                town.coordinator,
                case,
                organisation_id=place.id,
                user_ids=[town.people[name].user_id],
            )
    session.flush()
    return case.id


def _described(called: str, number: str) -> Described:
    return Described(called, f"{called} Mätsson", numbers.parse(number), "070-1740606")


def _sign(session: Session, town: Town, case_id: UUID, place: int) -> None:
    """One of the family says yes to everyone at the table, and to the school telling coordination."""
    case = queries.get_case(session, town.coordinator, case_id)
    reading = door.open(session, policy.access_to(town.coordinator, case, clock.now(session)), Purpose.CONSENT)
    coordination = town.coordinator.organisation_id
    others = [one.id for one in town.places.values() if one.id != coordination]
    record_consent(
        session,
        town.coordinator,
        case,
        person_id=case.people[place].person_id,
        paper=Paper(
            given_on=clock.today(session),
            valid_until=clock.now(session) + timedelta(days=150),
            form_version="2026-1",
        ),
        answers=Answers(
            wants=Answer.YES,
            organisations=dict.fromkeys(others, Answer.YES),
            rows={Row(town.places["school"].id, coordination, Kind.ATTENDANCE): Answer.YES},
        ),
        family=_family(session, case, reading),
        reading=reading,
    )
    session.flush()


def _family(session: Session, case: Case, reading: Reading) -> Family:
    youth = case.youth_id
    birthday = born_on(reading, parts_of(session, reading, [youth])[youth])
    if birthday is None:
        raise LookupError("the youth was described with a number")
    return Family(youth, case.guardian_ids, birthday)


def _promise(session: Session, town: Town, case: Case, place: int) -> None:
    """Something to do for each organisation in turn, and now and then for the family."""
    name = list(town.places)[place % len(town.places)]
    named = Responsible(town.places[name].id, town.people[name].user_id)
    create_action(
        session,
        town.coordinator,
        case,
        text=_text(place)[:100],
        responsible=FAMILY if place % 9 == 0 else named,
        due_on=clock.today(session) + timedelta(days=place - 10),
    )


def _note(session: Session, town: Town, case: Case, place: int) -> None:
    """What coordination knows itself, and what the school has told it, in turn."""
    is_told = place % 4 == 0
    writer = town.people["school" if is_told else "coordination"]
    draft = Draft(
        kind=Kind.ATTENDANCE if is_told else Kind.FAMILY_VIEW,
        about=About(AboutKind.YOUTH, case.youth_id),
        source_id=writer.organisation_id,
        basis=Basis.OWN_OBSERVATION,
        observed_on=clock.today(session) - timedelta(days=place),
        statement=_text(place),
        recipients=frozenset({town.coordinator.organisation_id} if is_told else ()),
    )
    add_note(session, writer, case, draft)


def _text(place: int) -> str:
    """A few sentences of the length people write, no two alike."""
    return f"Mätpost {place}. Kommer i tid tre dagar av fem och stannar gärna kvar efteråt. " * (1 + place % 3)
