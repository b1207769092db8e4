"""The words of the law that pages quote, each with the days between which it is worded so.

``statutes.json`` holds the provisions that some page needs, from the consolidated text of the act.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

# what people call the acts here, and their numbers in Svensk författningssamling
ACTS = {"OSL": "2009:400", "SoL": "2025:400"}


@dataclass(frozen=True, slots=True)
class Provision:
    """One wording. ``wording_by`` is the act that gave it, ``valid_from`` the day it began, where they are known."""

    title: str
    chapter: str
    section: str
    text: str
    valid_from: date | None
    wording_by: str | None

    @property
    def paragraphs(self) -> list[str]:
        """The text by *stycke*, in order."""
        return self.text.split("\n")

    @property
    def place(self) -> str:
        """``19 kap. 1 §``"""
        return f"{self.chapter} kap. {self.section} §"


@cache
def quoted(act: str, place: str, *, on: date) -> Provision:
    """The wording of ``place`` ("19:1") in ``act`` ("SoL") that is in force on ``on``.

    Raises:
        LookupError: it is not among the texts, or has no wording that day.
    """
    law = _acts()[ACTS[act]]
    for wording in law["provisions"][place]:
        begins, ends = _day(wording.get("valid_from")), _day(wording.get("valid_until"))
        if (begins is None or begins <= on) and (ends is None or on < ends):
            chapter, _, section = place.partition(":")
            return Provision(law["title"], chapter, section, wording["text"], begins, wording.get("wording_by"))
    raise LookupError(f"{act} {place} has no wording on that day")


@cache
def _acts() -> dict[str, Any]:
    text = (files("sspf.law") / "statutes.json").read_text(encoding="utf-8")
    return {law["sfs"]: law for law in json.loads(text)}


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
