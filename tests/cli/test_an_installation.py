"""From an empty folder to the first account, as ``README.md`` says it is done."""

import json
import re
import stat

import pytest
from sqlalchemy import create_engine, text

from tests.cli.conftest import PASSWORD, Server, Sspf, runner

COORDINATION = ("organisation", "add", "Samordningen", "--authority", "Socialnämnden", "--kind", "coordination")


def test_an_embedded_installation_from_nothing(data_dir):
    sspf = runner({"SSPF_DATA_DIR": str(data_dir), "SSPF_BASE_URL": "https://sspf.exempel.invalid"})

    assert not sspf("check", "--json").json["ok"]
    migrated = sspf("migrate")
    assert migrated.code == 0
    assert "whoever reaches its socket can be its owner" in migrated.said
    assert not checks(sspf)["keys"]
    inside = data_dir / "database" / "keyring.json"
    misplaced = sspf("migrate", "--create-keyring", SSPF_KEYRING=str(inside))
    assert misplaced.code == 1
    assert misplaced.said.startswith("sspf: ")
    assert not inside.exists()
    assert sspf("migrate", "--create-keyring").code == 0
    checked = sspf("check", "--json")
    assert checked.code == 0
    assert checked.json["ok"]
    names = [check["name"] for check in checked.json["checks"]]
    assert {"database", "roles", "migrations", "keys", "clock", "fonts"} <= set(names)
    assert sspf("check", "--json", "--data-dir", str(data_dir), SSPF_DATA_DIR=None).json["ok"]
    assert sspf(*COORDINATION, "--municipality", "0581").code == 0
    assert sspf("sweep", "--json").json == {"destroyed": 0}
    assert sspf("audit", "verify", "--json").json["ok"]


def test_the_keyring_is_made_once_and_for_its_owner_alone(server: Server):
    sspf = runner(server.environment)
    made = sspf("migrate", "--create-keyring")
    keys = server.keyring.read_text()

    again = sspf("migrate", "--create-keyring")

    assert stat.S_IMODE(server.keyring.stat().st_mode) == 0o600
    assert server.keyring.read_text() == keys
    for key in (epoch["key"] for epoch in json.loads(keys)["epochs"]):
        assert key not in made.said + again.said


def test_the_first_organisation_names_the_municipality(sspf: Sspf, server: Server):
    for code in ((), ("--municipality", "9999"), ("--municipality", "Norrköping")):
        refused = sspf(*COORDINATION, *code)
        assert refused.code == 1
        assert "four-digit code" in refused.said

    added = sspf(*COORDINATION, "--municipality", "0581", "--secrecy-rule", "OSL 26 kap. 1 §")
    school = sspf("organisation", "add", "Lindskolan", "--authority", "Utbildningsnämnden", "--kind", "school")

    assert (added.code, school.code) == (0, 0)
    assert "Norrköping" in added.said
    assert ask(server, "SELECT code, name FROM municipality") == [("0581", "Norrköpings kommun")]
    assert ask(server, "SELECT count(*) FROM organisation_key") == [(2,)]


def test_coordination_without_a_secrecy_rule_is_told_what_follows(sspf: Sspf):
    assert "cases are refused" in sspf(*COORDINATION, "--municipality", "0581").said


@pytest.mark.parametrize("command", [("--kind", "circus"), ("--kind", "school", "--legal-form", "secret")])
def test_kinds_that_there_are_not_are_refused_with_those_there_are(sspf: Sspf, command):
    refused = sspf("organisation", "add", "Manegen", "--authority", "Nämnden", *command)

    assert refused.code == 2
    assert "'" in refused.said


def test_an_account_is_added_with_a_code_and_confirmed(sspf: Sspf, server: Server):
    sspf(*COORDINATION, "--municipality", "0581")
    account = ("eva@exempel.invalid", "--name", "Eva Ek", "--organisation", "Samordningen", "--role", "coordinator")

    added = sspf("user", "add", *account)
    code = added.printed.splitlines()[-1]
    confirmed = sspf("user", "confirm", " Eva@Exempel.Invalid")

    assert (added.code, confirmed.code) == (0, 0)
    assert "https://sspf.exempel.invalid/valkommen" in added.said
    assert len(re.sub(r"\W", "", code)) >= 20
    ((stored,),) = ask(server, "SELECT row_to_json(one_time_link)::text FROM one_time_link")
    assert code not in stored
    assert re.sub(r"\W", "", code) not in stored
    assert ask(server, 'SELECT confirmed_at IS NOT NULL, password_hash FROM "user"') == [(True, None)]
    recorded = {event for (event,) in ask(server, "SELECT event FROM audit_entry_facts")}
    assert {"account:added", "account:confirmed"} <= recorded


def test_what_cannot_be_is_said_in_one_sentence_and_stores_nothing(sspf: Sspf, server: Server):
    sspf(*COORDINATION, "--municipality", "0581")
    eva = ("user", "add", "eva@exempel.invalid", "--name", "Eva", "--role", "coordinator")
    here = ("--organisation", "Samordningen")
    assert sspf(*eva, *here).code == 0
    before = ask(server, 'SELECT count(*) FROM "user"')

    for command in (
        (*eva, *here),
        (*eva, "--organisation", "Manegen"),
        ("user", "add", "inte en adress", "--name", "Eva", "--role", "contact", *here),
        ("user", "confirm", "ingen@exempel.invalid"),
    ):
        refused = sspf(*command)
        assert refused.code == 1, command
        assert refused.error is None, command
        assert refused.said.startswith("sspf: "), command
        assert len(refused.said.splitlines()) == 1, command
    assert ask(server, 'SELECT count(*) FROM "user"') == before


def test_no_command_shows_a_password_or_a_key(sspf: Sspf, server: Server):
    keys = [epoch["key"] for epoch in json.loads(server.keyring.read_text())["epochs"]]
    commands = [
        ("migrate",),
        ("check",),
        ("check", "--json"),
        (*COORDINATION, "--municipality", "0581"),
        ("sweep",),
        ("sweep", "--json"),
        ("audit", "verify"),
        ("audit", "verify", "--json"),
    ]
    for command in commands:
        ran = sspf(*command)
        assert ran.code == 0, (command, ran.said)
        for secret in (PASSWORD, *keys):
            assert secret not in ran.said, command


def test_every_command_says_what_it_does():
    sspf = runner({})

    listed = sspf("--help").said
    for command in ("serve", "demo", "migrate", "organisation", "user", "sweep", "audit", "check", "bench"):
        assert re.search(rf"^\W*{command}\s+[A-Z]", listed, re.MULTILINE), command
        assert sspf(command, "--help").code == 0


def checks(sspf: Sspf) -> dict[str, bool]:
    return {check["name"]: check["ok"] for check in sspf("check", "--json").json["checks"]}


def ask(server: Server, sql: str) -> list[tuple]:
    engine = create_engine(server.embedded.url("postgres", server.name))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(sql))]
    engine.dispose()
    return found
