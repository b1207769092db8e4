"""The root keys lie in a file that nobody else can read, beside no database."""

import json
import os
import stat
from uuid import uuid4

import pytest

from sspf.vault.errors import CannotOpen, KeyringRefused
from sspf.vault.keyring import FileKeyring, check_place

CONTEXT = ("unit_secret", "some unit")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "keyring.json"


def test_a_wrapped_secret_opens_again_also_in_another_process(path):
    wrapped = FileKeyring.create(path).wrap_many([(CONTEXT, b"s" * 32), (("other",), b"t" * 32)])

    assert FileKeyring(path).unwrap_many([(CONTEXT, wrapped[0]), (("other",), wrapped[1])]) == [b"s" * 32, b"t" * 32]


def test_the_file_and_its_folder_are_the_owners_alone(path):
    FileKeyring.create(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610, 0o700, 0o666])
def test_a_keyring_that_others_may_use_is_refused(path, mode):
    FileKeyring.create(path)
    path.chmod(mode)

    with pytest.raises(KeyringRefused, match="0600"):
        FileKeyring(path)


def test_a_link_to_a_keyring_is_refused(path, tmp_path):
    FileKeyring.create(path)
    link = tmp_path / "link.json"
    link.symlink_to(path)

    with pytest.raises(KeyringRefused):
        FileKeyring(link)


def test_a_keyring_is_never_written_over(path):
    FileKeyring.create(path)
    before = path.read_bytes()

    with pytest.raises(KeyringRefused):
        FileKeyring.create(path)
    assert path.read_bytes() == before


def test_a_missing_keyring_is_refused_and_not_made(path):
    with pytest.raises(KeyringRefused):
        FileKeyring(path)
    assert not path.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_another_users_keyring_is_refused(path, monkeypatch):
    FileKeyring.create(path)
    os.chown(path, 12345, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 54321)

    with pytest.raises(KeyringRefused, match="another user"):
        FileKeyring(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format": "sspf keyring 2", "epochs": []}',
        b'{"format": "sspf keyring 1", "epochs": []}',
        b'{"format": "sspf keyring 1", "epochs": [{"id": "x", "key": "AAAA"}]}',
        b'{"format": "sspf keyring 1", "epochs": [{"id": "01890000-0000-7000-8000-000000000000", "key": "AAAA"}]}',
        b'{"format": "sspf keyring 1", "epochs": [{"id": "01890000-0000-7000-8000-000000000000", "key": "!"}]}',
    ],
)
def test_a_malformed_keyring_is_refused(path, content):
    FileKeyring.create(path)
    path.write_bytes(content)

    with pytest.raises(KeyringRefused):
        FileKeyring(path)


def test_a_secret_wrapped_for_one_row_does_not_open_in_another(path):
    keyring = FileKeyring.create(path)
    [wrapped] = keyring.wrap_many([(CONTEXT, b"s" * 32)])

    with pytest.raises(CannotOpen):
        keyring.unwrap_many([(("unit_secret", "another unit"), wrapped)])


def test_the_newest_epoch_wraps_and_an_older_still_unwraps_until_it_is_gone(path):
    keyring = FileKeyring.create(path)
    [old] = keyring.wrap_many([(CONTEXT, b"s" * 32)])
    add_epoch(path)
    both = FileKeyring(path)
    [new] = both.wrap_many([(CONTEXT, b"s" * 32)])

    assert both.unwrap_many([(CONTEXT, old), (CONTEXT, new)]) == [b"s" * 32, b"s" * 32]
    assert old[3:19] != new[3:19]
    with pytest.raises(CannotOpen):
        keyring.unwrap_many([(CONTEXT, new)])


def add_epoch(path):
    document = json.loads(path.read_bytes())
    document["epochs"].append(document["epochs"][0] | {"id": str(uuid4()), "key": "A" * 43 + "="})
    path.write_text(json.dumps(document))


@pytest.mark.parametrize(
    "place",
    [
        "data/keyring.json",
        "data/base/keyring.json",
        "keyring.json",
        "../keyring.json",
        "elsewhere/../data/keyring.json",
    ],
)
def test_a_keyring_in_or_above_the_databases_folder_is_refused(tmp_path, place):
    with pytest.raises(KeyringRefused, match="database"):
        check_place(tmp_path / "site" / place, tmp_path / "site" / "data")


def test_a_keyring_that_a_link_leads_into_the_databases_folder_is_refused(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "keys").symlink_to(tmp_path / "data")

    with pytest.raises(KeyringRefused):
        check_place(tmp_path / "keys" / "keyring.json", tmp_path / "data")


@pytest.mark.parametrize("place", ["keys/keyring.json", "data-keys/keyring.json"])
def test_a_keyring_in_a_folder_of_its_own_is_accepted(tmp_path, place):
    check_place(tmp_path / place, tmp_path / "data")
