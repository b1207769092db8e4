"""Only the owner discloses, for a reason, from now until its end, and the sweep takes what is over."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import literal, select

from audit.events import Who
from sspf.vault import sealing
from sspf.vault.actors import SystemActor
from sspf.vault.disclosed import live_disclosures
from sspf.vault.disclosing import disclose
from sspf.vault.ending import end_disclosures, sweep
from sspf.vault.errors import NoKey, NotTheOwner, OwnRecordStays
from sspf.vault.keys import KeyStore, create_organisation_key
from sspf.vault.live import is_live, is_over
from sspf.vault.models import Disclosure
from tests.vault.make import an_actor, database_now

SWEEP = Who(system="sweep")


def keys_of(database, *disclosure_ids):
    return database.ask("SELECT 1 FROM wrapped_key WHERE disclosure_id = ANY(:ids)", ids=list(disclosure_ids))


def test_a_recipient_cannot_disclose_what_it_was_shown(house):
    record = house.sealed(house.school)
    house.disclosed(house.school, record, house.police)

    for actor in (house.police, house.coordinator):
        with house.work() as session, pytest.raises(NotTheOwner):
            house.disclose(session, actor, [record], house.coordinator)
    assert not house.can_read(house.coordinator, record)


def test_one_envelope_of_somebody_elses_stops_the_whole_batch(house):
    own, others = house.sealed(house.school), house.sealed(house.police)

    with house.work() as session, pytest.raises(NotTheOwner):
        house.disclose(session, house.school, [own, others], house.coordinator)
    assert not house.can_read(house.coordinator, own)


def test_a_named_system_actor_discloses_what_coordination_owns(house):
    record = house.sealed(house.coordinator, by=house.school)
    rule = SystemActor("shared_actions", house.coordinator.organisation_id, house.municipality_id, house.school.who)

    with house.work() as session:
        disclose(
            session,
            rule,
            [record.envelope_id],
            to=house.school.organisation_id,
            ground="consent",
            rule_version=1,
            purpose="casework",
            until=None,
        )

    with house.page() as session:
        [ground] = house.open(session, house.school).opened[record.envelope_id].grounds
    assert ground.decided_by == "shared_actions"
    [entry] = house.entries("disclosure:made")
    assert (entry.who.user_id, entry.who.system) == (house.school.user_id, "shared_actions")


def test_a_batch_is_one_entry_and_few_statements(house, count_statements):
    records = [house.sealed(house.school) for _ in range(5)]
    consents = [uuid4(), uuid4()]

    with house.work() as session, count_statements(session) as statements:
        made = house.disclose(session, house.school, records, house.police, resting_on=consents, purpose="meeting")

    assert len(statements) <= 6
    assert all(house.can_read(house.police, record) for record in records)
    [entry] = house.entries("disclosure:made")
    assert entry.facts == {
        "to": str(house.police.organisation_id),
        "ground": "consent",
        "rule_version": 1,
        "purpose": "meeting",
        "until": None,
        "resting_on": [str(consent) for consent in consents],
        "disclosures": [
            {"disclosure": str(disclosure), "envelope": str(record.envelope_id), "kind": "school"}
            for disclosure, record in zip(made, records, strict=True)
        ],
    }
    assert [subject.case_id for subject in entry.subjects] == [house.case_id]


def test_disclosing_opens_no_text(house, monkeypatch):
    record = house.sealed(house.school)
    opened = []
    unseal = sealing.SealingKey.unseal

    def watched(key, place, sealed):
        opened.append(place)
        return unseal(key, place, sealed)

    monkeypatch.setattr(sealing.SealingKey, "unseal", watched)
    with house.work() as session:
        session.info["keys"] = KeyStore(session.info["keys"]._provider)  # one that remembers nothing
        house.disclose(session, house.school, [record], house.police)

    assert {place[0] for place in opened} == {"keyring"}


def test_nothing_to_disclose_is_nothing_done(house):
    with house.work() as session:
        assert house.disclose(session, house.school, [], house.police) == []
    assert house.entries("disclosure:made") == []


def test_an_organisation_without_a_key_is_told_nothing(house):
    record = house.sealed(house.school)

    with house.work() as session, pytest.raises(NoKey):
        house.disclose(session, house.school, [record], an_actor(house.municipality_id))


@pytest.mark.parametrize(
    "values",
    [{"ground": "own_record"}, {"until": datetime(2020, 1, 1, tzinfo=UTC)}],
    ids=["own record", "already over"],
)
def test_a_disclosure_is_nobodys_own_record_and_not_over_before_it_begins(house, values):
    record = house.sealed(house.school)

    with house.work() as session, pytest.raises(ValueError, match=r"sealed|ends after"):
        house.disclose(session, house.school, [record], house.police, **values)


@pytest.mark.parametrize(
    ("lasts", "live", "over"),
    [
        (timedelta(days=1), [False, True, True, False, False], [False, False, False, True, True]),
        (None, [False, True, True, True, True], [False] * 5),
    ],
    ids=["with an end", "without end"],
)
def test_live_is_from_the_first_microsecond_up_to_and_not_including_the_last(house, lasts, live, over):
    record = house.sealed(house.school)
    with house.work() as session:
        until = database_now(session) + lasts if lasts else None
        [disclosure] = house.disclose(session, house.school, [record], house.police, until=until)
        [begin] = session.scalars(select(Disclosure.valid_from).where(Disclosure.id == disclosure))
        end, tick = until or begin + timedelta(days=1), timedelta(microseconds=1)

        def answers(condition):
            return [
                session.scalars(select(condition(literal(moment))).where(Disclosure.id == disclosure)).one()
                for moment in (begin - tick, begin, end - tick, end, end + tick)
            ]

        assert answers(is_live) == live
        assert answers(is_over) == over


def test_expiry_closes_the_door_before_any_sweep(house, vault_database):
    record = house.sealed(house.school)
    with house.work() as session:
        until = database_now(session) + timedelta(seconds=1)
        [disclosure] = house.disclose(session, house.school, [record], house.police, until=until)
    assert house.can_read(house.police, record)

    with house.database.sessions.begin() as session:
        while database_now(session) < until:
            pass

    assert not house.can_read(house.police, record)
    assert house.can_read(house.school, record)
    assert len(keys_of(vault_database, disclosure)) == 1


def test_the_sweep_destroys_the_keys_that_are_over_and_no_others(house, vault_database):
    record = house.sealed(house.school)
    lasting = house.disclosed(house.school, record, house.police)
    with house.database.sessions.begin() as session:
        sweep(session, SWEEP)  # what other tests have left
        assert sweep(session, SWEEP) == 0
    with house.work() as session:
        until = database_now(session) + timedelta(seconds=0.1)
        [brief] = house.disclose(session, house.school, [record], house.police, until=until)
    with house.database.sessions.begin() as session:
        while database_now(session) < until:
            pass

    with house.database.sessions.begin() as session:
        assert sweep(session, SWEEP) == 1
        assert sweep(session, SWEEP) == 0

    assert keys_of(vault_database, brief) == []
    assert len(keys_of(vault_database, lasting)) == 1
    assert house.can_read(house.police, record)
    [entry] = house.entries("key:swept")
    assert (entry.facts, entry.who) == ({"count": 1}, SWEEP)


def test_ending_closes_the_door_and_destroys_the_key_at_once(house, vault_database):
    record = house.sealed(house.school)
    disclosure = house.disclosed(house.school, record, house.police)

    with house.work() as session:
        assert end_disclosures(session, house.coordinator, [disclosure], "withdrawn") == 1

    assert not house.can_read(house.police, record)
    assert house.can_read(house.school, record)
    assert keys_of(vault_database, disclosure) == []
    [entry] = house.entries("disclosure:ended")
    assert entry.facts["reason"] == "withdrawn"
    assert [found["disclosure"] for found in entry.facts["disclosures"]] == [str(disclosure)]
    assert [subject.case_id for subject in entry.subjects] == [house.case_id]
    assert house.entries("envelope:broken") == []  # it is ended, not robbed of its key


def test_ending_one_ground_leaves_another(house):
    record = house.sealed(house.school)
    first = house.disclosed(house.school, record, house.police)
    house.disclosed(house.school, record, house.police)

    with house.work() as session:
        end_disclosures(session, house.coordinator, [first], "withdrawn")

    assert house.can_read(house.police, record)


def test_ending_twice_ends_once(house):
    record = house.sealed(house.school)
    disclosure = house.disclosed(house.school, record, house.police)

    for expected in (1, 0):
        with house.work() as session:
            assert end_disclosures(session, house.coordinator, [disclosure], "withdrawn") == expected
    assert len(house.entries("disclosure:ended")) == 1


def test_an_own_record_is_not_ended_like_a_disclosure(house):
    record = house.sealed(house.school)
    with house.work() as session:
        [own] = session.scalars(select(Disclosure.id).where(Disclosure.envelope_id == record.envelope_id))
        assert live_disclosures(session, envelope_ids=[record.envelope_id]) == []
        with pytest.raises(OwnRecordStays):
            end_disclosures(session, house.school, [own], "withdrawn")

    assert house.can_read(house.school, record)


def test_ending_what_does_not_exist_is_a_mistake_and_ends_nothing(house):
    record = house.sealed(house.school)
    disclosure = house.disclosed(house.school, record, house.police)

    with house.work() as session, pytest.raises(ValueError, match="no such"):
        end_disclosures(session, house.coordinator, [disclosure, uuid4()], "withdrawn")
    assert house.can_read(house.police, record)


def test_live_disclosures_are_found_by_what_they_rest_on(house):
    record, other = house.sealed(house.school), house.sealed(house.school, kind="observation")
    mother, father = uuid4(), uuid4()
    both = house.disclosed(house.school, record, house.police, resting_on=[mother, father])
    one = house.disclosed(house.school, other, house.coordinator, resting_on=[father, father])

    with house.work() as session:
        assert [found.id for found in live_disclosures(session, resting_on=[mother])] == [both]
        assert [found.id for found in live_disclosures(session, resting_on=[father])] == [both, one]
        assert live_disclosures(session, resting_on=[]) == []
        [summary] = live_disclosures(session, resting_on=[mother])
        assert (summary.kind, summary.organisation_id) == ("school", house.police.organisation_id)
        assert summary.source_id == house.school.organisation_id
        assert summary.about.person_id == house.youth_id
        in_case = live_disclosures(session, units=[("case", house.case_id)])
        assert [found.id for found in in_case] == [both, one]
        to_police = live_disclosures(session, organisation_id=house.police.organisation_id)
        assert [found.id for found in to_police] == [both]
        end_disclosures(session, house.coordinator, [both], "withdrawn")
        assert live_disclosures(session, resting_on=[mother]) == []


def test_nobody_asks_for_every_disclosure_there_is(house):
    with house.work() as session, pytest.raises(ValueError, match="every"):
        live_disclosures(session)


def test_a_new_version_of_an_organisations_key_wraps_and_the_old_still_opens(house, vault_database):
    old = house.sealed(house.school)
    with house.database.sessions.begin() as session:
        assert create_organisation_key(session, house.coordinator, house.school.organisation_id) == 2
    new = house.sealed(house.school)

    versions = (
        "SELECT key_version FROM wrapped_key JOIN disclosure ON id = disclosure_id "
        "WHERE disclosure.municipality_id = :id ORDER BY disclosure_id"
    )
    assert vault_database.ask(versions, id=house.municipality_id) == [(1,), (2,)]
    assert house.can_read(house.school, old)
    assert house.can_read(house.school, new)
    assert [entry.facts["version"] for entry in house.entries("key:created")] == [1, 1, 1, 2]
