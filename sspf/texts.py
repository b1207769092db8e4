"""Sentences for people: Swedish, marked for gettext, put together only when shown.

Write ``_("Åtagandet är klart sedan %(day)s.", day=…)``. A per cent sign that is
meant as one is written ``%%``, as in the templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Text", "_", "either"]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence and what stands in it; printing it gives the Swedish."""

    message: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.message % dict(self.values)


def _(message: str, /, **values: object) -> Text:
    """Mark a sentence as one that people read."""
    return Text(message, values)


def either(one: str, many: str, number: int, /, **values: object) -> Text:
    """The sentence for one or for many; ``%(number)s`` stands for how many."""
    return Text(one if number == 1 else many, {"number": number, **values})
