"""Finds in a text what would say who it is about: personal numbers, telephone numbers, e-mail. Pure.

It looks for what a machine can know for certain. Whether somebody can be recognised
all the same is for the writer to judge, and the page says so.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from sspf.errors import ValidationFailed
from sspf.texts import Text, _

# what people put between the digits of a number: any space, any dash, a plus
_DASHES = r"\-+\u2010-\u2015\u2212"
_BETWEEN = rf"[\s{_DASHES}]{{0,4}}"
_RUN = re.compile(rf"\d(?:{_BETWEEN}\d)+")
# The usual shapes, wrong check digit or not: on the telephone a digit is easily missed.
_USUAL_NUMBER = re.compile(r"(?<!\d)(?:\d\d)?(\d\d)(\d\d)(\d\d)[-+]?(\d{4})(?!\d)")
_ABROAD = re.compile(rf"(?:\+|(?<!\d)00){_BETWEEN}[1-9](?:[\s{_DASHES}()/]{{0,4}}\d){{7,14}}")
_LANDLINE = re.compile(r"(?<![\d.:,-])0\d{1,3}\s?[-\u2013/]\s?\d{2,3}(?:\s?\d{2,3}){1,2}(?![\s-]?\d)")
_MOBILE_DIGITS, _LANDLINE_DIGITS, _NUMBER_DIGITS = 10, 8, (10, 12)

NUMBER = _("Det ser ut som ett personnummer. Ta bort det: texten ska inte säga vem det gäller.")
PHONE = _("Det ser ut som ett telefonnummer. Ta bort det: texten ska inte säga vem det gäller.")
ADDRESS = _("Det ser ut som en e-postadress eller ett konto. Ta bort det: texten ska inte säga vem det gäller.")


def names_somebody(text: str) -> Text | None:
    """What to take out of the text, in a sentence; None if nothing was found."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKC", text) if unicodedata.category(mark) != "Cf")
    if "@" in plain:
        return ADDRESS
    if any(_is_date(*found.groups()[:3]) for found in _USUAL_NUMBER.finditer(plain)):
        return NUMBER
    runs = list(_grouped(plain))
    if any(_has_number(digits, starts) for digits, starts in runs):
        return NUMBER
    if _ABROAD.search(plain) or _has_landline(plain) or any(_has_mobile(*run) for run in runs):
        return PHONE
    return None


def require_unnamed(**texts: str) -> None:
    """
    Raises:
        ValidationFailed: a text holds a number or an address that says who it is about.
    """
    found = {name: names_somebody(text) for name, text in texts.items()}
    errors = {name: sentence for name, sentence in found.items() if sentence is not None}
    if errors:
        raise ValidationFailed(**errors)


def _grouped(text: str) -> Iterator[tuple[str, list[int]]]:
    """Each run of digits with little between them, as digits alone, and where in it a group begins."""
    for run in _RUN.finditer(text):
        digits, starts = "", []
        for group in re.findall(r"\d+", run[0]):
            starts.append(len(digits))
            digits += "".join(str(unicodedata.digit(mark)) for mark in group)
        yield digits, starts


def _has_number(digits: str, starts: list[int]) -> bool:
    """Whether a group begins ten or twelve digits that are a date and end in the right check digit."""
    return any(_is_number(digits[start : start + length]) for start in starts for length in _NUMBER_DIGITS)


def _is_number(digits: str) -> bool:
    if len(digits) not in _NUMBER_DIGITS or (len(digits) == 12 and digits[:2] not in {"18", "19", "20"}):
        return False
    ten = digits[-10:]
    return _is_date(ten[:2], ten[2:4], ten[4:6]) and _checks(ten)


def _is_date(year: str, month: str, day: str) -> bool:
    """A coordination number has its day raised by sixty."""
    in_month = int(day) - 60 if int(day) > 60 else int(day)
    try:
        date(2000 + int(year), int(month), in_month)
    except ValueError:
        # the century is not known, and 1900 was no leap year: on that day a number is one all the same
        return (int(month), in_month) == (2, 29)
    return True


def _checks(ten: str) -> bool:
    """The Luhn sum of all ten."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _has_mobile(digits: str, starts: list[int]) -> bool:
    return any(digits[start : start + 2] == "07" and len(digits) - start >= _MOBILE_DIGITS for start in starts)


def _has_landline(text: str) -> bool:
    """Opening hours look much the same, and are shorter."""
    return any(sum(map(str.isdigit, found[0])) >= _LANDLINE_DIGITS for found in _LANDLINE.finditer(text))
