"""Everything that auth says in codes has words."""

import pytest

from auth.models import EndReason
from auth.outcomes import Hindrance
from auth.passwords import Weakness
from auth.permissions import Role
from sspf.organisations.roles import ROLES
from sspf.signin import wording


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (wording.ENDED, EndReason),
        (wording.HINDERED, Hindrance),
        (wording.WEAK, Weakness),
        (ROLES, Role),
    ],
)
def test_every_code_has_a_sentence(words, codes):
    assert set(words) == set(codes)
    assert all(str(sentence) for sentence in words.values())


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (1, "Vänta en sekund"),
        (30, "Vänta 30 sekunder"),
        (60, "Vänta 60 sekunder"),
        (61, "Vänta 2 minuter"),
        (300, "Vänta 5 minuter"),
    ],
)
def test_a_wait_is_told_in_words_and_never_too_short(seconds: int, told: str):
    assert told in str(wording.wait_words(seconds))


def test_how_long_one_stays_signed_in_is_what_auth_does():
    assert "15 minuter" in str(wording.STAY)
    assert "60 under ett möte" in str(wording.STAY)
    assert "8 timmar" in str(wording.STAY)
