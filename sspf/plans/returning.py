"""Where somebody goes back to after changing an action: one of a few pages, never an address that was sent along."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Place(StrEnum):
    """A page that shows actions, as a hidden field names it."""

    MINE = "mina"
    ALL = "alla"
    CASE = "arende"
    MEETING = "mote"
    ACTION = "atagande"


@dataclass(frozen=True, slots=True)
class Back:
    """The page an action was changed on; ``meeting_id`` is for a meeting, ``after`` for a list's later pages."""

    place: Place
    meeting_id: UUID | None = None
    after: str = ""

    @property
    def fields(self) -> Mapping[str, str]:
        """The hidden fields that bring it along in a form, and the query that does in a link."""
        found = {"back": self.place.value, "meeting": str(self.meeting_id or ""), "after": self.after}
        return {name: value for name, value in found.items() if value}


CASE_PAGE = Back(Place.CASE)


def just_changed(query: Mapping[str, str]) -> UUID | None:
    """The action that the page was returned to from, out of its address; it is where the focus goes."""
    try:
        return UUID(query.get("nyss", ""))
    except ValueError:
        return None
