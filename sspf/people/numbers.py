"""Personal identity numbers and coordination numbers (folkbokföringslagen (1991:481) 18–18 a §§)."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from personnummer import personnummer

from sspf.errors import ValidationFailed
from sspf.texts import Text, _


class InvalidNumber(ValueError):  # noqa: N818  # named as it reads where it is caught
    """Why a number was refused, in a sentence; never the number itself."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Number:
    """A valid number as twelve digits, YYYYMMDDNNNC; a coordination number has its day raised by 60."""

    digits: str
    born_on: date

    def __repr__(self) -> str:
        return "Number(***)"


def parse(typed: str, *, only: Container[str] | None = None) -> Number:
    """Read a number however it was typed, with or without century and hyphen.

    Raises:
        InvalidNumber: the check digit or the date is wrong, or ``only`` names the
            numbers this installation accepts and it is not among them.
    """
    try:
        parsed = personnummer.parse(typed.strip(), options={"allow_interim_number": False})
    except (personnummer.PersonnummerException, ValueError):
        raise InvalidNumber(_("Numret stämmer inte. Skriv det med tolv siffror: ÅÅÅÅMMDD-NNNN.")) from None
    digits = parsed.format(long_format=True).replace("-", "").replace("+", "")
    if only is not None and digits not in only:
        raise InvalidNumber(_("I demon går det bara att använda Skatteverkets testnummer."))
    return Number(digits, parsed.get_date())


def parse_all(typed: Mapping[str, str], *, only: Container[str] | None, today: date) -> dict[str, Number]:
    """Every number of a family that was filled in, by its field; the youth's field is called "number".

    Raises:
        ValidationFailed: a number is wrong, is given twice, or is of a youth not yet born.
    """
    found: dict[str, Number] = {}
    errors: dict[str, Text] = {}
    for name, text in typed.items():
        if not text:
            continue
        try:
            number = parse(text, only=only)
        except InvalidNumber as invalid:
            errors[name] = invalid.reason
            continue
        if number in found.values():
            errors[name] = _("Samma nummer står på två ställen.")
        found[name] = number
    if "number" in found and found["number"].born_on > today:
        errors["number"] = _("Födelsedagen har inte varit än.")
    if errors:
        raise ValidationFailed(**errors)
    return found


def masked(digits: str) -> str:
    """``20110412-••••``: the date a page may show; the rest only after a recorded reveal."""
    return f"{digits[:8]}-••••"


def full(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:]}"
