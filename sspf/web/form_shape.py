"""From a browser's flat pairs to the shape of a form's model.

A field "rows[school:police]" is the entry "school:police" of the model's dict
``rows``. What was left empty is not there at all, so that a model's "missing"
means what a person means by it.
"""

import re
from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin

from sspf.web.form_fields import FormModel, clean

Typed = Mapping[str, Sequence[str]]

_ENTRY = re.compile(r"(\w+)\[([^\[\]]+)\]")
_MANY = (list, set, frozenset, tuple)


def shaped(model: type[FormModel], typed: Typed) -> dict[str, Any]:
    """What was filled in, where ``model`` has it: text, lists of text, and dicts of either."""
    shape: dict[str, Any] = {}
    for name, values in typed.items():
        filled = [text for text in map(clean, values) if text]
        if not filled:
            continue
        outer, key = _entry_of(model, name)
        rows = shape.setdefault(outer, {}) if key else None
        if isinstance(rows, dict):
            rows[key] = _fit(filled, _value_of(_annotation(model, outer)))
        else:
            shape[name] = _fit(filled, _annotation(model, name))
    return shape


def name_of(model: type[FormModel], location: Sequence[int | str]) -> str:
    """The field's name in the page, from where in the model something was wrong."""
    if not location:
        return ""
    outer = str(location[0])
    if len(location) > 1 and get_origin(_annotation(model, outer)) is dict:
        return f"{outer}[{location[1]}]"
    return outer


def _entry_of(model: type[FormModel], name: str) -> tuple[str, str]:
    """The dict and the key that ``name`` is an entry of; any other name stands for itself."""
    entry = _ENTRY.fullmatch(name)
    if entry is None or get_origin(_annotation(model, entry[1])) is not dict:
        return name, ""
    return entry[1], entry[2]


def _fit(filled: list[str], annotation: object) -> str | list[str]:
    """One text where the model has one. Several for one field stay several, and the model refuses them."""
    return filled[0] if len(filled) == 1 and get_origin(annotation) not in _MANY else filled


def _annotation(model: type[FormModel], name: str) -> object:
    field = model.model_fields.get(name)
    return _unwrapped(field.annotation) if field else None


def _value_of(annotation: object) -> object:
    return _unwrapped(get_args(annotation)[1]) if get_origin(annotation) is dict else None


def _unwrapped(annotation: object) -> object:
    """Without ``| None``."""
    if get_origin(annotation) in (Union, UnionType):
        return next((kind for kind in get_args(annotation) if kind is not type(None)), None)
    return annotation
