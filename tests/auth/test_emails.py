"""One name, one form; and anything may be typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.emails import is_email, normal_email


@pytest.mark.parametrize("typed", ["Karin@Kommun.Example", "  karin@kommun.example\n", "karin＠kommun.example"])
def test_the_same_name_however_it_is_typed(typed):
    assert normal_email(typed) == "karin@kommun.example"


@given(st.text(alphabet=st.characters(), max_size=300))
def test_anything_typed_can_be_looked_up(typed):
    name = normal_email(typed)

    assert "\0" not in name
    assert len(name.encode()) >= len(name)
    assert len(name) <= 255


def test_half_a_surrogate_pair_and_a_nul_make_no_name():
    assert not is_email(normal_email("karin\0@kommun.example"))
    assert not is_email(normal_email("karin@kommun\ud800.example"))


@pytest.mark.parametrize("name", ["karin@kommun.example", "k.e+sspf@a.b"])
def test_an_address_is_an_address(name):
    assert is_email(name)


@pytest.mark.parametrize("name", ["", "karin", "@kommun", "karin@", "a@b@c", "a b@c.d", "a\t@b.c", "a@" + "b" * 253])
def test_what_is_no_address_is_not(name):
    assert not is_email(name)
