"""One value has one form; what could have two is refused."""

import json
from decimal import Decimal
from enum import StrEnum
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.canonical import LARGEST, NotCanonicalError, canonical, parse_canonical

keys = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=8)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "red"


class Shouting(str):
    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


@given(values)
def test_what_is_written_reads_back(value):
    assert parse_canonical(canonical(value)) == value


@given(values)
def test_there_is_one_form_only(value):
    spaced = json.dumps(value, indent=1).encode()

    assert canonical(json.loads(spaced)) == canonical(value)
    if spaced != canonical(value):
        with pytest.raises(NotCanonicalError):
            parse_canonical(spaced)


def test_the_form_byte_by_byte():
    value = {"b": [1, -2, True, None], "a": 'Å "quoted"\\\n\x01/', "aa": {}, "B": []}

    assert canonical(value) == ('{"B":[],"a":"Å \\"quoted\\"\\\\\\n\\u0001/","aa":{},"b":[1,-2,true,null]}'.encode())


def test_a_string_enum_is_its_value_and_a_tuple_a_list():
    assert canonical({"colours": (Colour.RED,)}) == b'{"colours":["red"]}'


def test_no_subclass_writes_itself_in_a_way_of_its_own():
    assert canonical([Shouting("quiet")]) == b'["quiet"]'


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        Decimal(1),
        uuid4(),
        b"bytes",
        {1, 2},
        object(),
        LARGEST + 1,
        -LARGEST - 1,
        "half a pair \ud800",
        {1: "one"},
        {None: 1},
        {"": 1},
        {"å": 1},
        {"new\nline": 1},
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(NotCanonicalError):
        canonical(value)
    with pytest.raises(NotCanonicalError):
        canonical({"inside": [value]})


def test_a_refusal_never_repeats_the_value():
    with pytest.raises(NotCanonicalError) as refused:
        canonical({"name": [Decimal(20110412)]})

    assert "20110412" not in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b'"\\u0041"',
        b'"\\/"',
        b'"\xff"',
        b"9007199254740992",
        b'{"a":1}\n',
        b"\xef\xbb\xbf{}",
        b"[" * 100_000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_other_bytes_are_not_read(data):
    with pytest.raises(NotCanonicalError):
        parse_canonical(data)
