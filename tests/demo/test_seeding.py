"""What stands in the demo when it is new, and that it is made nowhere but in an empty database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from audit.events import SYSTEM_LOG, Who
from audit.verification import verify
from auth.models import User
from sspf.cases.models import Case, CaseRole, Closing, ClosingText, Part, Reason, State
from sspf.consents.lasting import ENDS_SOON, SIGNED_WITHIN
from sspf.consents.models import Consent, EndReason, Way
from sspf.db import clock
from sspf.demo import numbers
from sspf.demo.cast import CAST, MUNICIPALITY, PLACES
from sspf.demo.families import families
from sspf.demo.newcomer import NAME as NEWCOMER
from sspf.demo.seeding import NotTheDemo, seed_if_empty
from sspf.meetings.models import AgendaItem, Attendance, Meeting, MeetingKind, MeetingNote, MeetingState
from sspf.organisations.models import Authority, Organisation
from sspf.organisations.service import add_municipality
from sspf.people.models import PersonPart
from sspf.plans.models import Action, Status
from sspf.vault.models import Disclosure
from tests.conftest import FreshDatabase
from tests.demo.conftest import Demo
from tests.unsealed import Unsealed, everything_sealed


@dataclass(frozen=True)
class Told:
    """One case of the demo and what is agreed in it."""

    state: State
    age: int
    guardians: int
    agreed: dict[CaseRole, int]
    is_ended: bool
    has_expired: bool
    takes_part: int


@pytest.fixture
def session(demo: Demo) -> Iterator[Session]:
    with demo.installation.sessions.begin() as session:
        yield session


@pytest.fixture(scope="module")
def sealed(demo: Demo) -> list[Unsealed]:
    return everything_sealed(demo.installation.sessions)


@pytest.fixture
def stories(session: Session, sealed: list[Unsealed]) -> list[Told]:
    today, now = clock.today(session), clock.now(session)
    born = {one.envelope_id: one.text for one in sealed if one.place == "person_part.born_on"}
    parts = {part.envelope_id: part.person_id for part in session.scalars(select(PersonPart))}
    birthdays = {parts[envelope]: date.fromisoformat(day) for envelope, day in born.items()}
    told = []
    for case in session.scalars(select(Case).where(Case.reference <= first_references(session))):
        people = session.execute(text("SELECT person_id, role FROM case_person WHERE case_id = :id"), {"id": case.id})
        roles = {row.person_id: CaseRole(row.role) for row in people}
        (youth,) = [person for person, role in roles.items() if role is CaseRole.YOUTH]
        consents = session.scalars(select(Consent).where(Consent.case_id == case.id)).all()
        spells = session.execute(
            text("SELECT count(*) FROM participation WHERE case_id = :id AND ended_at IS NULL AND valid_until > now()"),
            {"id": case.id},
        )
        told.append(
            Told(
                state=case.state,
                age=(today - birthdays[youth]).days * 100 // 36525,
                guardians=len(roles) - 1,
                agreed={role: sum(roles[one.person_id] is role for one in consents) for role in CaseRole},
                is_ended=bool(consents) and all(one.ended_at for one in consents),
                has_expired=bool(consents) and all(one.valid_until <= now for one in consents),
                takes_part=spells.scalar_one(),
            )
        )
    return told


def first_references(session: Session) -> str:
    """The last of those that were seeded; other tests may have opened more."""
    seeded = len(families(clock.today(session)))
    references = session.scalars(select(Case.reference).order_by(Case.reference).limit(seeded)).all()
    assert len(references) == seeded
    return references[-1]


def test_six_organisations_stand_under_their_authorities(session):
    authorities = {authority.id: authority.name for authority in session.scalars(select(Authority))}
    places = {one.name: authorities[one.authority_id] for one in session.scalars(select(Organisation))}

    assert places == {place.name: place.authority for place in PLACES.values()}
    assert len(places) == 6
    assert len({place.kind for place in PLACES.values()}) == 6


def test_a_cast_of_seven_with_readable_names(session):
    confirmed = session.scalars(select(User).where(User.confirmed_at.is_not(None)))

    assert {user.name for user in confirmed} == {member.name for member in CAST.values()}
    assert len(CAST) == 7


@pytest.mark.parametrize(("key", "is_asked"), [("coordinator", True), ("leisure", True), ("school", False)])
def test_a_new_colleague_waits_for_somebody_who_knows_them(demo, key, is_asked):
    page = demo.client(key).get("/bekrafta")

    assert (NEWCOMER in page.text) is is_asked


def test_the_administrator_has_begun_and_has_some_left_to_do(demo):
    page = demo.client("administrator").get("/administration").text
    left, _, done = page.partition("<main")[2].partition("<details")

    assert all(step in left for step in ("Två koordinatorer", "Två administratörer", "Kommunens samtyckesblankett"))
    assert all(step in done for step in ("Kommunens beslut om åldrar", "Era ord", "Vad uppgifterna kallas"))
    assert left.count(">Kvar<") == 3


def test_one_has_a_protected_identity(session):
    (case,) = session.scalars(select(Case).where(Case.is_protected))

    shared = text(
        "SELECT DISTINCT e.kind FROM disclosure d JOIN envelope e ON e.id = d.envelope_id"
        " JOIN erasure_unit u ON u.id = e.unit_id WHERE d.ground = 'consent' AND (u.subject_id = :id"
        " OR u.subject_id IN (SELECT person_id FROM case_person WHERE case_id = :id))"
    )
    assert session.scalars(shared, {"id": case.id}).all() == ["actions"]


def test_in_one_an_association_takes_part_where_nobody_has_an_account(session):
    found = text(
        "SELECT count(*) FROM guest g JOIN party p ON p.id = g.party_id JOIN reservation r ON r.party_id = p.id"
        " JOIN participation s ON s.case_id = p.case_id AND s.organisation_id = p.organisation_id"
        " JOIN organisation o ON o.id = p.organisation_id WHERE o.kind = 'association'"
        " AND s.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.organisation_id = o.id)"
    )

    assert session.scalar(found) == 1


def test_one_waits_for_consent(stories):
    assert any(one.state is State.CONSENT and not sum(one.agreed.values()) for one in stories)


def test_one_has_the_consent_of_some_and_not_of_all(stories):
    assert any(
        one.state is State.CONSENT and 0 < one.agreed[CaseRole.GUARDIAN] < one.guardians and one.takes_part == 0
        for one in stories
    )


def test_in_one_the_consent_was_withdrawn(stories):
    assert any(one.state is State.WITHDRAWN and one.is_ended and one.takes_part == 0 for one in stories)


def test_in_one_the_consent_has_expired(stories):
    assert any(one.has_expired and not one.is_ended and one.takes_part == 0 for one in stories)


def test_one_yes_was_said_and_waits_for_its_signature(session):
    (said,) = session.scalars(select(Consent).where(Consent.way == Way.SPOKEN, Consent.ended_at.is_(None)))

    assert clock.today(session) < said.last_day <= said.given_on + timedelta(days=SIGNED_WITHIN)


def test_one_consent_ends_within_a_month_and_one_has_been_renewed(session):
    soon = clock.now(session) + timedelta(days=ENDS_SOON)
    on_paper = session.scalars(select(Consent).where(Consent.way == Way.PAPER)).all()

    assert any(one.is_live(clock.now(session)) and one.valid_until < soon for one in on_paper)
    assert [one.end_reason for one in on_paper].count(EndReason.REPLACED) == 1


def test_what_is_pressing_waits_for_the_coordinator(demo):
    page = demo.client("coordinator").get("/").text

    assert re.search("Ett muntligt ja ska skrivas under senast", page)
    assert re.search("Samtycket gäller till och med .* Fråga familjen om de vill förnya det", page)
    assert "Familjen har tagit tillbaka sitt ja" in page
    assert NEWCOMER not in page
    assert "väntar på att någon säger vems det är" in page


def test_one_case_is_closed_with_its_outcome_and_a_hand_over(session):
    (closing,) = session.scalars(select(Closing))

    assert closing.reason is Reason.GOALS_REACHED
    assert set(session.scalars(select(ClosingText.part))) == set(Part)
    assert session.get_one(Case, closing.case_id).state is State.CLOSED


def test_what_was_noted_at_the_meeting_that_was_held_is_told(session):
    (held,) = session.scalars(select(Meeting).where(Meeting.state == MeetingState.HELD))
    told = select(func.count(func.distinct(MeetingNote.case_id))).join(
        Disclosure, Disclosure.envelope_id == MeetingNote.envelope_id
    )

    assert held.published_at is not None
    assert session.scalar(told.where(Disclosure.ground == "consent")) == 3


def test_a_family_is_asked_to_come_to_a_meeting_of_theirs(session):
    (theirs,) = session.scalars(select(Meeting).where(Meeting.kind == MeetingKind.FAMILY))
    rows = session.scalars(select(Attendance).where(Attendance.meeting_id == theirs.id)).all()

    assert theirs.state is MeetingState.PLANNED
    assert len([row for row in rows if row.person_id]) == 3  # the youth and both guardians
    assert [row for row in rows if row.user_id]


def test_one_is_about_a_nine_year_old_who_is_not_asked(stories):
    (nine,) = [one for one in stories if one.age == 9]

    assert nine.agreed == {CaseRole.YOUTH: 0, CaseRole.GUARDIAN: nine.guardians}
    assert nine.takes_part


def test_one_is_about_a_sixteen_year_old_who_signed_beside_the_guardians(stories):
    (sixteen,) = [one for one in stories if one.age == 16]

    assert sixteen.agreed == {CaseRole.YOUTH: 1, CaseRole.GUARDIAN: 2}
    assert sixteen.takes_part


def test_some_actions_are_late_and_one_of_those_is_the_familys(session):
    today = clock.today(session)
    late = [one for one in session.scalars(select(Action)) if one.status is Status.OPEN and one.due_on < today]

    assert {one.is_family for one in late} == {True, False}


def test_there_is_a_meeting_today(session):
    planned = session.scalars(select(Meeting).where(Meeting.state == MeetingState.PLANNED)).all()

    days = {meeting.starts_at.astimezone(clock.SWEDEN).date() for meeting in planned}
    # just before midnight it is the next quarter of an hour
    assert days & {clock.today(session), (clock.now(session) + timedelta(minutes=15)).astimezone(clock.SWEDEN).date()}


def test_it_is_a_meeting_about_six_cases(session):
    in_the_group = (Meeting.state == MeetingState.PLANNED, Meeting.kind == MeetingKind.GROUP)
    on_agendas = select(func.count()).select_from(AgendaItem).join(Meeting).where(*in_the_group)

    assert session.scalar(on_agendas.group_by(Meeting.id)) == 6


def test_every_number_is_of_the_series(sealed):
    given = {one.text for one in sealed if one.place == "person_part.number"}

    assert len(given) >= 16
    assert given <= numbers.test_numbers()


def test_all_of_it_is_on_the_record(demo, session):
    municipality_id = session.execute(text("SELECT id FROM municipality")).scalar_one()
    for log in (municipality_id, SYSTEM_LOG):
        report = verify(session, log, demo.installation.log_sealer)
        assert report.ok
        assert report.size > 0
    events = session.execute(text("SELECT event, count(*) FROM audit_entry_facts GROUP BY event")).all()
    assert {"case:opened", "consent:recorded", "envelope:sealed", "disclosure:made"} <= {event for event, _ in events}
    assert dict(map(tuple, events))["case:opened"] >= len(families(clock.today(session)))


def test_a_demo_that_is_there_is_left_as_it_is(demo, session):
    before = session.execute(text("SELECT sum(size) FROM audit_log")).scalar_one()

    assert not seed_if_empty(demo.installation)
    assert session.execute(text("SELECT name FROM municipality")).scalars().all() == [MUNICIPALITY]
    assert session.execute(text("SELECT sum(size) FROM audit_log")).scalar_one() == before


def test_a_municipalitys_own_database_is_not_touched(fresh_database: FreshDatabase):
    with fresh_database.sessions.begin() as session:
        add_municipality(session, Who(system="tests"), code="0581", name="Norrköping")

    with pytest.raises(NotTheDemo, match="--data-dir"):
        seed_if_empty(fresh_database)

    with fresh_database.sessions.begin() as session:
        assert session.scalars(select(Organisation)).all() == []
        assert session.scalars(select(User)).all() == []
