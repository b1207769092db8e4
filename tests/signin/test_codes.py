"""One-time codes: whatever a person does to one on its way, the same token comes out; anything else is no code."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.opaque import new_token
from sspf.signin.codes import ALPHABET, code_of, token_of

TOKEN = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"  # the bytes 1 to 32


def test_a_code_is_groups_of_four_that_nobody_confuses():
    groups = code_of(TOKEN).split("-")

    assert [len(group) for group in groups] == [4] * 13
    assert set("".join(groups)) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@given(st.binary(min_size=1, max_size=48))
def test_every_token_comes_back(data: bytes):
    token = base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    assert token_of(code_of(token)) == token


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", "–"),
        lambda code: f"  {code}\n",
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code.replace("0", "o").replace("1", "I"),
    ],
)
def test_how_it_is_typed_does_not_matter(change):
    code = code_of(TOKEN)

    assert change(code) != code
    assert token_of(change(code)) == TOKEN


@pytest.mark.parametrize("typed", [code_of(TOKEN)[:-1], code_of(TOKEN) + "0", code_of(TOKEN)[5:]])
def test_what_is_not_the_whole_code_is_not_the_token(typed: str):
    assert token_of(typed) != TOKEN


@pytest.mark.parametrize("typed", ["", "-", "U" * 52, "åäö", "A", "ZZ", "sspf?"])
def test_what_cannot_be_a_code_is_none(typed: str):
    assert token_of(typed) is None


def test_two_codes_never_give_the_same_token():
    """The last letter holds spare bits: only one of its spellings is taken."""
    code = code_of(TOKEN)

    taken = [letter for letter in ALPHABET if token_of(code[:-1] + letter) == TOKEN]

    assert taken == [code[-1]]


def test_something_that_is_no_token_has_no_code():
    with pytest.raises(ValueError, match="not a token"):
        code_of("ä" + new_token())
