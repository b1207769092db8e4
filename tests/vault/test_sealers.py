"""The narrow sealers open what they sealed and nothing else, and nothing else opens theirs."""

import pytest

from sspf.vault import sealing
from sspf.vault.errors import CannotOpen, NoKey
from sspf.vault.keyring import FileKeyring
from sspf.vault.keys import KeyStore
from sspf.vault.sealers import narrow

CONTEXT = ("user", "totp_secret", "0190")


@pytest.fixture
def sealers(house):
    with house.database.sessions.begin() as session:
        return narrow(session, "log"), narrow(session, "totp")


def test_what_is_sealed_opens_also_for_a_sealer_made_later(house, sealers):
    sealed = sealers[1].seal(b"seed", CONTEXT)

    with house.database.sessions.begin() as session:
        assert narrow(session, "totp").open(sealed, CONTEXT) == b"seed"


def test_each_opens_only_its_own(sealers):
    log, totp = sealers

    with pytest.raises(CannotOpen):
        log.open(totp.seal(b"seed", CONTEXT), CONTEXT)
    with pytest.raises(CannotOpen):
        totp.open(log.seal(b"facts", CONTEXT), CONTEXT)


@pytest.mark.parametrize("context", [(), ("user",), ("user", "totp_secret", "0191"), (*CONTEXT, "")])
def test_a_value_moved_to_another_place_does_not_open(sealers, context):
    with pytest.raises(ValueError, match="cannot be opened"):
        sealers[1].open(sealers[1].seal(b"seed", CONTEXT), context)


def test_no_narrow_sealer_opens_an_envelope(house, sealers):
    record = house.sealed(house.school)

    for sealer in sealers:
        with pytest.raises(CannotOpen):
            sealer.open(record.statement.stored, ("test_secret", "statement", str(record.id)))


def test_a_value_in_an_envelopes_name_does_not_open_under_a_sealers_key(house, sealers):
    record = house.sealed(house.school)
    key_id = sealing.parse(sealers[0].seal(b"", CONTEXT)).key_id
    forged = record.statement.stored[:3] + key_id.bytes + record.statement.stored[19:]

    with pytest.raises(CannotOpen):
        sealers[0].open(forged, ("test_secret", "statement", str(record.id)))


def test_a_keyring_that_is_another_is_not_a_finding_about_the_value(house, tmp_path):
    with house.database.sessions.begin() as session:
        sealed = narrow(session, "log").seal(b"facts", CONTEXT)
        session.info["keys"] = KeyStore(FileKeyring.create(tmp_path / "another.json"))
        stranger = narrow(session, "log")

    with pytest.raises(NoKey):
        stranger.open(sealed, CONTEXT)
    assert not issubclass(NoKey, ValueError)


def test_there_is_one_key_a_purpose(house, sealers, vault_database):
    assert len(sealers) == 2
    assert vault_database.ask("SELECT name, count(*) FROM sealer_key GROUP BY name ORDER BY name") == [
        ("log", 1),
        ("totp", 1),
    ]
