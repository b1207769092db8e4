"""The code: read aloud, typed any way, and nothing to guess from what is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.screen.codes import ALPHABET, LENGTH, code_in, digest, new_code, spelled

KEY = bytes(range(32))


def test_no_letter_is_taken_for_another():
    assert len(ALPHABET) == len(set(ALPHABET)) == 30
    assert not set("01ILOU") & set(ALPHABET)


def test_codes_are_chance():
    codes = {new_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) == set(ALPHABET)


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_read_however_it_is_typed(code):
    for typed in (
        code,
        spelled(code),
        code.lower(),
        f" {code[:4]}-{code[4:]} ",
        "\t".join(code),
        f"{code[:4]} – {code[4:]}",
    ):
        assert code_in(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "K7QF2MT", "K7QF2MTXX", "K7QF2MT0", "K7QF 2MT?", "ÅÄÖÅÄÖÅÄ", "k7qf2mtß", "٢٢٢٢٢٢٢٢"]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert code_in(typed) is None


@given(st.text(max_size=50))
def test_anything_may_be_typed(typed):
    assert code_in(typed) is None or set(code_in(typed)) <= set(ALPHABET)


def test_what_is_stored_depends_on_a_key_that_is_not_there():
    assert digest(KEY, "K7QF2MTX") != digest(bytes(32), "K7QF2MTX")
    assert digest(KEY, "K7QF2MTX") != digest(KEY, "K7QF2MTY")
