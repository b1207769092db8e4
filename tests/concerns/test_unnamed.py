"""Numbers and addresses never stay in a text that is to name nobody, and what is none of them does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sspf.concerns.unnamed import ADDRESS, NUMBER, PHONE, names_somebody
from sspf.demo.numbers import test_numbers as numbers_for_tests

NUMBERS = sorted(numbers_for_tests())
SPACES = ["", " ", "-", " - ", "\u00a0", "\u2013", "\t", "\u2009", "\u200b", "  ", "+", "\n"]

words = st.sampled_from(["", "Flickan ", "hen är ", "klass 7 ", "sedan 2026 ", "kl 15.30 ", "åk 9, "])
after = st.sampled_from(["", ".", " och 12 till", " i år 2026", ", säger skolan", " 7B"])


def spread(digits: str, data: st.DataObject) -> str:
    between = data.draw(st.lists(st.sampled_from(SPACES), min_size=len(digits), max_size=len(digits)))
    return "".join(digit + space for digit, space in zip(digits, between, strict=True)).strip()


@given(st.sampled_from(NUMBERS), st.booleans(), words, after, st.data())
def test_a_personal_number_is_found_however_it_is_spaced(number, with_century, before, behind, data):
    digits = number if with_century else number[2:]

    assert names_somebody(before + spread(digits, data) + behind) is NUMBER


@given(st.sampled_from(NUMBERS), st.booleans(), st.sampled_from(SPACES))
def test_a_coordination_number_too(number, with_century, space):
    raised = number[:6] + str(int(number[6:8]) + 60) + number[8:11]
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(raised[2:]))
    digits = raised + str(-total % 10)
    shown = digits if with_century else digits[2:]

    assert names_somebody(f"Numret är {shown[:-4]}{space}{shown[-4:]}.") is NUMBER


@given(st.sampled_from(NUMBERS), st.integers(0, 9))
def test_a_number_in_its_usual_shape_is_found_also_when_a_digit_was_misheard(number, last):
    assert names_somebody(f"{number[:8]}-{number[8:11]}{last}") is NUMBER


@given(st.from_regex(r"7[0-9]{8}", fullmatch=True), st.sampled_from(["0", "+46", "0046", "+46 (0)"]), words, st.data())
def test_a_mobile_number_is_found_however_it_is_spaced(digits, prefix, before, data):
    text = before + prefix + spread(digits, data)

    assert names_somebody(text) in (PHONE, NUMBER)


@pytest.mark.parametrize("text", ["08-123 456 78", "Ring 0345-123 45 efter fyra", "040-12 34 56", "+47 21 23 45 67"])
def test_other_telephone_numbers_are_found(text):
    assert names_somebody(text) is PHONE


@given(words, st.emails())
def test_an_address_is_found(before, address):
    assert names_somebody(before + address) is ADDRESS


@pytest.mark.parametrize("text", ["nova @ exempel.se", "finns som @tornet på Snap", "nova＠exempel.se"])
def test_so_is_an_account(text):
    assert names_somebody(text) is ADDRESS


@pytest.mark.parametrize(
    "text",
    [
        "klockan 15.30",
        "2026-11-24",
        "gatan 12",
        "12 elever",
        "Mellan 2026-11-24 och 2026-12-01, klockan 15.30–16.45.",
        "2026-11-24 15.30",
        "2026-11-24 kl 15:30",
        "kl 08-16 alla dagar",
        "08-16 2026-11-24",
        "08-16 30 barn",
        "Ring 112 eller 116 111.",
        "7 av 10 dagar, 1 000 kronor, 25 000 kronor",
        "åk 7-9, 13 år, buss 901 mot 12:an",
        "",
    ],
)
def test_what_is_no_such_thing_stays(text):
    assert names_somebody(text) is None


@given(st.dates(), st.times(), st.integers(0, 999))
def test_nor_does_a_day_with_a_time_and_a_house_number_stop_anybody(day, time, number):
    text = f"Det var {day.year:04}-{day.month:02}-{day.day:02} klockan {time.hour:02}.{time.minute:02}, gatan {number}"

    assert names_somebody(text) is None
