"""One code, one sign-in; a clock half a minute off is forgiven."""

import base64
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth import totp
from auth.totp import matching_step, new_secret, provisioning_uri

SECRET = base64.b32encode(b"12345678901234567890").decode()  # RFC 6238, appendix B
AT = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)
STEP = int(AT.timestamp()) // 30


def code_at(step: int) -> str:
    return pyotp.TOTP(SECRET).generate_otp(step)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_rfc_6238(seconds, code):
    at = datetime.fromtimestamp(seconds, tz=UTC)

    assert totp.code_at(SECRET, at) == code
    assert matching_step(SECRET, code, at, None) == seconds // 30


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_clock_one_step_off_is_forgiven(off):
    assert matching_step(SECRET, code_at(STEP + off), AT, None) == STEP + off


@pytest.mark.parametrize("off", [-3, -2, 2, 3])
def test_a_clock_two_steps_off_is_not(off):
    assert matching_step(SECRET, code_at(STEP + off), AT, None) is None


def test_a_code_is_good_once():
    assert matching_step(SECRET, code_at(STEP), AT, STEP) is None


def test_nor_is_the_one_before_it_good_afterwards():
    assert matching_step(SECRET, code_at(STEP - 1), AT, STEP) is None


def test_the_next_one_is():
    assert matching_step(SECRET, code_at(STEP + 1), AT + timedelta(seconds=30), STEP) == STEP + 1


def test_blanks_in_a_code_are_ignored():
    code = code_at(STEP)

    assert matching_step(SECRET, f" {code[:3]} {code[3:]}\n", AT, None) == STEP


@given(st.text(max_size=12))
def test_anything_may_be_typed(typed):
    accepted = {code_at(STEP + off) for off in (-1, 0, 1)}

    assert (matching_step(SECRET, typed, AT, None) is not None) == ("".join(typed.split()) in accepted)


def test_seeds_have_160_bits_and_differ():
    first, second = new_secret(), new_secret()

    assert len(base64.b32decode(first)) == 20
    assert first != second


def test_an_app_can_read_the_seed():
    uri = provisioning_uri(SECRET, "karin@kommun.example")

    parsed = pyotp.parse_uri(uri)
    assert parsed.secret == SECRET
    assert (parsed.issuer, parsed.name) == ("SSPF", "karin@kommun.example")
