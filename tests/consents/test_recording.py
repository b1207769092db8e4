"""Recording a signed form: what it gives, to whom, and only together with everyone else who must agree."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from auth.decisions import NotPermitted
from sspf.cases.models import State
from sspf.cases.queries import list_cases_by_id
from sspf.consents import answers as answering
from sspf.consents import queries
from sspf.consents.agreement import Row
from sspf.consents.answers import Answer, Answers
from sspf.consents.desk import open_desk
from sspf.consents.lasting import end_of, months_after
from sspf.consents.models import Consent
from sspf.consents.service import Paper, record_consent
from sspf.db import clock, new_id
from sspf.errors import NotFound, ValidationFailed
from sspf.law.consenters import AgeRule, AgeTable
from sspf.law.kinds import CONSENT_RECORD, Kind
from sspf.law.purposes import Purpose
from sspf.organisations import ages
from tests.consents.family import midnight
from tests.consents.make import a_fact, answers, born_so_that_they_turn, can_read, refresh, sign, told
from tests.world import CONTACTS, GUARDIANS, YOUTH_9, YOUTH_15, YOUTH_16, World, a_case, family_of, reading_of

SCHOOL_TO_POLICE = ("school", "police", Kind.SCHOOL)


def row(world: World, source: str, recipient: str, kind: Kind) -> Row:
    return Row(world.id_of(source), world.id_of(recipient), kind)


def taking_part(session: Session, world: World, case_id: UUID) -> set[str]:
    """The contacts the case exists for."""
    return {name for name in CONTACTS if list_cases_by_id(session, world.people[name], {case_id})}


def test_one_guardians_yes_gives_exactly_what_was_ticked(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids

    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE, present=("school", "police")))

    assert taking_part(session, world, case.id) == {"school", "police"}
    fact = a_fact(session, world, case)
    assert told(session, world, case, fact, "police")
    assert not told(session, world, case, fact, "social")
    assert not told(session, world, case, a_fact(session, world, case, kind=Kind.STUDENT_HEALTH), "police")
    assert can_read(session, world, case, "police", fact)


def test_nothing_happens_until_both_guardians_have_said_yes(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    mother, father = case.guardian_ids

    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))
    assert taking_part(session, world, case.id) == set()

    sign(session, world, case, father, answers(world, SCHOOL_TO_POLICE))
    assert taking_part(session, world, case.id) == set(CONTACTS)


def test_what_only_one_guardian_agrees_to_is_not_agreed_to(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    mother, father = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))
    sign(session, world, case, father, answers(world, present=("school", "police")))

    assert taking_part(session, world, case.id) == {"school", "police"}
    assert queries.grounds_in(session, case).get((row(world, *SCHOOL_TO_POLICE), case.youth_id)) is None


def test_one_guardians_yes_lets_that_guardian_be_told_of_and_nobody_else(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    mother, father = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))
    sign(session, world, case, father, answers(world))

    grounds = {
        person: queries.grounds_in(session, case).get((row(world, *SCHOOL_TO_POLICE), person))
        for person in (mother, father, case.youth_id, None, new_id())
    }

    assert [person for person, ground in grounds.items() if ground] == [mother]


@pytest.mark.parametrize("missing", ["the youth", "a guardian"])
def test_at_sixteen_the_youth_is_needed_beside_the_guardians(session: Session, world: World, missing: str) -> None:
    case = a_case(session, world, youth=YOUTH_16)
    (mother,) = case.guardian_ids
    first, second = (mother, case.youth_id) if missing == "the youth" else (case.youth_id, mother)

    sign(session, world, case, first, answers(world, SCHOOL_TO_POLICE))
    assert taking_part(session, world, case.id) == set()

    sign(session, world, case, second, answers(world, SCHOOL_TO_POLICE))
    assert taking_part(session, world, case.id) == set(CONTACTS)


def test_at_sixteen_the_youths_no_stops_it_also_when_the_guardians_say_yes(session: Session, world: World) -> None:
    case = a_case(session, world, youth=YOUTH_16)
    sign(session, world, case, case.guardian_ids[0], answers(world, SCHOOL_TO_POLICE))

    sign(session, world, case, case.youth_id, answers(world, SCHOOL_TO_POLICE, wants=Answer.NO))

    assert taking_part(session, world, case.id) == set()


def test_at_eighteen_the_own_yes_is_enough_and_no_guardians_yes_counts(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    born_on = born_so_that_they_turn(18, clock.today(session))
    for guardian in case.guardian_ids:
        sign(session, world, case, guardian, answers(world, SCHOOL_TO_POLICE), born_on=born_on)
    assert taking_part(session, world, case.id) == set()

    sign(session, world, case, case.youth_id, answers(world, SCHOOL_TO_POLICE), born_on=born_on)

    assert taking_part(session, world, case.id) == set(CONTACTS)


def test_everything_a_guardian_agrees_to_ends_at_the_eighteenth_birthday(session: Session, world: World) -> None:
    case = a_case(session, world)
    birthday = clock.today(session) + timedelta(days=30)
    (mother,) = case.guardian_ids
    born_on = born_so_that_they_turn(18, birthday)
    sign(session, world, case, case.youth_id, answers(world, SCHOOL_TO_POLICE), born_on=born_on)

    consent = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), born_on=born_on)

    assert consent.valid_until == midnight(birthday)
    assert {waiver.valid_until for waiver in queries.unended_waivers(session, case.id)} == {midnight(birthday)}


def test_a_fourteen_year_olds_sharing_ends_the_midnight_they_turn_fifteen(session: Session, world: World) -> None:
    case = a_case(session, world)
    birthday = clock.today(session) + timedelta(days=20)
    (mother,) = case.guardian_ids

    consent = sign(
        session, world, case, mother, answers(world, SCHOOL_TO_POLICE), born_on=born_so_that_they_turn(15, birthday)
    )

    case = refresh(session, world, case)
    assert consent.valid_until > midnight(birthday)
    assert {spell.valid_until for spell in case.participations} == {midnight(birthday)}
    ground = queries.grounds_in(session, case).get((row(world, *SCHOOL_TO_POLICE), case.youth_id))
    assert ground is not None
    assert ground.until == midnight(birthday)
    assert _disclosed_until(session, world.id_of("police")) == {midnight(birthday)}


def test_a_fourteen_year_olds_own_yes_carries_the_sharing_past_fifteen(session: Session, world: World) -> None:
    case = a_case(session, world)
    born_on = born_so_that_they_turn(15, clock.today(session) + timedelta(days=20))
    own = sign(session, world, case, case.youth_id, answers(world, SCHOOL_TO_POLICE), born_on=born_on)

    mothers = sign(session, world, case, case.guardian_ids[0], answers(world, SCHOOL_TO_POLICE), born_on=born_on)

    ground = queries.grounds_in(session, case).get((row(world, *SCHOOL_TO_POLICE), case.youth_id))
    assert ground is not None
    assert ground.until == min(own.valid_until, mothers.valid_until)
    assert set(ground.consent_ids) == {own.id, mothers.id}


def test_a_no_to_taking_part_gives_nothing_and_leaves_no_row(session: Session, world: World) -> None:
    case = a_case(session, world)

    consent = sign(session, world, case, case.guardian_ids[0], answers(world, SCHOOL_TO_POLICE, wants=Answer.NO))

    assert consent.rows == []
    assert taking_part(session, world, case.id) == set()


def test_the_answers_are_sealed_for_coordination_alone(session: Session, world: World) -> None:
    case = a_case(session, world)
    given = answers(world, SCHOOL_TO_POLICE)
    consent = sign(session, world, case, case.guardian_ids[0], given)

    own = reading_of(session, world.coordinator, case, Purpose.CONSENT)

    assert answering.loads(own.reveal(consent, "answers")) == given
    for name in CONTACTS:
        assert not reading_of(session, world.people[name], case).envelope_ids(CONSENT_RECORD)


def test_a_no_has_no_row_anywhere_outside_the_seal(session: Session, world: World) -> None:
    case = a_case(session, world)
    said = row(world, *SCHOOL_TO_POLICE)
    given = Answers(Answer.YES, {world.id_of("school"): Answer.YES}, {said: Answer.NO})

    sign(session, world, case, case.guardian_ids[0], given)

    assert session.scalar(text("SELECT count(*) FROM consent_row WHERE kind = 'school'")) == 0
    assert session.scalar(text("SELECT count(*) FROM waiver WHERE kind = 'school'")) == 0


def test_a_new_form_replaces_the_persons_earlier_one(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    first = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    second = sign(session, world, case, mother, answers(world, present=("school",)))

    assert first.end_reason == "replaced"
    assert not first.is_live(clock.now(session))
    assert second.is_live(clock.now(session))
    assert taking_part(session, world, case.id) == {"school"}


def test_a_narrower_form_closes_what_the_earlier_one_opened(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))
    fact = a_fact(session, world, case)
    assert told(session, world, case, fact, "police")

    sign(session, world, case, mother, answers(world))

    assert not can_read(session, world, case, "police", fact)
    assert taking_part(session, world, case.id) == set(CONTACTS)


def test_only_the_coordinator_records(session: Session, world: World) -> None:
    case = a_case(session, world)
    sign(session, world, case, case.guardian_ids[0], answers(world))
    case = refresh(session, world, case)
    reading = reading_of(session, world.coordinator, case, Purpose.CONSENT)

    with pytest.raises(NotPermitted, match="Bara koordinatorn"):
        record_consent(
            session,
            world.school,
            case,
            person_id=case.guardian_ids[0],
            paper=Paper(clock.today(session), clock.now(session) + timedelta(days=1), "1"),
            answers=answers(world),
            family=family_of(session, case, reading),
            reading=reading,
        )


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN, State.DECLINED])
def test_a_case_on_its_way_out_takes_no_new_forms(session: Session, world: World, state: State) -> None:
    case = a_case(session, world)
    case.state = state
    session.flush()

    with pytest.raises(NotPermitted, match="går inte att registrera nya"):
        sign(session, world, case, case.guardian_ids[0], answers(world))


def test_somebody_outside_the_family_has_nothing_to_say(session: Session, world: World) -> None:
    with pytest.raises(NotFound):
        sign(session, world, a_case(session, world), new_id(), answers(world))


def test_an_organisation_that_the_family_is_not_asked_about_cannot_be_let_in(session: Session, world: World) -> None:
    case = a_case(session, world, parties=("school",))

    for given in (answers(world, present=("outsider",)), answers(world, ("school", "police", Kind.SCHOOL), present=())):
        with pytest.raises(ValidationFailed):
            sign(session, world, case, case.guardian_ids[0], given)

    assert queries.list_consents(session, case) == []


def test_a_paper_is_not_signed_tomorrow(session: Session, world: World) -> None:
    with pytest.raises(ValidationFailed) as refused:
        _record(session, world, Paper(clock.today(session) + timedelta(days=1), clock.now(session), "1"))

    assert set(refused.value.errors) == {"given_on"}


def test_a_paper_holds_for_twelve_months_and_not_a_day_longer(session: Session, world: World) -> None:
    signed = clock.today(session)
    last = months_after(signed, 12)

    with pytest.raises(ValidationFailed) as refused:
        _record(session, world, Paper(signed, end_of(last + timedelta(days=1)), "1"))
    consent = _record(session, world, Paper(signed, end_of(last), "1"))

    assert set(refused.value.errors) == {"valid_to"}
    assert consent.valid_until == end_of(last)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 24), 6, date(2027, 5, 24)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def _record(session: Session, world: World, paper: Paper) -> Consent:
    case = a_case(session, world, youth=YOUTH_9)
    reading = reading_of(session, world.coordinator, case, Purpose.CONSENT)
    return record_consent(
        session,
        world.coordinator,
        case,
        person_id=case.guardian_ids[0],
        paper=paper,
        answers=answers(world),
        family=family_of(session, case, reading),
        reading=reading,
    )


def _disclosed_until(session: Session, organisation_id: UUID) -> set[object]:
    found = session.execute(
        text("SELECT DISTINCT valid_until FROM disclosure WHERE organisation_id = :id"), {"id": organisation_id}
    )
    return set(found.scalars())


def test_the_municipalitys_own_table_of_ages_is_what_counts(session: Session, world: World) -> None:
    decide_ages(session, world, (0, True, False), (13, False, True), (18, False, True))
    case = a_case(session, world, youth=YOUTH_15)
    (mother,) = case.guardian_ids

    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))
    assert taking_part(session, world, case.id) == set()

    sign(session, world, case, case.youth_id, answers(world, SCHOOL_TO_POLICE))
    assert taking_part(session, world, case.id) == set(CONTACTS)


def test_a_new_table_touches_no_consent_until_the_next_one_is_recorded(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    decide_ages(session, world, (0, True, True), (18, False, True))
    assert taking_part(session, world, case.id) == set(CONTACTS)

    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))
    assert taking_part(session, world, case.id) == set()


def test_the_form_speaks_of_the_municipalitys_own_table(session: Session, world: World) -> None:
    table = decide_ages(session, world, (0, True, False), (13, False, True), (18, False, True))
    case = a_case(session, world, youth=YOUTH_15)

    household = open_desk(session, world.coordinator, case.id).household

    assert household.ages == table
    assert household.needed == {case.youth_id}
    (mother,) = case.guardian_ids
    assert "fyllt 13 år" in str(household.can_sign(household[mother]).reason)


def decide_ages(session: Session, world: World, *rows: tuple[int, bool, bool]) -> AgeTable:
    """The municipality's lawyer decides; each row is from which age, guardians, youth."""
    table = tuple(AgeRule(*row, provision="OSL 12 kap. 3 §") for row in rows)
    ages.decide(session, world.administrator, table=table, decided_by="kommunens jurist, 2026-11-20")
    session.flush()
    return table
