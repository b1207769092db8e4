"""The application's database role changes nothing in the vault, and deletes keys only."""

import pytest
from sqlalchemy.exc import ProgrammingError

from sspf.vault.models import Base

VAULT = {mapper.local_table.name for mapper in Base.registry.mappers if mapper.class_.__module__ == "sspf.vault.models"}


def test_the_role_may_do_exactly_this(vault_database):
    rows = vault_database.ask(
        "SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type) FROM "
        "information_schema.role_table_grants WHERE grantee = 'sspf_app' AND table_name = ANY(:tables) "
        "GROUP BY table_name",
        tables=list(VAULT),
    )

    kept = dict.fromkeys(VAULT, "INSERT SELECT")
    assert dict(map(tuple, rows)) == kept | dict.fromkeys(("unit_secret", "wrapped_key"), "DELETE INSERT SELECT")
    columns = (
        "SELECT 1 FROM information_schema.role_column_grants WHERE grantee = 'sspf_app' AND privilege_type = 'UPDATE'"
    )
    assert vault_database.ask(f"{columns} AND table_name = ANY(:tables)", tables=list(VAULT)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disclosure SET valid_until = NULL",
        "UPDATE envelope SET owner_id = owner_id",
        "UPDATE wrapped_key SET wrapped = wrapped",
        "DELETE FROM disclosure_end",
        "DELETE FROM disclosure",
        "TRUNCATE wrapped_key",
        "DELETE FROM organisation_key",
    ],
)
def test_the_database_refuses_what_the_application_must_not_do(house, statement):
    with house.database.sessions.begin() as session, pytest.raises(ProgrammingError, match="permission denied"):
        session.connection().exec_driver_sql(statement)


def test_every_table_but_the_installations_own_keys_says_which_municipality_it_is_of(vault_database):
    rows = vault_database.ask(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND column_name = 'municipality_id' AND is_nullable = 'NO' AND table_name = ANY(:tables)",
        tables=list(VAULT),
    )

    assert {name for (name,) in rows} == VAULT - {"sealer_key"}
