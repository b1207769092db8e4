"""Text goes in once, for its owner alone, and never changes."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from audit.events import Who
from sspf.vault.actors import SystemActor, signature, signed_by
from sspf.vault.errors import AlreadySealed, NoKey
from sspf.vault.sealing import parse
from sspf.vault.writing import About, AboutKind, Unit, seal
from tests.vault.make import an_actor, database_now, wait_until
from tests.vault.tables import Secret


def test_what_is_stored_is_sealed_under_the_envelopes_own_key(house, vault_database):
    record = house.sealed(house.school, "Alva sover inte.")

    [row] = vault_database.ask("SELECT statement, detail FROM test_secret WHERE id = :id", id=record.id)
    assert parse(bytes(row.statement)).key_id == record.envelope_id
    assert b"Alva" not in bytes(row.statement)
    assert row.detail is None


def test_the_owner_gets_an_own_record_without_end_and_nobody_else_gets_anything(house, vault_database):
    record = house.sealed(house.school)

    [row] = vault_database.ask(
        "SELECT organisation_id, ground, valid_until FROM disclosure WHERE envelope_id = :id", id=record.envelope_id
    )
    assert tuple(row) == (house.school.organisation_id, "own_record", None)


def test_a_writer_for_another_owner_cannot_read_what_was_written(house):
    record = house.sealed(house.coordinator, by=house.school)

    assert house.can_read(house.coordinator, record)
    assert not house.can_read(house.school, record)


def test_an_own_record_may_have_an_end(house):
    with house.work() as session:
        until = database_now(session) + timedelta(seconds=1)
        record = house.seal(session, house.school, until=until)
    assert house.can_read(house.school, record)

    with house.database.sessions.begin() as session:
        while database_now(session) < until:
            pass

    assert not house.can_read(house.school, record)


@pytest.mark.parametrize("again", ["same field", "other field"])
def test_a_record_is_sealed_once(house, again):
    record = house.sealed(house.school)
    before = record.statement.stored
    fields = {"statement": "Ändrad."} if again == "same field" else {"detail": "Tillagd."}

    with house.work() as session, pytest.raises(AlreadySealed):
        house.seal(session, house.school, record=record, fields=fields)
    assert (record.statement.stored, record.detail) == (before, None)


def test_a_record_read_from_the_database_is_not_sealed_again_either(house):
    record_id = house.sealed(house.school).id

    with house.work() as session:
        loaded = session.get_one(Secret, record_id)
        with pytest.raises(AlreadySealed):
            house.seal(session, house.school, record=loaded)


@pytest.mark.parametrize("fields", [{}, {"title": "Alva"}, {"nothing": "Alva"}, {"statement": "Alva", "id": "Alva"}])
def test_only_sealed_fields_are_sealed_and_nothing_is_written_before_that_is_known(house, vault_database, fields):
    with house.work() as session, pytest.raises(TypeError):
        house.seal(session, house.school, fields=fields)

    ours = "SELECT 1 FROM erasure_unit WHERE municipality_id = :id"
    assert vault_database.ask(ours, id=house.municipality_id) == []


def test_an_organisation_without_a_key_can_own_nothing(house):
    with house.work() as session, pytest.raises(NoKey):
        house.seal(session, an_actor(house.municipality_id))


def test_an_erased_unit_opens_nothing_and_takes_nothing_more(house):
    record = house.sealed(house.school)
    person = house.sealed(house.school, unit=Unit("person", house.youth_id))
    house.disclosed(house.school, record, house.police)

    with house.work() as session:
        unit_ids = session.connection().exec_driver_sql(
            "SELECT id FROM erasure_unit WHERE kind = 'case' AND subject_id = %s", (house.case_id,)
        )
        for (unit_id,) in unit_ids:
            session.connection().exec_driver_sql("DELETE FROM unit_secret WHERE unit_id = %s", (unit_id,))

    assert not house.can_read(house.school, record)
    assert not house.can_read(house.police, record)
    assert house.can_read(house.school, person)
    with house.work() as session, pytest.raises(NoKey):
        house.seal(session, house.school)


def test_one_unit_has_one_secret_whoever_seals_in_it_first(house, vault_database):
    for actor in (house.school, house.police, house.school):
        house.sealed(actor, unit=Unit("person", house.youth_id))

    secrets = (
        "SELECT count(*) FROM erasure_unit JOIN unit_secret ON unit_id = id WHERE kind = 'person' AND subject_id = :id"
    )
    assert vault_database.ask(secrets, id=house.youth_id) == [(1,)]


def test_two_cases_that_seal_in_a_persons_unit_at_the_same_time_share_it(house, vault_database):
    unit = Unit("person", house.youth_id)
    with ThreadPoolExecutor(1) as pool:
        with house.database.sessions.begin() as session:
            first = house.seal(session, house.school, unit=unit)
            other = pool.submit(seal_elsewhere, house, unit)
            wait_until(lambda: vault_database.ask(WAITING) == [(1,)])
        second = other.result(timeout=30)

    units = "SELECT count(DISTINCT unit_id), count(*) FROM envelope WHERE municipality_id = :id"
    assert vault_database.ask(units, id=house.municipality_id) == [(1, 2)]
    assert house.can_read(house.school, first)
    assert house.can_read(house.police, second)


WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"


def seal_elsewhere(house, unit):
    with house.database.sessions.begin() as session:
        return house.seal(session, house.police, unit=unit)


def test_a_record_that_has_an_id_keeps_it(house):
    record = Secret(id=(given := uuid4()))

    assert house.sealed(house.school, record=record).id == given
    assert house.can_read(house.school, record)


def test_the_record_may_be_in_the_session_before_it_is_sealed(house):
    with house.work() as session:
        record = Secret()
        session.add(record)
        house.seal(session, house.school, record=record)

    assert house.can_read(house.school, record)


def test_sealing_is_on_the_record_with_a_hash_of_what_was_sealed(house):
    record = house.sealed(house.school, "Han sover inte.", source=house.police.organisation_id)

    [entry] = house.entries("envelope:sealed")
    assert entry.who == house.school.who
    assert {(subject.case_id, subject.person_id) for subject in entry.subjects} == {
        (house.case_id, None),
        (None, house.youth_id),
    }
    assert entry.facts == {
        "envelope": str(record.envelope_id),
        "kind": "school",
        "about": "youth",
        "owner": str(house.school.organisation_id),
        "source": str(house.police.organisation_id),
        "replaces": None,
        "sha256": {"statement": hashlib.sha256(record.statement.stored).hexdigest()},
    }


def test_an_envelope_is_replaced_once(house):
    old = house.sealed(house.school)
    house.sealed(house.school, replaces=old.envelope_id)

    with pytest.raises(Exception, match="uq_envelope_replaces_id"):
        house.sealed(house.school, replaces=old.envelope_id)


def test_a_system_actor_acts_for_an_organisation_and_names_the_person_behind_it(house):
    alone = SystemActor("sweep", house.coordinator.organisation_id, house.municipality_id)
    behind = SystemActor("shared_actions", house.coordinator.organisation_id, house.municipality_id, house.school.who)

    assert alone.who == Who(organisation_id=house.coordinator.organisation_id, system="sweep")
    assert (behind.who.user_id, behind.who.organisation_id) == (house.school.user_id, house.school.organisation_id)
    assert signature(behind.who) == "shared_actions"
    assert signed_by("shared_actions") == "shared_actions"
    assert signed_by(signature(house.school.who)) == house.school.user_id


def test_nobody_decides_nothing(house):
    nobody = SystemActor("", house.coordinator.organisation_id, house.municipality_id)

    assert nobody.who.system == ""
    with pytest.raises(ValueError, match="needs a user"):
        signature(Who(organisation_id=uuid4()))


@pytest.mark.parametrize(
    ("kind", "person_id"), [(AboutKind.YOUTH, None), (AboutKind.GUARDIAN, None), (AboutKind.OTHER, uuid4())]
)
def test_whom_it_is_about_is_said_whole_or_not_at_all(kind, person_id):
    with pytest.raises(ValueError, match="id"):
        About(kind, person_id)


def test_about_somebody_else_names_nobody(house):
    record = Secret()
    with house.work() as session:
        seal(
            session,
            house.school,
            record,
            unit=Unit("case", house.case_id, house.authority_id),
            owner=house.school.organisation_id,
            source=house.school.organisation_id,
            kind="observation",
            about=About(AboutKind.OTHER),
            fields={"statement": "En vuxen på gården."},
        )
        session.add(record)

    [entry] = house.entries("envelope:sealed")
    assert [subject.person_id for subject in entry.subjects] == [None]
