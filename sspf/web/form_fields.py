"""What a form's model is made of: strict values, and the sentence for a field that is missing or wrong.

A browser sends text and nothing else. So a model here is validated as JSON would
be: dates, ids and choices from their one spelling, no number from "1.0".
"""

import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator
from pydantic_core import PydanticUndefined

from sspf.texts import Text, _

__all__ = ["FormModel", "OneLine", "Ticked", "Whole", "WrittenOver", "Wrong", "entry"]

_YEARS = range(1900, 2200)


class FormModel(BaseModel):
    """One form: its fields and nothing else that might have been sent along."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    @field_validator("*")
    @classmethod
    def _in_our_time(cls, value: object) -> object:
        """No day so far off that reckoning from it leaves the calendar."""
        if isinstance(value, date) and value.year not in _YEARS:
            raise Wrong(_("Kontrollera årtalet."))
        return value


class WrittenOver(FormModel):
    """A form that changes what stands: ``read`` marks what its writer had read (``overtaken.mark_of``)."""

    read: str = Field("")


class Wrong(ValueError):  # noqa: N818
    """Raised in a validator with the sentence to show, and the field when it is not the validator's own."""

    def __init__(self, sentence: Text, field: str = "") -> None:
        self.sentence = sentence
        self.field = field
        super().__init__(str(sentence))


def entry(
    missing: Text, *, wrong: Text | None = None, default: Any = PydanticUndefined, most: int | None = None
) -> Any:
    """A field: the sentence when nothing is filled in, the one when it cannot be read, its most characters or choices.

    A field with a default need not be filled in; its ``missing`` is then never shown.
    """
    return Field(default, max_length=most, json_schema_extra={"missing": missing, "wrong": wrong})  # type: ignore[dict-item]


def _digits(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10 else value


def _ticked(value: object) -> object:
    return True if value == "on" else value


def _on_one_line(value: str) -> str:
    if "\n" in value:
        raise Wrong(_("Skriv på en rad."))
    return value


# A text without a line break, a whole number in plain digits, and a box that is ticked or not there at all.
OneLine = Annotated[str, AfterValidator(_on_one_line)]
Whole = Annotated[int, BeforeValidator(_digits)]
Ticked = Annotated[bool, BeforeValidator(_ticked)]


def clean(typed: str) -> str | None:
    """The text as it will be kept (one spelling of å, one kind of line break), or None if it cannot be kept."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    unfit = any(unicodedata.category(mark) in ("Cc", "Cs") and mark not in "\n\t" for mark in text)
    return None if unfit else text
