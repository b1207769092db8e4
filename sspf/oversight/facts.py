"""An entry's facts as rows of words: ids become names, codes become Swedish, the rest stands as it is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sspf.oversight.codes import VALUES
from sspf.oversight.labels import LABELS
from sspf.oversight.names import Names
from sspf.oversight.wording import event_words
from sspf.texts import Text, _
from sspf.web import dates


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: its name, the words it holds, and the facts inside it if it is a list of things."""

    label: Text | str
    words: tuple[Text | str, ...] = ()
    groups: tuple[tuple["Row", ...], ...] = ()


def rows_of(facts: Mapping[str, Any], names: Names) -> tuple[Row, ...]:
    """The facts in the order of their names; what is null is left out."""
    return tuple(_row(key, value, names) for key, value in sorted(facts.items()) if value is not None)


def ids_in(value: Any) -> Iterator[UUID]:
    """Every id somewhere in a value."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from ids_in(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from ids_in(inner)
    elif isinstance(value, str) and (found := _as_id(value)):
        yield found


def _row(key: str, value: Any, names: Names) -> Row:
    label = LABELS.get(key, key)
    if isinstance(value, Mapping):
        return Row(label, groups=(rows_of(value, names),))
    if not isinstance(value, (list, tuple)):
        return Row(label, (_words(key, value, names),))
    groups = tuple(rows_of(inner, names) for inner in value if isinstance(inner, Mapping))
    words = tuple(_words(key, inner, names) for inner in value if not isinstance(inner, Mapping))
    return Row(label, words or (() if groups else ("–",)), groups)


def _words(key: str, value: Any, names: Names) -> Text | str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if not isinstance(value, str):
        return str(value)
    if found := _as_id(value):
        return names.of(found) or value
    if key == "event":
        return event_words(value)
    if key in {"since", "until"}:
        return _moment(value)
    return VALUES.get(key, {}).get(value, value)


def _moment(value: str) -> str:
    try:
        return dates.moment(datetime.fromisoformat(value))
    except ValueError:
        return value


def _as_id(value: str) -> UUID | None:
    try:
        return UUID(value) if len(value) == 36 else None
    except ValueError:
        return None
