"""What waits for the coordinator on the start page: the most pressing first, each case once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sspf.bench.counting import counted
from sspf.casefile.waiting import waiting_for
from sspf.cases.models import CaseRole, State
from sspf.consents.answers import Answer
from sspf.consents.service import receive_withdrawal
from sspf.consents.settling import settle
from sspf.db import clock
from sspf.law.consenters import nth_birthday
from tests.consents.make import answers, refresh, sign
from tests.world import a_case, family_of, reading_of


def a_working_case(session, world, *, days, spoken=False, wants=Answer.YES):
    case = a_case(session, world)
    given = answers(world, wants=wants)
    sign(session, world, case, case.guardian_ids[0], given, lasting=timedelta(days=days), spoken=spoken)
    case = refresh(session, world, case)
    case.state = State.MEETING
    session.flush()
    return case


def waiting(session, world):
    return [(one.case.id, str(one.why)) for one in waiting_for(session, world.coordinator)]


@pytest.mark.parametrize(("days", "waits"), [(1, True), (29, True), (31, False), (180, False)])
def test_a_consent_waits_when_it_ends_within_thirty_days(session, world, days: int, waits: bool) -> None:
    case = a_working_case(session, world, days=days)

    assert [found for found, _why in waiting(session, world)] == ([case.id] if waits else [])


@pytest.mark.parametrize(("days", "waits"), [(20, True), (40, False)])
def test_a_birthday_after_which_the_youth_must_say_yes_waits_though_the_paper_lasts(
    session, world, days: int, waits: bool
) -> None:
    case = a_working_case(session, world, days=180)
    reading = reading_of(session, world.coordinator, case)
    family = replace(
        family_of(session, case, reading), born_on=nth_birthday(clock.today(session) + timedelta(days=days), -15)
    )
    settle(session, world.coordinator, refresh(session, world, case), family, reading)
    session.flush()

    found = waiting(session, world)

    assert [case_id for case_id, _why in found] == ([case.id] if waits else [])


def test_what_was_said_waits_for_its_signature(session, world) -> None:
    case = a_working_case(session, world, days=14, spoken=True)

    ((found, why),) = waiting(session, world)

    assert found == case.id
    assert "ska skrivas under senast" in why
    assert waiting_for(session, world.coordinator)[0].route == "show_consents"


def test_a_signature_takes_it_off_the_list(session, world) -> None:
    case = a_working_case(session, world, days=14, spoken=True)

    sign(session, world, case, case.guardian_ids[0], answers(world))

    assert waiting(session, world) == []


def test_the_most_pressing_is_first_and_a_case_stands_once(session, world) -> None:
    asked = a_case(session, world)
    asked.state = State.CONSENT
    later, sooner = a_working_case(session, world, days=20), a_working_case(session, world, days=10)
    said = a_working_case(session, world, days=13, spoken=True)
    lapsed = a_working_case(session, world, days=90, wants=Answer.NO)
    both = a_working_case(session, world, days=5)
    sign(session, world, both, both.youth_id, answers(world), lasting=timedelta(days=3))
    received = a_working_case(session, world, days=90)
    receive_withdrawal(session, world.school, refresh(session, world, received), role=CaseRole.GUARDIAN)
    session.flush()

    found = [case_id for case_id, _why in waiting(session, world)]

    assert found == [received.id, lapsed.id, said.id, both.id, sooner.id, later.id, asked.id]


def test_a_child_who_changed_their_mind_is_seen_though_the_case_goes_on(session, world) -> None:
    """A contact was told so by a child whose yes was not needed: it ends for everyone, and somebody must ask."""
    case = a_working_case(session, world, days=90)
    sign(session, world, case, case.youth_id, answers(world))
    receive_withdrawal(session, world.school, refresh(session, world, case), role=CaseRole.YOUTH)
    session.flush()

    ((found, why),) = waiting(session, world)

    assert found == case.id
    assert "tagit emot en återkallelse" in why


@pytest.mark.parametrize("state", [State.CLOSED])
def test_what_ends_in_a_closed_case_waits_for_nobody(session, world, state: State) -> None:
    case = a_working_case(session, world, days=5)
    case.state = state
    session.flush()

    assert waiting(session, world) == []


def test_another_coordination_sees_none_of_it(session, world) -> None:
    a_working_case(session, world, days=5)

    assert waiting_for(session, world.outsider) == []


def test_it_is_one_question(session, world) -> None:
    a_working_case(session, world, days=5)

    with counted(session.get_bind().engine) as sent:
        waiting_for(session, world.coordinator)

    assert len(sent) == 1
