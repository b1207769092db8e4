"""What the door opens, to whom, and what it writes down."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from audit.log import collected_events, follow
from sspf.vault import door
from sspf.vault.access import Access
from sspf.vault.errors import NotShown, ReadingClosed
from sspf.vault.writing import About, AboutKind, Unit


def test_the_owner_reads_what_it_has_written(house):
    record = house.sealed(house.school, "Han sover inte.")

    with house.page() as session:
        reading = house.open(session, house.school)
        assert reading.reveal(record, "statement") == "Han sover inte."

    [opened] = reading.opened.values()
    assert (opened.kind, opened.owner_id) == ("school", house.school.organisation_id)
    assert opened.about == About(AboutKind.YOUTH, house.youth_id)
    assert opened.unit == Unit("case", house.case_id, house.authority_id)
    assert opened.created_by == house.school.user_id
    assert [ground.ground for ground in opened.grounds] == ["own_record"]
    assert opened.grounds[0].valid_until is None


def test_nobody_else_reads_it_and_nothing_tells_them_that_it_exists(house):
    record = house.sealed(house.school)

    for stranger in (house.police, house.coordinator):
        with house.page() as session:
            reading = house.open(session, stranger)
            assert not reading.shows(record)
            assert (dict(reading.opened), reading.envelope_ids()) == ({}, ())
            with pytest.raises(NotShown):
                reading.reveal(record, "statement")


def test_whom_it_is_disclosed_to_reads_it_with_the_reason(house):
    record = house.sealed(house.school)
    consent_id = uuid4()
    disclosure_id = house.disclosed(house.school, record, house.police, resting_on=[consent_id])

    with house.page() as session:
        reading = house.open(session, house.police)
        assert reading.reveal(record, "statement") == "Han sover inte."

    [ground] = reading.opened[record.envelope_id].grounds
    assert (ground.disclosure_id, ground.ground, ground.purpose) == (disclosure_id, "consent", "casework")
    assert ground.decided_by == house.school.user_id


def test_several_grounds_stand_side_by_side_and_one_is_enough(house):
    record = house.sealed(house.school)
    first = house.disclosed(house.school, record, house.police)
    second = house.disclosed(house.school, record, house.police, ground="other", purpose="meeting")

    with house.page() as session:
        grounds = house.open(session, house.police).opened[record.envelope_id].grounds
    assert [ground.disclosure_id for ground in grounds] == [first, second]


def test_only_the_units_of_the_access_are_opened(house):
    inside = house.sealed(house.school)
    other_case = house.sealed(house.school, unit=Unit("case", uuid4(), house.authority_id))
    person = house.sealed(house.school, unit=Unit("person", house.youth_id))

    with house.page() as session:
        of_case = door.open(session, house.access(house.school, ("case", house.case_id)), "case_page")
        of_both = house.open(session, house.school)

    assert of_case.envelope_ids() == (inside.envelope_id,)
    assert of_both.envelope_ids() == (inside.envelope_id, person.envelope_id)
    assert not of_both.shows(other_case)


def test_a_case_covers_what_every_authority_has_sealed_in_it(house):
    one = house.sealed(house.school)
    other = house.sealed(house.school, unit=Unit("case", house.case_id, uuid4()))

    with house.page() as session:
        assert house.open(session, house.school).envelope_ids() == (one.envelope_id, other.envelope_id)


def test_an_audience_narrows_to_what_everyone_in_it_may_see(house):
    everyones = house.sealed(house.school, "for all")
    schools_and_police = house.sealed(house.school, "for two")
    house.disclosed(house.school, everyones, house.police)
    house.disclosed(house.school, everyones, house.coordinator)
    house.disclosed(house.school, schools_and_police, house.police)
    three = [actor.organisation_id for actor in (house.coordinator, house.school, house.police)]

    with house.page() as session:
        alone = house.open(session, house.police)
        before_school = house.open(session, house.police, audience=[house.school.organisation_id])
        before_all = house.open(session, house.police, audience=three)
        before_stranger = house.open(session, house.police, audience=[*three, uuid4()])

    assert (
        alone.envelope_ids() == before_school.envelope_ids() == (everyones.envelope_id, schools_and_police.envelope_id)
    )
    assert before_all.envelope_ids() == (everyones.envelope_id,)
    assert before_stranger.envelope_ids() == ()
    [ground] = before_all.opened[everyones.envelope_id].grounds
    assert ground.ground == "consent"  # the reader's own ground, not another's


def test_kinds_and_ids_narrow_and_never_widen(house):
    school = house.sealed(house.school)
    actions = house.sealed(house.school, kind="actions")
    others = house.sealed(house.police, kind="actions")

    with house.page() as session:
        assert house.open(session, house.school, kinds=["actions"]).envelope_ids() == (actions.envelope_id,)
        assert house.open(session, house.school, kinds=[]).envelope_ids() == ()
        by_id = house.open(session, house.school, envelope_ids=[school.envelope_id, others.envelope_id])
        assert by_id.envelope_ids() == (school.envelope_id,)
        everything = house.open(session, house.school)
        assert everything.envelope_ids("school", "actions") == (school.envelope_id, actions.envelope_id)
        assert everything.envelope_ids("actions") == (actions.envelope_id,)


def test_a_correction_says_what_it_replaces(house):
    old = house.sealed(house.school, "fel")
    new = house.sealed(house.school, "rätt", replaces=old.envelope_id)
    house.disclosed(house.school, old, house.police)

    with house.page() as session:
        owner, recipient = house.open(session, house.school), house.open(session, house.police)

    assert owner.opened[old.envelope_id].replaced_by == new.envelope_id
    assert owner.opened[new.envelope_id].replaces_id == old.envelope_id
    assert recipient.opened[old.envelope_id].replaced_by is None  # it was not told


def test_many_accesses_are_one_question(house, count_statements):
    cases = [uuid4() for _ in range(30)]
    with house.work() as session:
        records = [house.seal(session, house.school, unit=Unit("case", case, house.authority_id)) for case in cases]
    accesses = [
        Access(house.school.organisation_id, house.school.who, house.municipality_id, frozenset({("case", case)}), case)
        for case in cases
    ]

    with house.page() as session:
        with count_statements(session) as statements:
            reading = door.open(session, accesses, "case_list")
        assert [reading.reveal(record, "statement") for record in records] == ["Han sover inte."] * 30

    assert len(statements) == 1
    [entry] = house.entries("envelope:read")
    assert {subject.case_id for subject in entry.subjects} - {None} == set(cases)


def test_one_reading_has_one_asker(house):
    for other in (house.police, house.coordinator):
        with house.page() as session, pytest.raises(ValueError, match="asker"):
            door.open(session, [house.access(house.school), house.access(other)], "case_list")


def test_no_accesses_open_nothing_and_write_nothing(house):
    record = house.sealed(house.school)

    with house.page() as session:
        reading = door.open(session, [], "case_list")
        assert not reading.shows(record)
        with pytest.raises(NotShown):
            reading.reveal(record, "statement")
    assert house.entries("envelope:read") == []


def test_a_reading_leaves_one_entry_with_everything_that_was_open(house):
    with house.work() as session:
        seen = house.seal(session, house.school, fields={"statement": "ett", "detail": "två"})
        listed = house.seal(session, house.school)
        another = house.seal(session, house.school, fields={"statement": "ett", "detail": "två"})
        other = house.seal(session, house.school, kind="observation")
    audience = [house.school.organisation_id]

    with house.page() as session:
        reading = house.open(session, house.school, purpose="meeting", audience=audience)
        for record in (seen, seen, another):
            reading.reveal(record, "detail")
        assert [event.tag for event in collected_events(session)] == []

    [entry] = house.entries("envelope:read")
    assert entry.facts == {
        "purpose": "meeting",
        "audience": [str(house.school.organisation_id)],
        "envelopes": [
            {
                "kind": "school",
                "grounds": ["own_record"],
                "fields": ["test_secret.detail"],
                "ids": [str(seen.envelope_id), str(another.envelope_id)],
            },
            {"kind": "school", "grounds": ["own_record"], "fields": [], "ids": [str(listed.envelope_id)]},
            {"kind": "observation", "grounds": ["own_record"], "fields": [], "ids": [str(other.envelope_id)]},
        ],
    }
    assert entry.who == house.school.who
    assert [subject.case_id for subject in entry.subjects] == [house.case_id, None]
    assert [subject.person_id for subject in entry.subjects] == [None, house.youth_id]


def test_finding_nothing_leaves_an_entry_too_and_names_no_person(house):
    house.sealed(house.school)

    with house.page() as session:
        house.open(session, house.police)

    [entry] = house.entries("envelope:read")
    assert entry.facts["envelopes"] == []
    assert [(subject.case_id, subject.person_id) for subject in entry.subjects] == [(house.case_id, None)]


def test_a_question_about_a_person_alone_is_about_that_person(house):
    access = Access(
        house.school.organisation_id,
        house.school.who,
        house.municipality_id,
        frozenset({("concern", house.case_id), ("person", house.youth_id)}),
        None,
        (house.youth_id,),
    )

    with house.page() as session:
        door.open(session, access, "concern_page")

    [entry] = house.entries("envelope:read")
    assert [subject.person_id for subject in entry.subjects] == [None, house.youth_id]
    assert entry.subjects[0].ids == {"concern": str(house.case_id)}


def test_each_opening_leaves_its_own_entry(house):
    house.sealed(house.school)

    with house.page() as session:
        house.open(session, house.school, purpose="one")
        house.open(session, house.school, purpose="two")

    assert [entry.facts["purpose"] for entry in house.entries("envelope:read")] == ["one", "two"]


def test_a_reading_ends_with_the_commit(house):
    record = house.sealed(house.school)
    with house.page() as session:
        reading = house.open(session, house.school)

    with pytest.raises(ReadingClosed):
        reading.reveal(record, "statement")
    with house.database.sessions.begin(), pytest.raises(ReadingClosed):
        reading.reveal(record, "statement")


def test_a_reading_ends_with_the_rollback_and_not_with_a_savepoint(house):
    record = house.sealed(house.school)
    with house.database.sessions() as session:
        session.begin()
        reading = house.open(session, house.school)
        with session.begin_nested() as savepoint:
            reading.reveal(record, "statement")
            savepoint.rollback()
        reading.reveal(record, "statement")

        session.rollback()

        with pytest.raises(ReadingClosed):
            reading.reveal(record, "statement")
        session.begin()
        with pytest.raises(ReadingClosed):
            reading.reveal(record, "statement")


def test_once_the_trail_has_asked_nothing_more_is_revealed(house):
    record = house.sealed(house.school)
    asked = []

    def ask_late():
        with pytest.raises(ReadingClosed):
            reading.reveal(record, "statement")
        asked.append(reading)
        return ()

    with house.page() as session:
        reading = house.open(session, house.school)
        follow(session, ask_late)  # after the reading, which has told the trail by then

    assert asked == [reading]


def test_a_request_whose_entry_cannot_be_written_commits_nothing_and_gives_no_text(house, vault_database):
    record = house.sealed(house.school)
    full = f"ALTER TABLE audit_leaf ADD CONSTRAINT disk_full CHECK (log_id <> '{house.municipality_id}') NOT VALID"
    vault_database.forge(full)
    sent = []

    def request():
        with house.work() as session:
            house.seal(session, house.school, "Ny uppgift.")
            page = house.open(session, house.school).reveal(record, "statement")
        sent.append(page)  # a page leaves when its transaction is committed

    try:
        with pytest.raises(IntegrityError, match="disk_full"):
            request()
    finally:
        vault_database.forge("ALTER TABLE audit_leaf DROP CONSTRAINT disk_full")

    assert sent == []
    ours = "SELECT count(*) FROM envelope WHERE municipality_id = :municipality_id"
    assert vault_database.ask(ours, municipality_id=house.municipality_id) == [(1,)]
    request()
    assert sent == ["Han sover inte."]


def test_an_empty_optional_field_is_no_text(house):
    record = house.sealed(house.school)

    with house.page() as session, pytest.raises(TypeError, match="empty"):
        house.open(session, house.school).reveal(record, "detail")


def test_a_reading_cannot_be_asked_for_a_plain_column(house):
    record = house.sealed(house.school)

    with house.page() as session, pytest.raises(TypeError, match="not a sealed column"):
        house.open(session, house.school).reveal(record, "title")
