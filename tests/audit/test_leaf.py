"""The leaf's bytes are a format that others read: byte for byte."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.leaf import Leaf, time_text

LOG = UUID("0198d000-0000-7000-8000-00000000000a")
LEAF = Leaf(
    log=LOG,
    seq=7,
    at=datetime(2026, 8, 23, 9, 14, 7, 250, UTC),
    event="case:read",
    who=bytes([0xAA]) * 32,
    what=(bytes([1]) * 32, bytes([2]) * 32),
)
BYTES = (
    b'{"event":"case:read","log":"0198d000-0000-7000-8000-00000000000a","seq":7,'
    b'"time":"2026-08-23T09:14:07.000250Z","v":1,"what":["' + b"01" * 32 + b'","' + b"02" * 32 + b'"],'
    b'"who":"' + b"aa" * 32 + b'"}'
)


def test_the_bytes_of_a_leaf():
    assert LEAF.to_bytes() == BYTES
    assert Leaf.parse(BYTES) == LEAF


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=2))), min_value=datetime(1970, 1, 1)))  # noqa: DTZ001
def test_times_are_utc_with_six_decimals_and_keep_every_microsecond(at):
    text = time_text(at)

    assert len(text) == 27
    assert text.endswith("Z")
    assert datetime.fromisoformat(text) == at


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"v":1', b'"v":2'),
        (b'"v":1', b'"v":true'),
        (b'"v":1,', b""),
        (b'{"event"', b'{"a":1,"event"'),
        (b'"seq":7', b'"seq":"7"'),
        (b'"seq":7', b'"seq":true'),
        (b'"seq":7', b'"seq":-7'),
        (b"00000000000a", b"00000000000A"),
        (b"00000000000a", b"00000000000"),
        (b".000250Z", b".00025Z"),
        (b".000250Z", b".000250+00:00"),
        (b"09:14", b"09:74"),
        (b"aa" * 32, b"AA" * 32),
        (b"aa" * 32, b"aa" * 31),
        (b'["' + b"01" * 32 + b'","' + b"02" * 32 + b'"]', b"[]"),
        (b'["' + b"01" * 32 + b'","' + b"02" * 32 + b'"]', b"{}"),
        (b'"case:read"', b"null"),
        (b'"case:read"', b'"case:read" '),
    ],
)
def test_anything_else_is_no_leaf(old, new):
    assert old in BYTES
    with pytest.raises(ValueError, match="not a leaf"):
        Leaf.parse(BYTES.replace(old, new, 1))


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"{}", b'"text"'])
def test_other_json_is_no_leaf(data):
    with pytest.raises(ValueError, match="not a leaf"):
        Leaf.parse(data)
