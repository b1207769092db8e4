"""What somebody who writes in the database gets out of it: nothing, and an entry in the trail."""

from datetime import timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from sqlalchemy import text

from sspf.vault.columns import Sealed
from sspf.vault.ending import end_disclosures
from sspf.vault.errors import CannotOpen, NotShown, NotTheOwner
from sspf.vault.holding import holdings
from sspf.vault.keys import organisation_context, unit_context
from sspf.vault.models import Disclosure
from sspf.vault.wrap import Reason, unwrap_data_key, wrapping_key
from sspf.vault.writing import Unit
from tests.vault.make import database_now
from tests.vault.tables import OtherSecret


def as_loaded(record, field, stored):
    """The record as it would come from a database where somebody has changed one value."""
    record.__dict__[field] = Sealed(stored)
    return record


def test_a_sealed_value_moved_to_any_other_row_column_or_envelope_does_not_open(house):
    with house.work() as session:
        records = [
            house.seal(session, house.school, fields={"statement": f"a{number}", "detail": f"b{number}"})
            for number in range(3)
        ] + [house.seal(session, house.school, record=OtherSecret(), fields={"statement": "c"})]
    places = [(record, field) for record in records[:3] for field in ("statement", "detail")] + [
        (records[3], "statement")
    ]
    stored = {(record.id, field): getattr(record, field).stored for record, field in places}

    with house.page() as session:
        reading = house.open(session, house.school)
        for (source, source_field), (target, field) in permutations(places, 2):
            as_loaded(target, field, stored[source.id, source_field])
            with pytest.raises(CannotOpen):
                reading.reveal(target, field)
            as_loaded(target, field, stored[target.id, field])
        assert [reading.reveal(record, field) for record, field in places] == ["a0", "b0", "a1", "b1", "a2", "b2", "c"]


def test_a_record_put_into_an_envelope_one_may_read_does_not_open(house, vault_database):
    wanted, allowed = house.sealed(house.school, "hemligt"), house.sealed(house.police)
    vault_database.forge(
        "UPDATE test_secret SET envelope_id = :to WHERE id = :id", to=allowed.envelope_id, id=wanted.id
    )
    wanted.envelope_id = allowed.envelope_id

    with house.page() as session:
        reading = house.open(session, house.police)
        assert reading.shows(wanted)
        with pytest.raises(CannotOpen):
            reading.reveal(wanted, "statement")


@pytest.mark.parametrize(
    "change",
    [
        "valid_until = valid_until + interval '1 day'",
        "valid_until = valid_until - interval '1 microsecond'",
        "valid_until = NULL",
        "valid_from = valid_from - interval '1 microsecond'",
        "ground = 'own_record'",
        "rule_version = 2",
        "purpose = 'meeting'",
        "decided_by = 'sweep'",
    ],
)
def test_an_altered_disclosure_opens_nothing_and_is_reported(house, vault_database, change):
    record, untouched = house.sealed(house.school), house.sealed(house.school)
    with house.work() as session:
        until = database_now(session) + timedelta(days=1)
        forged, _ = house.disclose(session, house.school, [record, untouched], house.police, until=until)

    assert vault_database.forge(f"UPDATE disclosure SET {change} WHERE id = :id", id=forged) == 1

    with house.page() as session:
        reading = house.open(session, house.police)
        assert reading.envelope_ids() == (untouched.envelope_id,)
        with pytest.raises(NotShown):
            reading.reveal(record, "statement")
    [entry] = house.entries("envelope:broken")
    assert entry.facts == {"disclosures": [str(forged)]}


def test_a_disclosure_readdressed_to_another_organisation_opens_nothing(house, vault_database):
    record = house.sealed(house.school)
    forged = house.disclosed(house.school, record, house.police)

    vault_database.forge(
        "UPDATE disclosure SET organisation_id = :to WHERE id = :id", to=house.coordinator.organisation_id, id=forged
    )

    assert not house.can_read(house.coordinator, record)
    assert not house.can_read(house.police, record)


def test_a_disclosure_pointed_at_another_envelope_opens_nothing(house, vault_database):
    shown, wanted = house.sealed(house.school), house.sealed(house.school)
    forged = house.disclosed(house.school, shown, house.police)

    vault_database.forge("UPDATE disclosure SET envelope_id = :to WHERE id = :id", to=wanted.envelope_id, id=forged)

    assert not house.can_read(house.police, wanted)
    assert not house.can_read(house.police, shown)


def test_an_envelope_moved_to_another_unit_opens_nothing(house, vault_database):
    record = house.sealed(house.school)
    other = house.sealed(house.school, unit=Unit("person", house.youth_id))

    vault_database.forge(
        "UPDATE envelope SET unit_id = (SELECT unit_id FROM envelope WHERE id = :other) WHERE id = :id",
        other=other.envelope_id,
        id=record.envelope_id,
    )

    assert not house.can_read(house.school, record)


def test_a_disclosure_and_key_made_up_from_another_opens_nothing(house, vault_database):
    record = house.sealed(house.school)
    vault_database.forge(
        "INSERT INTO disclosure SELECT :new, municipality_id, envelope_id, :to, ground, rule_version, purpose, "
        "decided_by, valid_from, valid_until FROM disclosure WHERE envelope_id = :id",
        new=(made_up := uuid4()),
        to=house.police.organisation_id,
        id=record.envelope_id,
    )
    vault_database.forge(
        "INSERT INTO wrapped_key SELECT :new, municipality_id, key_version, wrapped FROM wrapped_key WHERE "
        "disclosure_id = (SELECT id FROM disclosure WHERE envelope_id = :id AND ground = 'own_record' AND id <> :new)",
        new=made_up,
        id=record.envelope_id,
    )

    assert not house.can_read(house.police, record)
    assert house.can_read(house.school, record)
    assert len(house.entries("envelope:broken")) == 1


def test_a_live_disclosure_whose_key_was_removed_is_reported(house, vault_database):
    record = house.sealed(house.school)
    robbed = house.disclosed(house.school, record, house.police)
    vault_database.forge("DELETE FROM wrapped_key WHERE disclosure_id = :id", id=robbed)

    assert not house.can_read(house.police, record)
    [entry] = house.entries("envelope:broken")
    assert entry.facts == {"disclosures": [str(robbed)]}


def test_an_end_taken_back_does_not_bring_the_key_back(house, vault_database):
    record = house.sealed(house.school)
    ended = house.disclosed(house.school, record, house.police)
    with house.work() as session:
        end_disclosures(session, house.coordinator, [ended], "withdrawn")

    vault_database.forge("DELETE FROM disclosure_end WHERE disclosure_id = :id", id=ended)

    assert not house.can_read(house.police, record)


def test_a_forged_disclosure_makes_nobody_present_in_the_audience(house, vault_database):
    record = house.sealed(house.school)
    vault_database.forge(
        "INSERT INTO disclosure SELECT :new, municipality_id, envelope_id, :to, 'consent', rule_version, purpose, "
        "decided_by, valid_from, valid_until FROM disclosure WHERE envelope_id = :id",
        new=uuid4(),
        to=house.police.organisation_id,
        id=record.envelope_id,
    )

    with house.page() as session:
        before = house.open(session, house.school, audience=[house.police.organisation_id])
        assert before.envelope_ids() == ()


def test_an_envelope_that_changes_owner_in_the_database_is_nobodys_to_disclose(house, vault_database):
    record = house.sealed(house.school)
    house.disclosed(house.school, record, house.police)
    vault_database.forge(
        "UPDATE envelope SET owner_id = :to WHERE id = :id", to=house.police.organisation_id, id=record.envelope_id
    )

    for actor in (house.police, house.school):
        with house.work() as session, pytest.raises(NotTheOwner):
            house.disclose(session, actor, [record], house.coordinator)


def test_another_organisations_key_put_in_ones_own_place_opens_nothing(house, vault_database):
    record = house.sealed(house.school)
    house.disclosed(house.school, record, house.police)
    vault_database.forge(
        "UPDATE organisation_key SET wrapped = (SELECT wrapped FROM organisation_key WHERE organisation_id = :theirs) "
        "WHERE organisation_id = :ours",
        ours=house.police.organisation_id,
        theirs=house.school.organisation_id,
    )

    with house.page() as session, pytest.raises(CannotOpen):
        house.open(session, house.police)


def test_an_organisation_with_its_own_keys_and_the_whole_database_opens_only_what_is_disclosed_to_it(house):
    """Police calls the vault's insides with every secret it has: its own key, and the units' secrets."""
    undisclosed, disclosed = house.sealed(house.school), house.sealed(house.school)
    allowed = house.disclosed(house.school, disclosed, house.police)
    police = house.police.organisation_id

    opened = set()
    with house.page() as session:
        assert [held.row.disclosure_id for held in holdings(session, [police])] == [allowed]
        rows = session.execute(text(EVERYTHING), {"municipality_id": house.municipality_id, "police": police}).all()
        for row in rows:
            own_key, unit_secret = session.info["keys"].unwrap(
                [(organisation_context(police, 1), row.own_key), (unit_context(row.unit_id), row.unit_secret)]
            )
            for claimed in (row.organisation_id, police):
                for key_of in (row.organisation_id, police):
                    try:
                        unwrap_data_key(
                            wrapping_key(own_key, unit_secret, key_of, 1, row.unit_id),
                            row.wrapped,
                            reason(row, claimed),
                        )
                        opened.add(row.disclosure_id)
                    except CannotOpen:
                        pass

    assert {row.envelope_id for row in rows} == {undisclosed.envelope_id, disclosed.envelope_id}
    assert len(rows) == 3
    assert opened == {allowed}


EVERYTHING = """
    SELECT d.*, d.id AS disclosure_id, e.unit_id, w.wrapped, s.wrapped AS unit_secret, o.wrapped AS own_key
    FROM disclosure d JOIN envelope e ON e.id = d.envelope_id JOIN wrapped_key w ON w.disclosure_id = d.id
    JOIN unit_secret s ON s.unit_id = e.unit_id JOIN organisation_key o ON o.organisation_id = :police
    WHERE d.municipality_id = :municipality_id
"""


def reason(row, organisation_id):
    return Reason(
        row.disclosure_id,
        row.envelope_id,
        organisation_id,
        row.ground,
        row.rule_version,
        row.purpose,
        row.valid_from,
        row.valid_until,
        row.decided_by,
    )


def test_every_column_of_a_disclosure_but_the_tenant_is_bound():
    bound = {"id" if name == "disclosure_id" else name for name in Reason.__slots__}

    assert {column.name for column in Disclosure.__table__.columns} - bound == {"municipality_id"}
