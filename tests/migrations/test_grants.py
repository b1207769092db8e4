"""What the application's role may do, by the database's own catalogue. ``APPROVED`` is the decision, table by table."""

import pytest
from sqlalchemy import create_engine, text

from audit.models import Base as TrailBase
from sspf.db.embedded import APPLICATION, OWNER
from sspf.vault.columns import sealed_fields
from tests.unsealed import sealed_models

READ_AND_ADD = "INSERT SELECT"
WITH_DELETE = "DELETE INSERT SELECT"

# Besides, every column that may be changed; what is not here is never changed and never deleted.
APPROVED: dict[str, tuple[str, set[str]]] = {
    "alembic_version": ("SELECT", set()),
    "audit_log": (READ_AND_ADD, {"size", "frontier", "root", "last_at"}),
    "audit_leaf": (READ_AND_ADD, set()),
    "audit_entry_facts": (READ_AND_ADD, set()),
    "audit_entry_subject": (READ_AND_ADD, set()),
    "user": (
        READ_AND_ADD,
        {
            "email",
            "name",
            "password_hash",
            "totp_secret",
            "totp_last_step",
            "changed_by",
            "confirmed_at",
            "confirmed_by",
            "disabled_at",
            "language",
            "theme",
            "shortcuts",
            "not_recognised_at",
            "not_recognised_by",
        },
    ),
    "assignment": (READ_AND_ADD, {"ends_at"}),
    "session": (WITH_DELETE, {"last_seen_at", "in_meeting_at", "ended_at", "ended_because"}),
    "one_time_link": (WITH_DELETE, {"closed_at", "password_hash", "totp_secret"}),
    "throttle": (WITH_DELETE, {"attempts", "until"}),
    "throttle_key": (READ_AND_ADD, set()),
    "ticket_key": (READ_AND_ADD, {"retired_at"}),
    "erasure_unit": (READ_AND_ADD, set()),
    "unit_secret": (WITH_DELETE, set()),
    "organisation_key": (READ_AND_ADD, set()),
    "sealer_key": (READ_AND_ADD, set()),
    "envelope": (READ_AND_ADD, set()),
    "disclosure": (READ_AND_ADD, set()),
    "disclosure_rests_on": (READ_AND_ADD, set()),
    "disclosure_end": (READ_AND_ADD, set()),
    "wrapped_key": (WITH_DELETE, set()),
    "municipality": (READ_AND_ADD, {"code", "name"}),
    "authority": (READ_AND_ADD, {"name", "legal_form"}),
    "organisation": (READ_AND_ADD, {"name", "kind", "is_independent_branch", "secrecy_rule", "ended_at"}),
    "own_word": (READ_AND_ADD, {"words"}),
    "age_table": (READ_AND_ADD, set()),
    "age_rule": (READ_AND_ADD, set()),
    "draft": (WITH_DELETE, set()),
    "person": (READ_AND_ADD, {"protection"}),
    "person_part": (READ_AND_ADD, set()),
    "case": (READ_AND_ADD, {"alias", "is_protected", "reopened_at", "state", "version"}),
    "case_counter": (READ_AND_ADD, {"last"}),
    "case_person": (READ_AND_ADD, set()),
    "case_statement": (READ_AND_ADD, set()),
    "concern": (
        READ_AND_ADD,
        {
            "source",
            "kind_id",
            "state",
            "identity_until",
            "identified_at",
            "erased_at",
            "inform_by",
            "informed_on",
            "informed_way",
        },
    ),
    "concern_account": (READ_AND_ADD, set()),
    "concern_advice": (READ_AND_ADD, set()),
    "concern_counter": (READ_AND_ADD, {"last"}),
    "concern_kind": (READ_AND_ADD, {"label", "position", "warns", "ended_at"}),
    "concern_person": (READ_AND_ADD, set()),
    "concern_weighing": (READ_AND_ADD, set()),
    "concern_yes": (READ_AND_ADD, set()),
    "party": (READ_AND_ADD, set()),
    "party_member": (READ_AND_ADD, {"ended_at"}),
    "guest": (READ_AND_ADD, {"ended_at"}),
    "reservation": (READ_AND_ADD, set()),
    "participation": (READ_AND_ADD, {"ended_at"}),
    "closing": (READ_AND_ADD, set()),
    "closing_text": (READ_AND_ADD, set()),
    "consent": (READ_AND_ADD, {"ended_at", "end_reason"}),
    "consent_form": (READ_AND_ADD, {"ended_at"}),
    "consent_form_party": (READ_AND_ADD, set()),
    "consent_form_row": (READ_AND_ADD, set()),
    "consent_row": (READ_AND_ADD, {"ended_at"}),
    "waiver": (READ_AND_ADD, {"ended_at"}),
    "waiver_consent": (READ_AND_ADD, set()),
    "note": (READ_AND_ADD, set()),
    "action": (
        READ_AND_ADD,
        {
            "organisation_id",
            "user_id",
            "is_family",
            "due_on",
            "status",
            "changed_at",
            "changed_by",
            "done_at",
            "done_by",
            "version",
        },
    ),
    "action_text": (READ_AND_ADD, set()),
    "action_event": (READ_AND_ADD, set()),
    "action_report": (READ_AND_ADD, set()),
    "action_detail": (READ_AND_ADD, set()),
    "action_comment": (READ_AND_ADD, {"removed_at"}),
    "goal": (READ_AND_ADD, set()),
    "meeting": (
        READ_AND_ADD,
        {
            "leader_id",
            "state",
            "starts_at",
            "place",
            "began_at",
            "ended_at",
            "recording_off_at",
            "recording_off_by",
            "published_at",
            "published_by",
            "version",
        },
    ),
    "agenda_item": (WITH_DELETE, {"position", "state", "next_date"}),
    "attendance": (READ_AND_ADD, {"presence", "came_at"}),
    "decision": (READ_AND_ADD, {"removed_at"}),
    "screen": (READ_AND_ADD, {"ended_at", "is_paused", "code_digest", "code_until", "ticket_id"}),
    "visitor": (READ_AND_ADD, set()),
    "meeting_note": (READ_AND_ADD, set()),
}


@pytest.fixture
def ask(migrated):
    """The catalogue as a superuser reads it."""
    engine = create_engine(migrated.superuser_url)
    with engine.connect() as connection:
        yield lambda sql, **values: connection.execute(text(sql), values).all()
    engine.dispose()


def test_the_role_may_do_exactly_this(ask):
    granted = ask(
        """
        SELECT c.relname, coalesce(string_agg(held.privilege, ' ' ORDER BY held.privilege), ''),
               (SELECT coalesce(array_agg(a.attname::text), '{}') FROM pg_attribute a WHERE a.attrelid = c.oid
                   AND a.attnum > 0 AND NOT a.attisdropped
                   AND has_column_privilege(:role, c.oid, a.attnum, 'UPDATE'))
        FROM pg_class c
        LEFT JOIN unnest(CAST(:all AS text[])) AS held (privilege) ON has_table_privilege(:role, c.oid, held.privilege)
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace
        GROUP BY c.oid, c.relname
        """,
        role=APPLICATION,
        all=["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"],
    )

    assert {table: (held, set(columns)) for table, held, columns in granted} == APPROVED


def test_nothing_sealed_is_ever_changed_in_its_place():
    models = sealed_models()

    assert {"note", "action_text", "decision", "person_part", "case_statement", "consent"} <= {
        model.__tablename__ for model in models
    }
    for model in models:
        _held, changeable = APPROVED[model.__tablename__]
        assert sealed_fields(model), model
        assert not changeable & {*sealed_fields(model), "id", "envelope_id", "municipality_id"}, model


def test_what_tells_of_the_past_only_grows():
    past = {table.name for table in TrailBase.metadata.tables.values()} | {"envelope", "disclosure", "disclosure_end"}

    assert {table: APPROVED[table][0] for table in past} == dict.fromkeys(past, READ_AND_ADD)
    assert {table for table in past if APPROVED[table][1]} == {"audit_log"}


def test_the_role_owns_nothing_and_is_nobody_else(ask):
    owners = ask(
        """
        SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION SELECT DISTINCT pg_get_userbyid(proowner) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION SELECT DISTINCT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()
        """
    )
    (role,) = ask("SELECT * FROM pg_roles WHERE rolname = :role", role=APPLICATION)

    assert owners == [(OWNER,)]
    assert not any((role.rolsuper, role.rolcreaterole, role.rolcreatedb, role.rolreplication, role.rolbypassrls))
    assert ask("SELECT 1 FROM pg_auth_members WHERE member = CAST(:role AS regrole)", role=APPLICATION) == []


def test_the_role_makes_nothing_of_its_own(empty):
    engine = create_engine(empty.superuser_url)
    with engine.connect() as connection:
        may = connection.execute(
            text(
                """
                SELECT has_schema_privilege(:role, 'public', 'CREATE') AS tables,
                       has_database_privilege(:role, current_database(), 'CREATE') AS schemas,
                       has_database_privilege(:role, current_database(), 'TEMP') AS temporary
                """
            ),
            {"role": APPLICATION},
        ).one()
    engine.dispose()

    assert tuple(may) == (False, False, False)


def test_the_role_calls_nothing_with_the_owners_rights(ask):
    callable_with_the_owners_rights = ask(
        """
        SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
            AND has_function_privilege(:role, oid, 'EXECUTE')
        """,
        role=APPLICATION,
    )

    assert callable_with_the_owners_rights == []


def test_every_row_says_which_municipality_it_is_of(ask):
    without = ask(
        """
        SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                            AND a.attname = 'municipality_id' AND a.attnotnull)
        """
    )

    assert {table for (table,) in without} == {
        "alembic_version",
        "audit_log",
        "audit_leaf",
        "audit_entry_facts",
        "audit_entry_subject",
        "municipality",
        "sealer_key",
        "throttle",
        "throttle_key",
        "ticket_key",
    }
