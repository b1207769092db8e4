"""What nothing is served with: no keys, too open a place, plain http, a role that could change the trail."""

import re
from unittest.mock import patch

import pytest
from sqlalchemy import create_engine, text

from sspf.db.embedded import OWNER, SUPERUSER
from tests.cli.conftest import PASSWORD, Ran, Server, Sspf, runner


@pytest.fixture
def server(shared_server: Server) -> Server:
    return shared_server


@pytest.fixture
def sspf(server: Server) -> Sspf:
    return runner(server.environment)


@pytest.fixture(autouse=True)
def served():
    """What ``uvicorn.run`` was asked to serve, instead of serving it."""
    with patch("uvicorn.run") as run:
        yield run


def assert_refused(ran: Ran, served, sentence: str) -> None:
    assert ran.code == 1
    assert ran.error is None
    assert re.search(sentence, ran.said), ran.said
    assert len(ran.said.splitlines()) == 1
    assert PASSWORD not in ran.said
    assert not served.called


def test_one_that_has_all_it_needs_is_served_behind_its_proxy(sspf: Sspf, served):
    assert sspf("serve", "--port", "8123").code == 0

    (_app,), how = served.call_args
    assert (how["host"], how["port"]) == ("127.0.0.1", 8123)
    assert how["server_header"] is False
    assert how["access_log"] is False
    assert how["forwarded_allow_ips"] == "127.0.0.1"


@pytest.mark.parametrize("address", ["http://sspf.exempel.invalid", "http://127.0.0.1:8000", "sspf.exempel.invalid"])
def test_plain_http(sspf: Sspf, served, address):
    assert_refused(sspf("serve", SSPF_BASE_URL=address), served, "SSPF_BASE_URL must begin with https://")


def test_no_keys(sspf: Sspf, server: Server, served):
    kept = server.keyring.rename(server.folder / "kept.json")
    try:
        assert_refused(sspf("serve"), served, "no keyring")
    finally:
        kept.rename(server.keyring)


def test_keys_that_others_may_read(sspf: Sspf, server: Server, served):
    server.keyring.chmod(0o644)
    try:
        assert_refused(sspf("serve"), served, "0?600|others|owner")
    finally:
        server.keyring.chmod(0o600)


@pytest.mark.parametrize(("role", "sentence"), [(OWNER, "owns tables"), (SUPERUSER, "superuser")])
def test_a_role_that_could_change_the_trail(sspf: Sspf, server: Server, served, role, sentence):
    assert_refused(sspf("serve", SSPF_DATABASE_URL=server.url(role)), served, sentence)


def test_a_role_that_may_become_the_owner(sspf: Sspf, server: Server, served):
    admin = create_engine(server.embedded.url(SUPERUSER, server.name), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE ROLE sspf_climber LOGIN IN ROLE sspf_owner"))
        connection.execute(text(f"GRANT CONNECT ON DATABASE {server.name} TO sspf_climber"))
        try:
            assert_refused(sspf("serve", SSPF_DATABASE_URL=server.url("sspf_climber")), served, "owns tables")
        finally:
            connection.execute(text(f"REVOKE CONNECT ON DATABASE {server.name} FROM sspf_climber"))
            connection.execute(text("DROP ROLE sspf_climber"))
    admin.dispose()


def test_a_database_that_is_behind(sspf: Sspf, server: Server, served):
    server.forge("UPDATE alembic_version SET version_num = 'before_' || version_num")
    try:
        assert_refused(sspf("serve"), served, "sspf migrate")
    finally:
        server.forge("UPDATE alembic_version SET version_num = replace(version_num, 'before_', '')")


def test_a_database_that_does_not_answer(sspf: Sspf, served):
    nowhere = f"postgresql+psycopg://sspf_app:{PASSWORD}@127.0.0.1:9/sspf"

    assert_refused(sspf("serve", SSPF_DATABASE_URL=nowhere), served, "database")
    assert_refused(sspf("sweep", SSPF_DATABASE_URL=nowhere), served, "database")
    assert_refused(sspf("migrate", SSPF_OWNER_DATABASE_URL=nowhere), served, "database")


def test_an_address_that_is_none(sspf: Sspf, served):
    for address in (f"hemligt {PASSWORD}", f"postgresql+psycopg://sspf_app:{PASSWORD}@host:port/sspf"):
        assert_refused(sspf("serve", SSPF_DATABASE_URL=address), served, "SSPF_DATABASE_URL|database")


def test_a_setting_that_there_is_not(sspf: Sspf, served):
    assert_refused(sspf("serve", SSPF_DATABSE_URL=PASSWORD), served, "unknown settings: SSPF_DATABSE_URL")


@pytest.mark.parametrize("name", ["SSPF_PORT", "SSPF_MODE", "SSPF_POOL_SIZE"])
def test_a_setting_that_cannot_be_read_is_named_and_not_repeated(sspf: Sspf, served, name):
    assert_refused(sspf("serve", **{name: PASSWORD}), served, f"(?i){name}|{name.removeprefix('SSPF_')}")


def test_a_server_without_its_owners_address_is_not_migrated(server: Server, served):
    sspf = runner({name: value for name, value in server.environment.items() if "OWNER" not in name})

    assert_refused(sspf("migrate"), served, "SSPF_OWNER_DATABASE_URL")
