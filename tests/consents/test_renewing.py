"""A consent that ends by itself, and one that is signed again."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sspf.cases import queries as cases
from sspf.cases.models import Case
from sspf.consents import queries
from sspf.consents.agreement import Row
from sspf.consents.renewing import run_out
from sspf.consents.service import withdraw
from sspf.errors import NotFound
from sspf.law.kinds import Kind
from sspf.vault.models import Envelope, UnitSecret
from tests.consents.make import Fact, a_fact, answers, can_read, keys_for, refresh, sign, told
from tests.later import wait_for
from tests.world import GUARDIANS, World, a_case, reading_of

SCHOOL_TO_POLICE = ("school", "police", Kind.SCHOOL)
SOON = timedelta(minutes=5)


def a_shared_fact(session: Session, world: World, case: Case) -> Fact:
    fact = a_fact(session, world, case)
    assert told(session, world, case, fact, "police")
    return fact


def test_a_consent_ends_at_its_moment_without_anybody_doing_anything(session: Session, world: World) -> None:
    case = a_case(session, world)
    consent = sign(session, world, case, case.guardian_ids[0], answers(world, SCHOOL_TO_POLICE), lasting=SOON)
    fact = a_shared_fact(session, world, case)
    assert can_read(session, world, case, "police", fact)

    wait_for(session, consent.valid_until)

    with pytest.raises(NotFound):
        cases.get_case(session, world.police, case.id)
    assert not told(session, world, case, fact, "police")
    assert keys_for(session, world, case, "police") == 0
    assert queries.live_waivers(session, world.coordinator, case) == []


def test_the_first_consent_to_end_ends_what_rested_on_both(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    mother, father = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    short = sign(session, world, case, father, answers(world, SCHOOL_TO_POLICE), lasting=SOON)

    fact = a_shared_fact(session, world, case)
    assert {spell.valid_until for spell in refresh(session, world, case).participations} == {short.valid_until}
    wait_for(session, short.valid_until)
    assert not can_read(session, world, case, "police", fact)


def test_signing_again_in_time_goes_on_with_what_was_shared(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=timedelta(days=5))
    fact = a_shared_fact(session, world, case)

    longer = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    assert can_read(session, world, case, "police", fact)
    (ground,) = _grounds(session, world, case, "police", fact)
    assert ground == longer.valid_until


def test_signing_again_after_the_end_shares_again_what_had_run_out(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    first = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=SOON)
    fact = a_shared_fact(session, world, case)
    wait_for(session, first.valid_until)
    assert [one.envelope_id for one in run_out(session, case)] == [fact.envelope_id]

    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    assert can_read(session, world, case, "police", fact)
    assert run_out(session, case) == []


def test_only_what_the_new_form_says_yes_to_is_shared_again(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=timedelta(days=5))
    fact = a_shared_fact(session, world, case)

    sign(session, world, case, mother, answers(world))

    assert cases.get_case(session, world.police, case.id).id == case.id
    assert not can_read(session, world, case, "police", fact)


def test_what_was_taken_back_is_not_shared_again_by_a_new_yes(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    for guardian in case.guardian_ids:
        sign(session, world, case, guardian, answers(world, SCHOOL_TO_POLICE))
    fact = a_shared_fact(session, world, case)
    withdraw(session, world.coordinator, refresh(session, world, case), queries.list_consents(session, case)[0])

    sign(session, world, case, case.guardian_ids[1], answers(world, SCHOOL_TO_POLICE))

    assert cases.get_case(session, world.police, case.id).id == case.id
    assert not can_read(session, world, case, "police", fact)
    assert told(session, world, case, fact, "police")


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_taken_back_after_it_ran_out_does_not_return_either(
    session: Session, world: World, whole: bool
) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    mother, father = case.guardian_ids
    fathers = sign(session, world, case, father, answers(world, SCHOOL_TO_POLICE))
    mothers = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=SOON)
    fact = a_shared_fact(session, world, case)
    wait_for(session, mothers.valid_until)
    sign(session, world, case, case.youth_id, answers(world))
    row = Row(world.id_of("school"), world.id_of("police"), Kind.SCHOOL)
    withdraw(session, world.coordinator, refresh(session, world, case), fathers, rows=None if whole else [row])

    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))
    sign(session, world, case, father, answers(world, SCHOOL_TO_POLICE))

    assert cases.get_case(session, world.police, case.id).id == case.id
    assert not can_read(session, world, case, "police", fact)
    assert told(session, world, case, fact, "police")


def test_a_no_after_it_ran_out_is_not_undone_by_a_later_yes(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    first = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=SOON)
    fact = a_shared_fact(session, world, case)
    wait_for(session, first.valid_until)

    sign(session, world, case, mother, answers(world))
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    assert not can_read(session, world, case, "police", fact)
    assert told(session, world, case, fact, "police")


def test_renewing_one_of_two_guardians_keeps_it_open_until_the_others_ends(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    mother, father = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=timedelta(days=5))
    fathers = sign(session, world, case, father, answers(world, SCHOOL_TO_POLICE), lasting=timedelta(days=90))
    fact = a_shared_fact(session, world, case)

    renewed = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    assert _grounds(session, world, case, "police", fact) == [fathers.valid_until]
    withdraw(session, world.coordinator, refresh(session, world, case), renewed)
    assert not can_read(session, world, case, "police", fact)


def test_an_older_wording_that_has_been_corrected_is_not_shared_again(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    first = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=SOON)
    fact = a_shared_fact(session, world, case)
    a_fact(session, world, case, replaces=fact.envelope_id)
    wait_for(session, first.valid_until)

    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    assert not can_read(session, world, case, "police", fact)


def test_what_its_owner_has_erased_does_not_stand_in_the_way_of_a_new_yes(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    first = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=SOON)
    fact = a_shared_fact(session, world, case)
    wait_for(session, first.valid_until)
    unit = select(Envelope.unit_id).where(Envelope.id == fact.envelope_id).scalar_subquery()
    session.execute(delete(UnitSecret).where(UnitSecret.unit_id == unit))

    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    assert cases.get_case(session, world.police, case.id).id == case.id
    assert not can_read(session, world, case, "police", fact)


def _grounds(session: Session, world: World, case: Case, name: str, fact: Fact) -> list[datetime | None]:
    opened = reading_of(session, world.people[name], case).opened[fact.envelope_id]
    return [ground.valid_until for ground in opened.grounds]
