"""What the database itself refuses: the application may append, and nobody may change in haste."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from audit.events import SYSTEM_LOG

TABLES = ("audit_log", "audit_leaf", "audit_entry_facts", "audit_entry_subject")


def run(sessions, sql: str, **values) -> None:
    with sessions.begin() as session:
        session.execute(text(sql), values)


def key(table: str) -> str:
    return "id" if table == "audit_log" else "log_id"


COLUMNS = {
    "audit_log": ("id", "origin"),
    "audit_leaf": ("log_id", "seq", "leaf", "node"),
    "audit_entry_facts": ("seq", "event", "at", "user_id", "organisation_id", "who_salt", "who_sealed", "facts_sealed"),
    "audit_entry_subject": ("seq", "position", "case_id", "person_id", "redacts_seq", "salt", "rest", "sealed"),
}


@pytest.mark.parametrize(("table", "column"), [(table, column) for table in TABLES for column in COLUMNS[table]])
def test_the_application_may_change_no_column_but_the_heads(eight, table, column):
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(eight.sessions, f"UPDATE {table} SET {column} = {column} WHERE {key(table)} = :log", log=eight.log)


@pytest.mark.parametrize("table", TABLES)
def test_the_application_may_delete_nothing(eight, table):
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(eight.sessions, f"DELETE FROM {table} WHERE {key(table)} = :log", log=eight.log)
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(eight.sessions, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "sql",
    [
        "SET session_replication_role = replica",
        "ALTER TABLE audit_leaf DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_leaf_stays ON audit_leaf",
        "DROP TABLE audit_entry_subject",
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "SELECT audit_redact_subject(gen_random_uuid(), 4, 1)",
        "SET ROLE sspf_owner",
    ],
)
def test_the_application_cannot_switch_the_walls_off(eight, sql):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(eight.sessions, sql)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("size = size - 1", "only moves forward"),
        ("root = sha256('')", "only moves forward"),
        ("frontier = ''", "only moves forward"),
        ("last_at = last_at - interval '1 microsecond'", "only moves forward"),
        ("last_at = NULL", "only moves forward"),
        ("size = size + 1, root = ''", "ck_audit_log_root"),
        ("size = size + 1, frontier = '\\x00'", "ck_audit_log_frontier"),
    ],
)
def test_the_application_moves_the_head_forward_only(eight, change, words):
    with pytest.raises(IntegrityError, match=words):
        run(eight.sessions, f"UPDATE audit_log SET {change} WHERE id = :log", log=eight.log)


@pytest.mark.parametrize(
    "values",
    [
        "1, '', sha256(''), NULL",
        "0, sha256('a'), sha256(''), NULL",
        "0, '', sha256('a'), NULL",
        "0, '', sha256(''), now()",
    ],
)
def test_a_log_begins_empty(trail, values):
    sql = f"""
        INSERT INTO audit_log (id, origin, size, frontier, root, last_at)
        VALUES (gen_random_uuid(), gen_random_uuid()::text, {values})
    """
    with pytest.raises(IntegrityError, match="begins empty"):
        run(trail.sessions, sql.replace("::", r"\:\:"))


@pytest.mark.parametrize("table", TABLES[1:])
def test_even_the_owner_changes_no_entry(eight, table):
    with pytest.raises(IntegrityError, match=r"UPDATE on .* is refused: the trail only grows"):
        run(eight.owner, f"UPDATE {table} SET seq = seq WHERE log_id = :log", log=eight.log)


@pytest.mark.parametrize("table", ["audit_log", "audit_leaf", "audit_entry_facts"])
def test_even_the_owner_deletes_nothing(eight, table):
    with pytest.raises(IntegrityError, match=r"DELETE on .* is refused: the trail only grows"):
        run(eight.owner, f"DELETE FROM {table} WHERE {key(table)} = :log", log=eight.log)


@pytest.mark.parametrize("table", TABLES)
def test_even_the_owner_empties_no_table(eight, table):
    with pytest.raises(IntegrityError, match=r"TRUNCATE on .* is refused"):
        run(eight.owner, f"TRUNCATE {table} CASCADE")


def test_even_the_owner_deletes_no_subject_by_hand(eight):
    with pytest.raises(IntegrityError, match="by audit_redact_subject only"):
        run(eight.owner, "DELETE FROM audit_entry_subject WHERE log_id = :log AND seq = 4", log=eight.log)


def test_two_logs_cannot_have_one_name(trail):
    sql = """
        INSERT INTO audit_log (id, origin, size, frontier, root)
        VALUES (gen_random_uuid(), :origin, 0, '', sha256(''))
    """
    with pytest.raises(IntegrityError, match="uq_audit_log_origin"):
        run(trail.sessions, sql, origin=f"test/{trail.log}")


def test_the_system_log_is_there_from_the_beginning(trail):
    assert trail.scalar("SELECT origin FROM audit_log WHERE id = :log", log=SYSTEM_LOG) == "sspf/system"


def test_nothing_above_was_a_slip_of_the_test(eight):
    """The same statements work for a superuser with the triggers off: they are refused, not misspelt."""
    for table in TABLES[1:]:
        eight.forge(f"UPDATE {table} SET seq = seq WHERE log_id = :log")
    for table in TABLES:
        for column in COLUMNS[table]:
            eight.forge(f"UPDATE {table} SET {column} = {column} WHERE {key(table)} = :log")
    for table in reversed(TABLES):
        eight.forge(f"DELETE FROM {table} WHERE {key(table)} = :log")
