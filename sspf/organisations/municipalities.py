"""Sweden's 290 municipalities by code; the list is ``municipalities.csv`` (CC0, sjbrg/swedish-geodata)."""

import csv
from functools import cache
from importlib.resources import files

from sspf.law.retention import Place


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = (files("sspf.organisations") / "municipalities.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def municipalities() -> dict[str, str]:
    """Full name by four-digit code."""
    return {row["municipality_code"]: full_name(row["municipality_name_short"]) for row in _rows()}


def place_of(code: str) -> Place:
    """The municipality with its county; one that is not among the 290 (an invented one) is in no county."""
    county = next((row["county_code"] for row in _rows() if row["municipality_code"] == code), None)
    return Place(code, county)


def full_name(short: str) -> str:
    """As it is said in Swedish: Exempelköpings kommun, but Luleå kommun and Borås kommun."""
    if short == "Gotland":
        return "Region Gotland"
    bare = short[-1] in "aeiouyåäösxz" or short == "Kalmar"
    is_city = short in {"Göteborg", "Malmö", "Stockholm"}
    return f"{short if bare else f'{short}s'} {'stad' if is_city else 'kommun'}"
