"""No two different lists of parts give the same bytes."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.vault.packing import packed


@given(st.lists(st.binary(max_size=6), max_size=6), st.lists(st.binary(max_size=6), max_size=6))
def test_different_parts_pack_differently(one, other):
    assert (packed(*one) == packed(*other)) == (one == other)


def test_what_is_moved_from_one_part_to_the_next_is_seen():
    assert packed("ab", "c") != packed("a", "bc")


def test_nothing_is_zero_bytes_and_still_a_part():
    assert packed("a", None) == b"\0\0\0\1a" + b"\0\0\0\0"
    assert packed("a", None) != packed("a")


def test_a_time_is_its_microsecond_whatever_zone_it_is_written_in():
    moment = datetime(2026, 11, 22, 10, 0, 0, 123456, tzinfo=UTC)

    assert packed(moment) == packed(moment.astimezone(timezone(timedelta(hours=2))))
    assert packed(moment) != packed(moment + timedelta(microseconds=1))
    assert packed(moment) == b"\0\0\0\x08" + (1795341600123456).to_bytes(8, "big")


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        packed(datetime(2026, 11, 22))  # noqa: DTZ001  # the naive time is the test


def test_an_id_is_its_sixteen_bytes():
    assert packed(UUID(int=1)) == b"\0\0\0\x10" + b"\0" * 15 + b"\1"
