"""What the child says no to is closed at once, whoever has signed for them and whoever writes it down."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from sspf.cases.models import Case, CaseRole, State
from sspf.consents import queries
from sspf.consents.agreement import Agreed, Family, Given, Row, agreed, taking_part
from sspf.consents.answers import Answer, Answers
from sspf.consents.hearing import ChildsNo, left_of
from sspf.consents.models import Consent
from sspf.consents.service import receive_withdrawal, withdraw
from sspf.db import clock
from sspf.law.kinds import Kind
from tests.consents.family import ASKED, COORDINATION, NOW, POLICE, YOUTH, families, papers
from tests.consents.make import a_fact, answers, born_so_that_they_turn, can_read, refresh, sign, told
from tests.world import GUARDIANS, YOUTH_9, YOUTH_16, World, a_case, family_of, reading_of

SCHOOL_TO_POLICE = ("school", "police", Kind.SCHOOL)
SCHOOL_TO_SOCIAL = ("school", "social", Kind.SCHOOL)


def signed_by_all(session: Session, world: World, *, youth: str = YOUTH_9) -> tuple[Case, Consent, list[Consent]]:
    """Everyone has signed the same, the child too, though for a child of nine nobody needed that."""
    case = a_case(session, world, youth=youth, guardians=GUARDIANS)
    theirs = [
        sign(session, world, case, guardian, answers(world, SCHOOL_TO_POLICE, SCHOOL_TO_SOCIAL))
        for guardian in case.guardian_ids
    ]
    own = sign(session, world, case, case.youth_id, answers(world, SCHOOL_TO_POLICE, SCHOOL_TO_SOCIAL))
    return refresh(session, world, case), own, theirs


def says_no(world: World, *, wants: Answer = Answer.YES, not_there: tuple[str, ...] = (), row: bool = False) -> Answers:
    """A paper on which the child says no to everything, to somebody at the table, or to one row."""
    given = answers(world, SCHOOL_TO_SOCIAL, wants=wants)
    refused = {Row(world.id_of("school"), world.id_of("police"), Kind.SCHOOL): Answer.NO} if row else {}
    there = dict(given.organisations) | {world.id_of(name): Answer.NO for name in not_there}
    return Answers(wants, there, {**given.rows, **refused})


def held(session: Session, world: World, case: Case) -> set[tuple[UUID, UUID, str]]:
    youth = case.youth_id
    return {
        (row.source_id, row.recipient_id, row.kind)
        for row, about in queries.grounds_in(session, case)
        if about == youth
    }


def receives(session: Session, world: World, case: Case, _own: Consent) -> None:
    receive_withdrawal(session, world.school, case, role=CaseRole.YOUTH)


def takes_back(session: Session, world: World, case: Case, own: Consent) -> None:
    withdraw(session, world.coordinator, case, own)


def signs_a_no(session: Session, world: World, case: Case, _own: Consent) -> None:
    sign(session, world, case, case.youth_id, says_no(world, wants=Answer.NO))


def says_a_no(session: Session, world: World, case: Case, _own: Consent) -> None:
    no, days = says_no(world, wants=Answer.NO), timedelta(days=10)
    sign(session, world, case, case.youth_id, no, spoken=True, lasting=days)


WAYS = [receives, takes_back, signs_a_no, says_a_no]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("youth", [YOUTH_9, YOUTH_16])
def test_a_no_to_everything_closes_everything_whichever_way_it_comes(
    session: Session, world: World, way, youth: str
) -> None:
    case, own, _theirs = signed_by_all(session, world, youth=youth)
    fact = a_fact(session, world, case)
    assert told(session, world, case, fact, "police")

    way(session, world, case, own)
    session.flush()

    case = refresh(session, world, case)
    assert held(session, world, case) == set()
    assert not can_read(session, world, case, "police", fact)
    assert not any(spell.is_live(clock.now(session)) for spell in case.participations)
    assert case.state is State.INFORMATION, "the others may still say yes, knowing what the child says"


@pytest.mark.parametrize("way", WAYS)
def test_afterwards_one_guardian_alone_brings_nothing_back_and_both_do(session: Session, world: World, way) -> None:
    case, own, _theirs = signed_by_all(session, world)
    way(session, world, case, own)
    mother, father = case.guardian_ids

    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))
    assert held(session, world, case) == set()

    sign(session, world, case, father, answers(world, SCHOOL_TO_POLICE))
    assert (world.id_of("school"), world.id_of("police"), Kind.SCHOOL) in held(session, world, case)


def withdraws_a_row(session: Session, world: World, case: Case, own: Consent) -> None:
    withdraw(session, world.coordinator, case, own, rows=[Row(*held_row(world))])


def signs_no_to_a_row(session: Session, world: World, case: Case, _own: Consent) -> None:
    sign(session, world, case, case.youth_id, says_no(world, row=True))


def held_row(world: World) -> tuple[UUID, UUID, Kind]:
    return world.id_of("school"), world.id_of("police"), Kind.SCHOOL


@pytest.mark.parametrize("way", [withdraws_a_row, signs_no_to_a_row])
def test_a_no_to_one_thing_closes_that_and_nothing_else(session: Session, world: World, way) -> None:
    case, own, theirs = signed_by_all(session, world)
    fact = a_fact(session, world, case)
    assert told(session, world, case, fact, "police")
    assert told(session, world, case, fact, "social")

    way(session, world, case, own)
    session.flush()

    assert held_row(world) not in held(session, world, case)
    assert not can_read(session, world, case, "police", fact)
    assert can_read(session, world, case, "social", fact)
    assert all(consent.is_live(clock.now(session)) for consent in theirs)


def withdraws_a_seat(session: Session, world: World, case: Case, own: Consent) -> None:
    withdraw(session, world.coordinator, case, own, rows=taking_part(case.coordination_id, world.id_of("police")))


def signs_no_to_a_seat(session: Session, world: World, case: Case, _own: Consent) -> None:
    sign(session, world, case, case.youth_id, says_no(world, not_there=("police",)))


@pytest.mark.parametrize("way", [withdraws_a_seat, signs_no_to_a_seat])
def test_a_no_to_somebody_takes_all_that_is_told_to_and_by_them(session: Session, world: World, way) -> None:
    case, own, _theirs = signed_by_all(session, world)

    way(session, world, case, own)
    session.flush()

    left = held(session, world, case)
    assert world.id_of("police") not in {end for source, to, _kind in left for end in (source, to)}
    assert left


def test_the_others_papers_stay_where_the_childs_own_yes_is_needed(session: Session, world: World) -> None:
    """Also where nothing holds yet, since the father has not answered."""
    case = a_case(session, world, youth=YOUTH_16, guardians=GUARDIANS)
    mothers = sign(session, world, case, case.guardian_ids[0], answers(world, SCHOOL_TO_POLICE))
    own = sign(session, world, case, case.youth_id, answers(world, SCHOOL_TO_POLICE))
    case = refresh(session, world, case)
    family = family_of(session, case, reading_of(session, world.coordinator, case))

    withdraw(session, world.coordinator, case, own, family=family)

    assert mothers.is_live(clock.now(session))


def test_what_is_not_answered_is_no_no(session: Session, world: World) -> None:
    case, _own, _theirs = signed_by_all(session, world)
    before = held(session, world, case)

    sign(session, world, case, case.youth_id, answers(world, present=("school",)))

    assert held(session, world, case) == before


def test_to_take_back_a_no_closes_nothing(session: Session, world: World) -> None:
    case = a_case(session, world, youth=YOUTH_9)
    no = sign(session, world, case, case.youth_id, says_no(world, wants=Answer.NO))
    (mother,) = case.guardian_ids
    sign(session, world, case, mother, answers(world, SCHOOL_TO_POLICE))
    before = held(session, world, case)
    assert before

    withdraw(session, world.coordinator, refresh(session, world, case), no)

    assert held(session, world, case) == before


def test_a_child_who_will_soon_be_asked_is_heard_also_when_a_paper_is_renewed(session: Session, world: World) -> None:
    """Before the birthday nobody needs the child's yes; whoever received the no could not know that."""
    born_on = born_so_that_they_turn(15, clock.today(session) + timedelta(days=30))
    case = a_case(session, world, youth=YOUTH_9, guardians=GUARDIANS)
    for person in (*case.guardian_ids, case.youth_id):
        sign(session, world, case, person, answers(world, SCHOOL_TO_POLICE), born_on=born_on)
    receive_withdrawal(session, world.school, refresh(session, world, case), role=CaseRole.YOUTH)
    session.flush()

    sign(session, world, case, case.guardian_ids[0], answers(world, SCHOOL_TO_POLICE), born_on=born_on)

    assert held(session, world, case) == set()


nos = st.none() | st.frozensets(st.sampled_from([*ASKED, *taking_part(COORDINATION, POLICE)]))


@drawn(family=families, given=papers(), said=nos)
def test_nothing_that_the_child_said_no_to_rests_on_a_yes_from_before(family, given, said) -> None:
    own = [one for one in given if one.person_id == YOUTH]

    left = left_of([one for one in given if one.person_id != YOUTH], [ChildsNo(NOW, said)], COORDINATION)

    before, after = ({one.row for one in about_youth(family, these)} for these in (given, [*left, *own]))
    unseated = {POLICE} if said is not None and not said.isdisjoint(taking_part(COORDINATION, POLICE)) else set()
    if YOUTH not in family.needed_on(NOW.date()):
        assert after == set() if said is None else after.isdisjoint(said)
        assert unseated.isdisjoint({end for row in after for end in (row.source_id, row.recipient_id)})
    if said is not None:
        untouched = {row for row in before - said if unseated.isdisjoint({row.source_id, row.recipient_id})}
        assert untouched <= after


@drawn(given=papers(), said=nos)
def test_a_yes_that_is_said_afterwards_counts(given, said) -> None:
    later = [replace(one, since=NOW + timedelta(seconds=1)) for one in given]

    assert left_of(later, [ChildsNo(NOW, said)], COORDINATION) == later


def about_youth(family: Family, given: Sequence[Given]) -> list[Agreed]:
    return [one for one in agreed(family, given, NOW, coordination_id=COORDINATION) if one.about_id == YOUTH]
