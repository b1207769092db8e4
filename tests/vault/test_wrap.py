"""A wrapped key opens for one organisation, one unit and one whole reason."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from sspf.vault.errors import CannotOpen
from sspf.vault.wrap import Reason, unwrap_data_key, wrap_data_key, wrapping_key

ORGANISATION_KEY, UNIT_SECRET, DATA_KEY = b"o" * 32, b"u" * 32, b"d" * 32
ORGANISATION, UNIT = UUID(int=1), UUID(int=2)
FROM = datetime(2023, 11, 14, 22, 13, 20, 1, tzinfo=UTC)
REASON = Reason(
    disclosure_id=UUID(int=3),
    envelope_id=UUID(int=4),
    organisation_id=ORGANISATION,
    ground="consent",
    rule_version=1,
    purpose="casework",
    valid_from=FROM,
    valid_until=None,
    decided_by="sweep",
)
KEY = wrapping_key(ORGANISATION_KEY, UNIT_SECRET, ORGANISATION, 1, UNIT)


def test_a_wrapped_key_opens_for_its_reason():
    assert unwrap_data_key(KEY, wrap_data_key(KEY, DATA_KEY, REASON), REASON) == DATA_KEY


def test_a_key_wrapped_by_an_earlier_release_still_opens():
    # made from the format's description with HKDF and AES-256-GCM alone
    assert KEY.hex() == "e6ba3f558e1d1d7e4c06e9b7dafcb10faf7ad33bd2fb4ed55767df60dbfa70bd"
    kept = bytes.fromhex(
        "01000102030405060708090a0bd2aa514d726649592d204a91ac9a2959880cabb7be4cc5313757ad69c415164caf5f5740f0c9aa51c05b"
        "273e7373b808"
    )

    assert unwrap_data_key(KEY, kept, REASON) == DATA_KEY


@pytest.mark.parametrize(
    "change",
    [
        {"disclosure_id": UUID(int=9)},
        {"envelope_id": UUID(int=9)},
        {"organisation_id": UUID(int=9)},
        {"ground": "own_record"},
        {"rule_version": 2},
        {"purpose": "meeting"},
        {"valid_from": FROM - timedelta(microseconds=1)},
        {"valid_until": FROM + timedelta(days=1)},
        {"decided_by": str(UUID(int=9))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_reason_altered_in_one_part_does_not_open(change):
    with pytest.raises(CannotOpen):
        unwrap_data_key(KEY, wrap_data_key(KEY, DATA_KEY, REASON), replace(REASON, **change))


def test_every_part_of_the_reason_is_bound():
    bound = {
        field.name
        for field in fields(Reason)
        if replace(REASON, **{field.name: UUID(int=99) if "id" in field.name else FROM}).bytes() != REASON.bytes()
    } | {"valid_from"}

    assert bound == {field.name for field in fields(Reason)}


@pytest.mark.parametrize(
    "key",
    [
        wrapping_key(b"x" * 32, UNIT_SECRET, ORGANISATION, 1, UNIT),
        wrapping_key(ORGANISATION_KEY, b"x" * 32, ORGANISATION, 1, UNIT),
        wrapping_key(ORGANISATION_KEY, UNIT_SECRET, UUID(int=9), 1, UNIT),
        wrapping_key(ORGANISATION_KEY, UNIT_SECRET, ORGANISATION, 2, UNIT),
        wrapping_key(ORGANISATION_KEY, UNIT_SECRET, ORGANISATION, 1, UUID(int=9)),
        wrapping_key(UNIT_SECRET, ORGANISATION_KEY, ORGANISATION, 1, UNIT),
    ],
    ids=["other organisation's key", "other unit's secret", "organisation", "version", "unit", "secrets swapped"],
)
def test_a_key_made_of_anything_else_does_not_open(key):
    with pytest.raises(CannotOpen):
        unwrap_data_key(key, wrap_data_key(KEY, DATA_KEY, REASON), REASON)


@pytest.mark.parametrize("position", [0, 1, 12, 13, 44, 45, 60])
def test_an_altered_wrapped_key_does_not_open(position):
    wrapped = bytearray(wrap_data_key(KEY, DATA_KEY, REASON))
    wrapped[position] ^= 1

    with pytest.raises(CannotOpen):
        unwrap_data_key(KEY, bytes(wrapped), REASON)


@pytest.mark.parametrize("wrapped", [b"", b"\x01", b"\x02" + b"\0" * 60, b"\x01" + b"\0" * 61])
def test_a_malformed_wrapped_key_does_not_open(wrapped):
    with pytest.raises(CannotOpen):
        unwrap_data_key(KEY, wrapped, REASON)


def test_secrets_of_another_length_are_refused_since_they_are_joined_without_a_mark():
    with pytest.raises(ValueError, match="256"):
        wrapping_key(b"o" * 31, b"u" * 33, ORGANISATION, 1, UNIT)
