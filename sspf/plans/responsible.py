"""Who can be asked to do something in a case: those at its table, and the family. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sspf.cases.models import Case

_FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Responsible:
    """An organisation, and one person there if named; neither means the family itself."""

    organisation_id: UUID | None = None
    user_id: UUID | None = None

    def __post_init__(self) -> None:
        if self.user_id is not None and self.organisation_id is None:
            raise ValueError("a person answers for something as part of an organisation")

    @property
    def is_family(self) -> bool:
        return self.organisation_id is None

    def __str__(self) -> str:
        """As the value of a choice in a form; ``parse`` reads it back."""
        return ":".join(str(one) for one in (self.organisation_id, self.user_id) if one) or _FAMILY


FAMILY = Responsible()


def parse(typed: str) -> Responsible:
    """The choice with this value.

    Raises:
        ValueError: it is the value of none.
    """
    if typed == _FAMILY:
        return FAMILY
    ids = [UUID(one) for one in typed.split(":")]
    found = Responsible(*ids) if len(ids) <= 2 else None
    if found is None or str(found) != typed:
        raise ValueError("no such choice")
    return found


def at_table(case: Case, at: datetime) -> Mapping[UUID, Sequence[UUID]]:
    """Every organisation that takes part at ``at`` with the users named there; coordination first."""
    named = {
        party.organisation_id: [member.user_id for member in party.members if member.ended_at is None]
        for party in case.parties
    }
    present = [spell.organisation_id for spell in case.participations if spell.is_live(at)]
    return {case.coordination_id: [case.coordinator_id]} | {one: named.get(one, []) for one in dict.fromkeys(present)}


def is_at_table(case: Case, at: datetime, one: Responsible) -> bool:
    """Whether ``one`` can be asked to do something now; the family always can."""
    if one.organisation_id is None:
        return True
    users = at_table(case, at).get(one.organisation_id)
    return users is not None and (one.user_id is None or one.user_id in users)
