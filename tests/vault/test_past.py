"""What was disclosed and is no longer: ended, or run out, and nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sspf.vault.ending import end_disclosures
from sspf.vault.past import past_disclosures
from tests.vault.make import database_now


def test_what_is_ended_or_has_run_out_is_past_and_what_is_live_is_not(house):
    record, consent = house.sealed(house.school), uuid4()
    ended = house.disclosed(house.school, record, house.police, resting_on=[consent])
    house.disclosed(house.school, record, house.police, resting_on=[consent])
    with house.work() as session:
        until = database_now(session) + timedelta(seconds=0.1)
        values = {"until": until, "resting_on": [consent, uuid4()]}
        [run_out] = house.disclose(session, house.school, [record], house.coordinator, **values)
        end_disclosures(session, house.coordinator, [ended], "withdrawn")

    with house.work() as session:
        while database_now(session) < until:
            pass
        by_consent = past_disclosures(session, resting_on=[consent])
        by_case = past_disclosures(session, units=[("case", house.case_id)])

    assert by_consent == by_case
    assert [(one.id, one.reason) for one in by_consent] == [(ended, "withdrawn"), (run_out, None)]
    assert [one.ended_at is None for one in by_consent] == [False, True]
    assert {(one.kind, one.about.person_id, one.is_replaced) for one in by_consent} == {
        ("school", house.youth_id, False)
    }


def test_it_says_when_the_envelope_has_been_corrected_since(house):
    record = house.sealed(house.school)
    ended = house.disclosed(house.school, record, house.police)
    house.sealed(house.school, replaces=record.envelope_id)

    with house.work() as session:
        end_disclosures(session, house.school, [ended], "corrected")
        [past] = past_disclosures(session, units=[("case", house.case_id)])

    assert past.is_replaced


def test_nobody_asks_for_everything_that_was_ever_disclosed(house):
    with house.work() as session, pytest.raises(ValueError, match="everything"):
        past_disclosures(session)
