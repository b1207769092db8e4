"""What two people have written at once, of a form with several fields: the lines in which they differ."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sspf.texts import Text

__all__ = ["Compared", "Versions", "versions"]

# a field's name, what it is called, and the words for what can be chosen in it (none: it is said as it is typed)
Compared = tuple[str, Text | str, Mapping[Any, Text | str]]


@dataclass(frozen=True, slots=True)
class Versions:
    """For ``ui.versions``. Both are empty where nothing differs: somebody has written the same."""

    yours: str
    theirs: str


def versions(yours: Callable[[str], str], theirs: Callable[[str], str], fields: Iterable[Compared]) -> Versions:
    """Of two forms, each given as what stands in a field of it."""
    lines = [
        (label, *(str(words.get(said, said)) for said in (yours(name), theirs(name)))) for name, label, words in fields
    ]
    differing = [line for line in lines if line[1] != line[2]]
    return Versions(
        yours="\n".join(f"{label}: {mine or '–'}" for label, mine, _other in differing),
        theirs="\n".join(f"{label}: {other or '–'}" for label, _mine, other in differing),
    )
