"""What stood of people in the open is gone from the database when the form that seals it has come."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text

from sspf.db.migrate import alembic_config
from tests.dumping import dump, rows_in
from tests.migrations.conftest import Empty

VISITOR, STAFF = "Provbesökaren Vide", "Kollegan Provsson"
BEFORE = "0018_corrections"
AFTER = "0019_visitors"


@pytest.fixture
def older(empty: Empty) -> Iterator[Connection]:
    """An installation of before, with a visitor and a colleague on a meeting's list."""
    command.upgrade(alembic_config(empty.owner_url), BEFORE)
    engine = create_engine(empty.superuser_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))  # nothing they point at is needed here
        add = text(
            "INSERT INTO attendance (id, municipality_id, meeting_id, organisation_id, user_id, name, presence)"
            " VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), "
            "CASE WHEN :has_account THEN gen_random_uuid() END, :name, 'present')"
        )
        connection.execute(add, {"has_account": False, "name": VISITOR})
        connection.execute(add, {"has_account": True, "name": STAFF})
        yield connection
    engine.dispose()


def test_the_visitors_name_is_erased_and_that_somebody_came_stays(empty: Empty, older: Connection) -> None:
    where = text("SELECT pg_relation_filenode('attendance')")
    file_before = older.execute(where).scalar_one()
    assert VISITOR in dump(empty.embedded, empty.name)

    command.upgrade(alembic_config(empty.owner_url), AFTER)

    left = dump(empty.embedded, empty.name)
    assert VISITOR not in left
    assert older.execute(where).scalar_one() != file_before, "the old rows lie in the table's file"
    rows = {row["name"]: row for row in rows_in(left, "attendance")}
    assert rows.keys() == {STAFF, r"\N"}
    assert rows[r"\N"]["visitor_id"] != r"\N"
    assert rows[STAFF]["visitor_id"] == r"\N"


def test_going_back_leaves_a_list_that_the_older_form_can_show(empty: Empty, older: Connection) -> None:
    config = alembic_config(empty.owner_url)
    command.upgrade(config, AFTER)

    command.downgrade(config, BEFORE)

    assert list(older.scalars(text("SELECT name FROM attendance"))) == [STAFF]


def test_in_which_language_a_family_answered_is_erased_and_the_paper_stays(empty: Empty) -> None:
    config = alembic_config(empty.owner_url)
    command.upgrade(config, AFTER)
    engine = create_engine(empty.superuser_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(
            text(
                "INSERT INTO consent (id, municipality_id, case_id, person_id, role, way, form_version, language,"
                " with_interpreter, given_on, valid_from, valid_until, recorded_by, answers, envelope_id)"
                " SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'guardian',"
                " 'paper', '2026-1', 'tigrinja', true, now(), now(), now(), gen_random_uuid(), '', gen_random_uuid()"
            )
        )
        assert "tigrinja" in dump(empty.embedded, empty.name)
        command.upgrade(config, "0020_manners")
        after = rows_in(dump(empty.embedded, empty.name), "consent")
        command.downgrade(config, AFTER)
        before = rows_in(dump(empty.embedded, empty.name), "consent")
    engine.dispose()

    assert [(row["language"], row["with_interpreter"], row["form_version"]) for row in after] == [
        (r"\N", r"\N", "2026-1")
    ]
    assert [(row["language"], row["with_interpreter"]) for row in before] == [("", "f")]
