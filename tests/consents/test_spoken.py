"""By word of mouth counts, for fourteen days: then it is signed, or it is over."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sspf.consents import queries
from sspf.consents.lasting import SIGNED_WITHIN, end_of
from sspf.consents.models import EndReason, Way
from sspf.consents.paper import Paper, require_lawful
from sspf.db import clock, new_id
from sspf.errors import ValidationFailed
from sspf.law.kinds import Kind
from tests.consents.make import a_fact, answers, can_read, refresh, sign, told
from tests.consents.test_renewing import SOON
from tests.later import wait_for
from tests.world import GUARDIANS, World, a_case

SCHOOL_TO_POLICE = ("school", "police", Kind.SCHOOL)
TODAY = date(2026, 11, 24)


def said(given_on: date, last: date, told_to=None) -> Paper:
    return Paper(given_on, end_of(last), "1", way=Way.SPOKEN, told_to=told_to or new_id())


@pytest.mark.parametrize("days", [0, 1, SIGNED_WITHIN])
def test_what_is_said_may_hold_to_the_fourteenth_day(days: int) -> None:
    require_lawful(said(TODAY, TODAY + timedelta(days=days)), TODAY)


@pytest.mark.parametrize(
    ("paper", "field"),
    [
        (said(TODAY, TODAY + timedelta(days=SIGNED_WITHIN + 1)), "valid_to"),
        (said(TODAY + timedelta(days=1), TODAY + timedelta(days=3)), "given_on"),
        (Paper(TODAY, end_of(TODAY), "1", way=Way.SPOKEN), "told_to"),
    ],
    ids=["a day too long", "not said yet", "to nobody"],
)
def test_what_is_said_is_said_to_somebody_and_not_for_longer(paper: Paper, field: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        require_lawful(paper, TODAY)

    assert list(refused.value.errors) == [field]


def test_the_database_keeps_the_fourteen_days_too(session: Session, world: World) -> None:
    case = a_case(session, world)
    consent = sign(session, world, case, case.guardian_ids[0], answers(world), lasting=timedelta(days=3), spoken=True)
    columns = "id, case_id, person_id, role, way, form_version, language, with_interpreter, given_on, valid_from"
    rest = "recorded_by, told_to, answers, envelope_id, municipality_id"
    copy = text(
        f"INSERT INTO consent ({columns}, valid_until, {rest}) SELECT gen_random_uuid(), {columns.partition(', ')[2]}, "
        f"valid_until + interval '13 days', {rest} FROM consent WHERE id = :id"
    )

    with pytest.raises(IntegrityError, match="spoken_ends"), session.begin_nested():
        session.execute(copy, {"id": consent.id})


def test_it_gives_what_a_signature_gives_until_then(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids

    consent = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=SOON, spoken=True)

    fact = a_fact(session, world, case)
    assert told(session, world, case, fact, "police")
    assert can_read(session, world, case, "police", fact)
    wait_for(session, consent.valid_until)
    assert not can_read(session, world, case, "police", fact)
    assert consent.told_to == world.coordinator.user_id


def test_what_rests_on_a_signature_and_a_word_ends_with_the_word(session: Session, world: World) -> None:
    case = a_case(session, world, guardians=GUARDIANS)
    mother, father = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    word = sign(session, world, case, father, answers(world, SCHOOL_TO_POLICE), lasting=timedelta(days=10), spoken=True)

    assert {spell.valid_until for spell in refresh(session, world, case).participations} == {word.valid_until}


def test_the_signature_takes_its_place_and_what_was_shared_goes_on(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    word = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE), lasting=timedelta(days=10), spoken=True)
    fact = a_fact(session, world, case)
    assert told(session, world, case, fact, "police")

    paper = sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))

    assert word.end_reason is EndReason.REPLACED
    assert can_read(session, world, case, "police", fact)
    assert {one.valid_until for one in queries.live_waivers(session, world.coordinator, case)} == {paper.valid_until}


def test_saying_it_again_does_not_put_off_the_signature(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    sign(session, world, case, mother, answers(world), lasting=timedelta(days=3), spoken=True)

    with pytest.raises(ValidationFailed) as refused:
        sign(session, world, case, mother, answers(world), lasting=timedelta(days=10), spoken=True)

    assert list(refused.value.errors) == ["valid_to"]
    # a new answer in the same time is heard
    sign(session, world, case, mother, answers(world, present=("school",)), lasting=timedelta(days=2), spoken=True)


def test_a_day_in_the_past_counts_from_that_day(session: Session, world: World) -> None:
    case = a_case(session, world)
    (mother,) = case.guardian_ids
    ten_days_ago = clock.today(session) - timedelta(days=10)

    with pytest.raises(ValidationFailed):
        sign(
            session, world, case, mother, answers(world), lasting=timedelta(days=6), spoken=True, given_on=ten_days_ago
        )
    sign(session, world, case, mother, answers(world), lasting=timedelta(days=3), spoken=True, given_on=ten_days_ago)
