"""There is one door: looked for in the source, since a second one would not show in any other test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for package in ("sspf", "auth", "audit") for path in (ROOT / package).rglob("*.py"))

# the architecture's list of who may use the library at all
MAY_IMPORT_CRYPTOGRAPHY = {
    "sspf/vault/sealing.py",
    "sspf/vault/wrap.py",
    "audit/checkpoint.py",
    "auth/tokens.py",
    "auth/passwords.py",
}


# opens what it has sealed itself a moment before, under a key of its own, to see how long that takes
MEASURES = {"sspf/bench/peers/sealing.py"}


def names_used(path: Path) -> Iterator[str]:
    """Every name, attribute, imported name and imported module in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.alias(name=name):
                yield from (name, name.rpartition(".")[2])
            case ast.ImportFrom(module=str(module)):
                yield module


def users_of(*wanted: str) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in SOURCES if not set(wanted).isdisjoint(names_used(path))}


def importers_of(package: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if any(name == package or name.startswith(package + ".") for name in names_used(path))
    }


def test_there_is_source_to_look_in():
    assert {"sspf/vault/door.py", "audit/log.py", "auth/actor.py"} <= {str(path.relative_to(ROOT)) for path in SOURCES}


def test_only_the_vault_knows_a_cipher():
    assert importers_of("cryptography") <= MAY_IMPORT_CRYPTOGRAPHY
    assert users_of("AESGCM", "ChaCha20Poly1305", "Fernet", "Cipher", "decrypt") == {
        "sspf/vault/sealing.py",
        "sspf/vault/wrap.py",
    }


@pytest.mark.parametrize(
    ("name", "users"),
    [
        # what was sealed is opened by a reading, and by the sealers and the keyring under keys that open no envelope
        ("unseal", {"reading", "sealers", "keyring"}),
        # a disclosure's key is unwrapped in one place, for the door and for the owner who discloses
        ("unwrap_data_key", {"holding"}),
        ("holdings", {"door", "disclosing"}),
        ("wrapping_key", {"keys", "holding"}),
        # whether anybody may read now is asked by the door's query; the rest asks what is over
        ("is_over", {"disclosed", "ending"}),
    ],
)
def test_each_part_of_the_way_in_has_these_users_and_no_others(name, users):
    assert users_of(name) - MEASURES == {f"sspf/vault/{user}.py" for user in users} | defined_in(name)


def test_only_the_door_makes_a_reading_and_only_the_policy_an_access():
    assert makers_of("Reading") == {"sspf/vault/door.py"}
    assert makers_of("Access") == {
        "sspf/cases/policy.py",
        "sspf/concerns/policy.py",
        "sspf/drafts/policy.py",
        "sspf/meetings/policy.py",
    }


def defined_in(name: str) -> set[str]:
    """The file that defines a function, if it mentions the name elsewhere too."""
    return {file for file in users_of(name) if f"def {name}(" in (ROOT / file).read_text()}


def makers_of(name: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    }
