"""What was disclosed and is no longer: ended, or run out, and nothing else."""

from datetime import timedelta
from uuid import uuid4

from sspf.vault.disclosed import past_disclosures
from sspf.vault.ending import end_disclosures
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

    assert [one.id for one in by_consent] == [ended, run_out]
    assert [one.ended_at is None for one in by_consent] == [False, True]
    assert {(one.kind, one.about.person_id, one.is_replaced) for one in by_consent} == {
        ("school", house.youth_id, False)
    }


def test_it_says_when_the_envelope_has_been_corrected_since(house):
    record, consent = house.sealed(house.school), uuid4()
    ended = house.disclosed(house.school, record, house.police, resting_on=[consent])
    house.sealed(house.school, replaces=record.envelope_id)

    with house.work() as session:
        end_disclosures(session, house.school, [ended], "corrected")
        [past] = past_disclosures(session, resting_on=[consent])

    assert past.is_replaced


def test_what_rests_on_nothing_asked_for_is_not_told(house):
    record = house.sealed(house.school)
    ended = house.disclosed(house.school, record, house.police, resting_on=[uuid4()])

    with house.work() as session:
        end_disclosures(session, house.school, [ended], "withdrawn")

        assert past_disclosures(session, resting_on=[uuid4()]) == []
        assert past_disclosures(session, resting_on=[]) == []
