"""What a contact is told on a Friday evening bites at once, and the coordinator finds out."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sspf.casefile.waiting import waiting_for
from sspf.cases import queries
from sspf.cases.models import CaseRole
from sspf.consents.service import receive_withdrawal, withdraw
from sspf.errors import NotFound
from sspf.vault.ending import live_disclosures
from tests.world import CONTACTS, YOUTH_9, YOUTH_16, a_case, agree


def test_a_child_who_says_no_is_heard_though_others_have_signed(session, world):
    case = a_case(session, world)
    agree(session, world, case, person_id=case.people[1].person_id)
    case = queries.get_case(session, world.school, case.id)

    receive_withdrawal(session, world.school, case, role=CaseRole.YOUTH)

    for name in CONTACTS:
        with pytest.raises(NotFound):
            queries.get_case(session, world.people[name], case.id)


def test_a_child_who_signed_too_and_says_no_is_heard_though_nothing_rests_on_their_yes(session, world):
    case = a_case(session, world, youth=YOUTH_9)
    agree(session, world, case)
    case = queries.get_case(session, world.school, case.id)

    receive_withdrawal(session, world.school, case, role=CaseRole.YOUTH)
    session.flush()

    for name in CONTACTS:
        with pytest.raises(NotFound):
            queries.get_case(session, world.people[name], case.id)
    assert live_disclosures(session, units={("case", case.id)}) == []


def test_one_of_two_who_must_both_agree_is_enough_and_the_others_paper_stays(session, world):
    case = a_case(session, world, youth=YOUTH_16)
    given = agree(session, world, case)
    case = queries.get_case(session, world.school, case.id)

    receive_withdrawal(session, world.school, case, role=CaseRole.YOUTH)
    session.flush()

    assert [consent.ended_at is not None for consent in given] == [True, False]


def test_the_coordinator_is_told_that_somebody_received_it(session, world):
    case = a_case(session, world)
    agree(session, world, case)
    seen_by_school = queries.get_case(session, world.school, case.id)

    receive_withdrawal(session, world.school, seen_by_school, role=CaseRole.GUARDIAN)
    session.flush()

    (waiting,) = waiting_for(session, world.coordinator)
    assert "tagit emot en återkallelse" in str(waiting.why)


@pytest.mark.parametrize("table", ["consent", "consent_row", "waiver", "participation"])
def test_what_has_ended_stays_ended(session, world, table):
    case = a_case(session, world)
    given = agree(session, world, case)
    withdraw(session, world.coordinator, queries.get_case(session, world.coordinator, case.id), given[-1])
    session.flush()

    with pytest.raises(DBAPIError, match="stays ended"), session.begin_nested():
        session.execute(text(f"UPDATE {table} SET ended_at = NULL WHERE ended_at IS NOT NULL"))
