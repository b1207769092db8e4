"""Sweden's 290 municipalities by code; the list is ``municipalities.csv`` (CC0, sjbrg/swedish-geodata)."""

import csv
from functools import cache
from importlib.resources import files


@cache
def municipalities() -> dict[str, str]:
    """Full name by four-digit code."""
    text = (files("sspf.organisations") / "municipalities.csv").read_text(encoding="utf-8")
    return {
        row["municipality_code"]: full_name(row["municipality_name_short"]) for row in csv.DictReader(text.splitlines())
    }


def full_name(short: str) -> str:
    """Most take an s: "Kalix" is Kalix kommun and "Gotland" is officially Region Gotland."""
    if short == "Gotland":
        return "Region Gotland"
    if short in {"Malmö", "Stockholm", "Göteborg"}:
        return f"{short.rstrip('s')}s stad"
    return f"{short} kommun" if short[-1] in "sxz" else f"{short}s kommun"
