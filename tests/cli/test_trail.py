"""``sspf audit verify`` as somebody who trusts nobody runs it."""

import pytest

from tests.cli.conftest import Server, Sspf, runner
from tests.cli.test_an_installation import COORDINATION


@pytest.fixture
def used(sspf: Sspf) -> Sspf:
    """An installation in which something has happened."""
    assert sspf(*COORDINATION, "--municipality", "0581").code == 0
    return sspf


@pytest.fixture(scope="module")
def whole(shared_server: Server) -> Sspf:
    """The same, for those who change nothing that has happened."""
    sspf = runner(shared_server.environment)
    assert sspf(*COORDINATION, "--municipality", "0581").code == 0
    return sspf


def test_a_whole_trail_is_said_to_be_so_with_its_size_and_root(whole: Sspf):
    told = whole("audit", "verify", "--json")

    assert told.code == 0
    assert told.json["ok"] is True
    assert told.json["size"] > 0
    assert len(bytes.fromhex(told.json["root"])) == 32
    assert set(told.json["logs"]) == {"municipality", "system"}
    assert "whole" in whole("audit", "verify").said


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_leaf SET leaf = set_byte(leaf, 9, get_byte(leaf, 9) # 1) WHERE seq = 1",
        "UPDATE audit_entry_facts SET event = 'account:read' WHERE seq = 1",
        (
            "UPDATE audit_entry_facts SET facts_sealed = set_byte(facts_sealed, 40, get_byte(facts_sealed, 40) # 1)"
            " WHERE seq = 1"
        ),
        (
            "DELETE FROM audit_entry_subject WHERE seq = 1; DELETE FROM audit_entry_facts WHERE seq = 1;"
            " DELETE FROM audit_leaf WHERE seq = 1"
        ),
    ],
    ids=["the entry", "what stands beside it", "what is sealed beside it", "all of it"],
)
def test_a_superusers_edit_is_found_and_the_entry_named(used: Sspf, server: Server, sql):
    tenant = "(SELECT id FROM municipality)"
    server.forge(sql.replace("WHERE seq = 1", f"WHERE log_id = {tenant} AND seq = 1"))

    told, said = used("audit", "verify", "--json"), used("audit", "verify")

    assert (told.code, said.code) == (1, 1)
    assert told.json["ok"] is False
    assert told.json["logs"]["municipality"]["problem"]["entry"] == 1
    assert told.json["logs"]["system"]["ok"] is True
    assert "broken" in said.said
    assert "1" in said.said.split("municipality:")[1].splitlines()[0]


def test_the_system_log_counts_too(used: Sspf, server: Server):
    server.forge(
        "UPDATE audit_leaf SET node = set_byte(node, 5, get_byte(node, 5) # 1)"
        " WHERE log_id NOT IN (SELECT id FROM municipality)"
    )

    told = used("audit", "verify", "--json")

    assert told.code == 1
    assert told.json["ok"] is False
    assert told.json["logs"]["municipality"]["ok"] is True


def test_what_was_noted_earlier_still_holds_when_more_has_happened(whole: Sspf):
    noted = whole("audit", "verify", "--json").json
    school = ("organisation", "add", "Skolan", "--authority", "Nämnden", "--kind", "school")
    assert whole(*school).code == 0

    later = whole("audit", "verify", "--json", "--since", f"{noted['size']}:{noted['root']}")

    assert later.code == 0
    assert later.json["size"] > noted["size"]


def test_a_trail_that_is_not_what_was_noted_is_found_though_it_is_whole_in_itself(whole: Sspf):
    noted = whole("audit", "verify", "--json").json
    for since in (f"{noted['size']}:{'00' * 32}", f"{noted['size'] + 5}:{noted['root']}"):
        told = whole("audit", "verify", "--json", "--since", since)
        assert told.code == 1
        assert told.json["ok"] is False
        assert told.json["logs"]["municipality"]["problem"]


@pytest.mark.parametrize("since", ["", ":", "12", "12:zz", "-1:" + "00" * 32, "tolv:" + "00" * 32, "12:00"])
def test_a_note_that_is_none_is_said_to_be_so(whole: Sspf, since):
    told = whole("audit", "verify", "--since", since)

    assert told.code in {1, 2}
    assert told.error is None
    assert "whole" not in told.said
